"""A recording keeps its picture and sound, and nothing that says who, where or with what."""

import io
import struct
from datetime import UTC, datetime

import av
import pytest
from PIL import Image

from hues.kernel.errors import Invalid, TooLarge
from hues.kernel.media.recordings import MOST_BYTES, Recording, clean
from hues.kernel.media.testing import a_recording

SAID = {
    "title": "Nhà của Lan",
    "artist": "Lan",
    "location": "+16.4698+107.5775/",
    "com.apple.quicktime.location.ISO6709": "+16.4698+107.5775/",
    "creation_time": "2026-03-02T08:15:00+07:00",
}


def streams(content: bytes) -> dict[str, str]:
    with av.open(io.BytesIO(content)) as opened:
        return {stream.type: stream.codec_context.name for stream in opened.streams}


def packets(content: bytes, kind: str) -> list[int]:
    with av.open(io.BytesIO(content), "r") as opened:
        return [p.size for p in opened.demux(opened.streams.get({kind: 0})) if p.size]


@pytest.mark.parametrize(
    ("kind", "video", "audio", "mime"),
    [
        ("mp4", "libx264", "aac", "video/mp4"),
        ("mp4", "libx264", "", "video/mp4"),
        ("mov", "libx264", "aac", "video/quicktime"),
        ("3gp", "mpeg4", "aac", "video/3gpp"),
        ("webm", "libvpx", "libopus", "video/webm"),
        ("webm", "libvpx-vp9", "libopus", "video/webm"),
        ("ipod", "", "aac", "audio/mp4"),
        ("mp3", "", "libmp3lame", "audio/mpeg"),
        ("ogg", "", "libopus", "audio/ogg"),
        ("wav", "", "pcm_s16le", "audio/wav"),
    ],
)
def test_a_recording_is_copied_without_its_metadata(kind: str, video: str, audio: str, mime: str) -> None:
    content = a_recording(kind, video=video, audio=audio, metadata=SAID)
    assert b"Lan" in content
    recording = clean(content)
    assert recording.mime == mime
    assert recording.seconds == pytest.approx(1, abs=0.2)
    assert streams(recording.content) == streams(content)
    for secret in (b"Lan", b"16.4698", b"2026-03-02", b"\xa9xyz", b"x264 - core"):
        assert secret not in recording.content
    for stream in streams(content):
        assert len(packets(recording.content, stream)) >= len(packets(content, stream)) - 1 > 5
    if video:
        assert (recording.width, recording.height) == (64, 48)
        assert Image.open(io.BytesIO(recording.poster)).size == (64, 48)
    else:
        assert (recording.width, recording.height, recording.poster) == (0, 0, b"")


@pytest.mark.parametrize("kind", ["mp4", "mov"])
def test_place_and_time_are_read_before_they_go(kind: str) -> None:
    told = clean(a_recording(kind, metadata=SAID)).taken
    assert (told.lat, told.lng) == (16.4698, 107.5775)
    assert told.at == datetime(2026, 3, 2, 1, 15, tzinfo=UTC)


def test_the_time_at_which_we_cleaned_it_is_not_in_it_either() -> None:
    content = a_recording(metadata=SAID)
    assert clean(content) == clean(content)


def turned(content: bytes) -> bytes:
    """Turn the track of an MP4 by a quarter, in its header, as phones do."""
    upright = struct.pack(">9i", 1 << 16, 0, 0, 0, 1 << 16, 0, 0, 0, 1 << 30)
    quarter = struct.pack(">9i", 0, 1 << 16, 0, -(1 << 16), 0, 0, 0, 0, 1 << 30)
    track = content.index(b"tkhd")
    start = content.index(upright, track)
    return content[:start] + quarter + content[start + len(quarter) :]


def test_a_film_taken_upright_stays_upright() -> None:
    recording = clean(turned(a_recording(audio="")))
    assert (recording.width, recording.height) == (48, 64)
    assert Image.open(io.BytesIO(recording.poster)).size == (48, 64)
    again: Recording = clean(recording.content)
    assert (again.width, again.height) == (48, 64)


@pytest.mark.parametrize(("kind", "video", "audio"), [("mp4", "libx264", "aac"), ("wav", "", "pcm_s16le")])
def test_a_recording_of_more_than_thirty_seconds_is_refused(kind: str, video: str, audio: str) -> None:
    with pytest.raises(TooLarge, match="30 seconds"):
        clean(a_recording(kind, video=video, audio=audio, seconds=32))
    assert clean(a_recording(kind, video=video, audio=audio, seconds=30)).seconds == pytest.approx(30, abs=0.5)


def test_a_header_that_lies_about_the_length_does_not_help() -> None:
    content = bytearray(a_recording(seconds=32))
    for box in (b"mvhd", b"mdhd", b"tkhd"):
        start = 0
        while (start := content.find(box, start + 1)) > 0:
            at = start + (20 if box != b"tkhd" else 24)
            content[at : at + 4] = struct.pack(">I", 1)
    with pytest.raises(TooLarge, match="30 seconds"):
        clean(bytes(content))


def test_a_recording_of_more_than_thirty_megabytes_is_refused() -> None:
    with pytest.raises(TooLarge, match="30 MB"):
        clean(a_recording() + b"\0" * MOST_BYTES)


@pytest.mark.parametrize(
    "content", [b"", b"hello world, this is text", b"%PDF-1.7 ........", b"\x89PNG\r\n\x1a\n", b"\xff\xfb\x90\x00"]
)
def test_what_is_no_recording_is_refused(content: bytes) -> None:
    with pytest.raises(Invalid):
        clean(content)


@pytest.mark.parametrize(("kind", "video", "audio"), [("avi", "mpeg4", ""), ("matroska", "libx264", "flac")])
def test_formats_that_we_do_not_take_are_refused(kind: str, video: str, audio: str) -> None:
    content = a_recording(kind, video=video, audio=audio)
    with pytest.raises(Invalid):
        clean(content)


@pytest.mark.parametrize("share", [0.02, 0.5])
@pytest.mark.parametrize(("kind", "video", "audio"), [("mp4", "libx264", "aac"), ("mov", "libx264", "aac")])
def test_a_recording_that_was_cut_off_is_refused(kind: str, video: str, audio: str, share: float) -> None:
    content = a_recording(kind, video=video, audio=audio)
    with pytest.raises(Invalid):
        clean(content[: int(len(content) * share)])


def test_the_cover_of_a_song_is_metadata() -> None:
    out = io.BytesIO()
    sound = a_recording("mp3", video="", audio="libmp3lame")
    with av.open(io.BytesIO(sound), "r") as source, av.open(out, "w", format="mp3") as target:
        copy = target.add_stream_from_template(source.streams.audio[0])
        cover = target.add_stream("png", rate=1, width=32, height=32, pix_fmt="rgb24")
        cover.disposition = av.stream.Disposition.attached_pic
        frame = av.VideoFrame(32, 32, "rgb24")
        target.mux(cover.encode(frame))
        target.mux(cover.encode(None))
        for packet in source.demux():
            if packet.size:
                packet.stream = copy
                target.mux(packet)
    assert "video" in streams(out.getvalue())
    recording = clean(out.getvalue())
    assert streams(recording.content) == streams(sound)
    assert b"PNG" not in recording.content
