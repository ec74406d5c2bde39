"""Verify a short recording and copy its streams, and nothing else, into a fresh file; knows no database."""

import io
import logging
import re
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

import av
from av.bitstream import BitStreamFilterContext
from av.container import InputContainer, OutputContainer
from av.packet import Packet
from av.stream import Stream
from django.utils.translation import gettext_lazy as _
from PIL import Image

from hues.kernel.errors import Invalid, TooLarge
from hues.kernel.media.positions import Taken, position
from hues.kit.years import in_utc

logger = logging.getLogger(__name__)

MOST_BYTES: Final = 30 * 1024 * 1024
MOST_SECONDS: Final = 30
# A camera told to stop at thirty seconds stops a little later.
GRACE_SECONDS: Final = 1
POSTER_EDGE: Final = 400
MOST_EDGE: Final = 4096

# What our magic numbers name → the demuxer, the muxer, what a browser is told for video and for sound.
MP4: Final = ("mov,mp4,m4a,3gp,3g2,mj2", "mp4", "video/mp4", "audio/mp4")
MOV: Final = ("mov,mp4,m4a,3gp,3g2,mj2", "mov", "video/quicktime", "audio/mp4")
GPP: Final = ("mov,mp4,m4a,3gp,3g2,mj2", "3gp", "video/3gpp", "audio/3gpp")
WEBM: Final = ("matroska,webm", "webm", "video/webm", "audio/webm")
OGG: Final = ("ogg", "ogg", "", "audio/ogg")
MP3: Final = ("mp3", "mp3", "", "audio/mpeg")
WAV: Final = ("wav", "wav", "", "audio/wav")
PICTURE_CODECS: Final = frozenset({"h264", "hevc", "vp8", "vp9", "av1", "mpeg4", "h263"})
SOUND_CODECS: Final = frozenset(
    {"aac", "mp3", "opus", "vorbis", "amr_nb", "amr_wb", "pcm_s16le", "pcm_u8", "pcm_s16be"}
)
# Supplemental information: cameras write their make, and anything else, between the pictures.
UNSAID: Final = {"h264": "filter_units=remove_types=6", "hevc": "filter_units=remove_types=39|40"}
ISO6709: Final = re.compile(r"([+-]\d+(?:\.\d+)?)([+-]\d+(?:\.\d+)?)")
PLACE_KEYS: Final = ("com.apple.quicktime.location.ISO6709", "location", "location-eng")
TIME_KEYS: Final = ("com.apple.quicktime.creationdate", "creation_time")

UNREADABLE: Final = _("This recording can't be read: it may be damaged or cut off. Please choose another one.")
UNKNOWN: Final = _("Please send a video as MP4, MOV, 3GP or WebM, or a sound as M4A, MP3, OGG or WAV.")
TOO_LONG: Final = _("This recording is longer than 30 seconds. Please send a shorter one.")

type Kind = tuple[str, str, str, str]


@dataclass(frozen=True, kw_only=True, slots=True)
class Recording:
    """A clean recording; sound has no size and no `poster` (JPEG)."""

    content: bytes
    mime: str
    seconds: float
    width: int
    height: int
    poster: bytes
    taken: Taken


def clean(content: bytes) -> Recording:
    """
    Return the picture and sound of `content` copied, not coded anew, into a file without any metadata.

    :raises TooLarge: if it has too many bytes or seconds
    :raises Invalid: if it is not a recording that we take, or is damaged
    """
    if len(content) > MOST_BYTES:
        raise TooLarge(_("This recording is larger than 30 MB. Please send a smaller one."))
    kind = kind_of(content)
    try:
        with av.open(io.BytesIO(content), "r", format=kind[0].split(",")[0]) as source:
            return _copied(source, kind, content)
    except (Invalid, TooLarge):
        raise
    except Exception as error:
        # Hostile bytes fail in any way they like, deep in any demuxer.
        logger.info("a recording could not be read: %r", error)
        raise Invalid(UNREADABLE) from error


def kind_of(content: bytes) -> Kind:
    """
    Return how to read and write `content`, by its first bytes.

    :raises Invalid: if it is nothing that we take
    """
    head = content[:12]
    if head[4:8] == b"ftyp":
        return GPP if head[8:10] == b"3g" else MOV if head[8:10] == b"qt" else MP4
    for magic, kind in ((b"\x1a\x45\xdf\xa3", WEBM), (b"OggS", OGG), (b"ID3", MP3)):
        if head.startswith(magic):
            return kind
    if head[:4] == b"RIFF" and head[8:12] == b"WAVE":
        return WAV
    if len(head) > 1 and head[0] == 0xFF and head[1] & 0xE6 == 0xE2:
        return MP3
    raise Invalid(UNKNOWN)


def _copied(source: InputContainer, kind: Kind, content: bytes) -> Recording:
    _demuxer, muxer, video_mime, sound_mime = kind
    kept = _streams(source, with_video=bool(video_mime))
    told = _taken(source)
    # A real file: the index of an MP4 moves to its front by reading the file once more.
    with TemporaryDirectory(prefix="hues-clip-") as folder:
        file = Path(folder) / "clip"
        with av.open(str(file), "w", format=muxer, options=_options(muxer)) as target:
            seconds = _copy(source, target, kept)
        copied = file.read_bytes()
    video = next((s for s in kept if s.type == "video"), None)
    poster, width, height = _poster(content, kind) if video else (b"", 0, 0)
    return Recording(
        content=copied,
        mime=video_mime if video else sound_mime,
        seconds=round(seconds, 2),
        width=width,
        height=height,
        poster=poster,
        taken=told,
    )


def _streams(source: InputContainer, *, with_video: bool) -> list[Stream]:
    # A cover picture in a sound file is a video stream of one frame: metadata, not a film.
    pictures = [s for s in source.streams.video if with_video and _codec(s) in PICTURE_CODECS]
    sounds = [s for s in source.streams.audio if _codec(s) in SOUND_CODECS]
    kept: list[Stream] = [*pictures[:1], *sounds[:1]]
    if not kept:
        raise Invalid(UNKNOWN)
    if any(max(s.codec_context.width, s.codec_context.height) > MOST_EDGE for s in pictures[:1]):
        raise TooLarge(_("This video has too many pixels. Please send a smaller one."))
    return kept


def _codec(stream: Stream) -> str:
    # The canonical name: decoders of one codec go by several.
    return stream.codec_context.codec.canonical_name


def _copy(source: InputContainer, target: OutputContainer, kept: list[Stream]) -> float:
    """Copy the packets of the streams that are kept, as long as they last no longer than allowed."""
    outs, filters = {}, {}
    for stream in kept:
        out = target.add_stream_from_template(stream)
        out.metadata.clear()
        outs[stream.index] = out
        if unsaid := UNSAID.get(_codec(stream)):
            filters[stream.index] = BitStreamFilterContext(unsaid, stream, out)
    first: dict[int, Fraction] = {}
    last: dict[int, Fraction] = {}
    for packet in source.demux(kept):
        _time(packet, first, last)
        for piece in filters[packet.stream_index].filter(packet) if packet.stream_index in filters else [packet]:
            if piece.size:
                piece.stream = outs[piece.stream_index]
                target.mux(piece)
    if not last:
        raise Invalid(UNREADABLE)
    return float(max(last[index] - first[index] for index in last))


def _time(packet: "Packet[Stream]", first: dict[int, Fraction], last: dict[int, Fraction]) -> None:
    if packet.is_corrupt:
        raise Invalid(UNREADABLE)
    if packet.pts is None or packet.time_base is None:
        return
    starts = packet.pts * packet.time_base
    ends = starts + (packet.duration or 0) * packet.time_base
    index = packet.stream_index
    first[index] = min(starts, first.get(index, starts))
    last[index] = max(ends, last.get(index, ends))
    if last[index] - first[index] > MOST_SECONDS + GRACE_SECONDS:
        raise TooLarge(TOO_LONG)


def _options(muxer: str) -> dict[str, str]:
    quiet = {"fflags": "+bitexact"}
    if muxer in ("mp4", "mov", "3gp"):
        return quiet | {"movflags": "+faststart"}
    return quiet | ({"id3v2_version": "0", "write_id3v1": "0"} if muxer == "mp3" else {})


def _poster(content: bytes, kind: Kind) -> tuple[bytes, int, int]:
    with av.open(io.BytesIO(content), "r", format=kind[0].split(",")[0]) as source:
        frame = next(source.decode(source.streams.video[0]))
        image: Image.Image = frame.to_image()  # type: ignore[no-untyped-call]
    image = image.rotate(frame.rotation, expand=True)
    width, height = image.size
    image.thumbnail((POSTER_EDGE, POSTER_EDGE), Image.Resampling.BICUBIC)
    out = io.BytesIO()
    image.save(out, "JPEG", quality=80)
    return out.getvalue(), width, height


def _taken(source: InputContainer) -> Taken:
    told = {**{k: v for s in source.streams for k, v in s.metadata.items()}, **source.metadata}
    found = next((m for key in PLACE_KEYS if (m := ISO6709.match(told.get(key, "")))), None)
    where = position(float(found[1]), float(found[2])) if found else None
    lat, lng = where if where else (None, None)
    return Taken(at=next((i for key in TIME_KEYS if (i := _instant(told.get(key, "")))), None), lat=lat, lng=lng)


def _instant(text: str) -> datetime | None:
    try:
        # One that was said twice comes twice, with a semicolon between.
        return in_utc(datetime.fromisoformat(text.split(";")[0]))
    except ValueError:
        return None
