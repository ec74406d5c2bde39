"""Photos and recordings made up on the spot, for the tests of this and other rooms."""

import hashlib
import io
from datetime import datetime
from typing import Any
from uuid import UUID

import av
import numpy as np
from PIL import ExifTags, Image, ImageDraw

from hues.kernel.media import actions
from hues.kernel.media.queries import PhotoCard


def a_photo(
    *, by: UUID | None, at: datetime, place: tuple[float, float] | None = None, published: bool = False, seed: int = 0
) -> PhotoCard:
    """Store a small photo; another `seed` gives another picture."""
    card = actions.store_photo(a_picture((64, 48), exif=an_exif(place=place), seed=seed), by=by, at=at)
    if published:
        actions.publish([card.id], at=at)
    return card


def a_picture(
    size: tuple[int, int] = (640, 480), kind: str = "JPEG", mode: str = "RGB", *, seed: int = 0, **options: Any
) -> bytes:
    """Return an encoded picture: its left half red, its right half blue, or squares that depend on `seed`."""
    width, height = size
    image = Image.new("RGB", size, (200, 30, 30))
    draw = ImageDraw.Draw(image)
    draw.rectangle((width // 2, 0, width, height), fill=(30, 30, 200))
    if seed:
        # Unlike any other to the eye, not only to the byte.
        for n, grey in enumerate(hashlib.shake_128(str(seed).encode()).digest(64)):
            left, top = n % 8 * width // 8, n // 8 * height // 8
            draw.rectangle((left, top, left + width // 8, top + height // 8), fill=(grey, grey, grey))
    out = io.BytesIO()
    if kind == "HEIF" and "exif" in options:
        # As bytes: only then does the encoder write the turn into the picture's own properties too, as phones do.
        options["exif"] = options["exif"].tobytes()
    image.convert(mode).save(out, kind, **options)
    return out.getvalue()


def an_exif(
    *,
    place: tuple[float, float] | None = None,
    taken: str = "",
    offset: str = "",
    orientation: int = 1,
) -> Image.Exif:
    """Return an EXIF block as a phone writes it."""
    exif = Image.Exif()
    exif[ExifTags.Base.Make] = "Camera of Lan"
    exif[ExifTags.Base.Orientation] = orientation
    if taken:
        details: dict[int, Any] = {ExifTags.Base.DateTimeOriginal: taken}
        exif._ifds[ExifTags.IFD.Exif] = details | ({ExifTags.Base.OffsetTimeOriginal: offset} if offset else {})
    if place:
        exif._ifds[ExifTags.IFD.GPSInfo] = {
            ExifTags.GPS.GPSLatitudeRef: "N" if place[0] >= 0 else "S",
            ExifTags.GPS.GPSLatitude: _sexagesimal(place[0]),
            ExifTags.GPS.GPSLongitudeRef: "E" if place[1] >= 0 else "W",
            ExifTags.GPS.GPSLongitude: _sexagesimal(place[1]),
        }
    return exif


def a_recording(
    kind: str = "mp4",
    *,
    video: str = "libx264",
    audio: str = "aac",
    seconds: float = 1.0,
    metadata: dict[str, str] | None = None,
    size: tuple[int, int] = (64, 48),
) -> bytes:
    """Return an encoded recording of a grey picture and a hum; an empty codec leaves that stream out."""
    out = io.BytesIO()
    options = {"movflags": "use_metadata_tags"} if kind in ("mp4", "mov") else {}
    with av.open(out, "w", format=kind, options=options) as target:
        target.metadata.update(metadata or {})
        # Streams first: a file's head names them all.
        shape: dict[str, Any] = {"width": size[0], "height": size[1], "pix_fmt": "yuv420p"}
        rate = 48_000 if "opus" in audio else 16_000
        pictures: Any = target.add_stream(video, rate=10, **shape) if video else None
        hum: Any = target.add_stream(audio, rate=rate, layout="mono") if audio else None
        if pictures:
            for _ in range(round(seconds * 10)):
                grey = np.full((size[1], size[0], 3), 127, dtype=np.uint8)
                target.mux(pictures.encode(av.VideoFrame.from_ndarray(grey, format="rgb24")))
            target.mux(pictures.encode(None))
        if hum:
            for frame in _hum(hum.rate, hum.format.name, seconds):
                target.mux(hum.encode(frame))
            target.mux(hum.encode(None))
    return out.getvalue()


def _hum(rate: int, sample: str, seconds: float) -> list[av.AudioFrame]:
    chunk = rate // 50
    resampler = av.AudioResampler(format=sample, layout="mono", rate=rate)
    frames: list[av.AudioFrame] = []
    for n in range(round(seconds * 50)):
        wave = np.sin(np.arange(n * chunk, (n + 1) * chunk) / 20) * 8_000
        frame = av.AudioFrame.from_ndarray(wave.astype(np.int16).reshape(1, -1), format="s16", layout="mono")
        frame.sample_rate, frame.pts = rate, n * chunk
        frames += resampler.resample(frame)
    return frames


def _sexagesimal(degrees: float) -> tuple[float, float, float]:
    minutes, seconds = divmod(abs(degrees) * 3600, 60)
    whole, minutes = divmod(minutes, 60)
    return whole, minutes, round(seconds, 4)
