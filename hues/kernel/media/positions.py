"""Where and when a photo was taken, as its EXIF block says."""

import math
from dataclasses import dataclass
from datetime import datetime, tzinfo
from typing import Any

from PIL import ExifTags, Image

from hues.kit.years import in_utc


@dataclass(frozen=True, kw_only=True, slots=True)
class Taken:
    """When and where something was taken; None is unknown."""

    at: datetime | None = None
    lat: float | None = None
    lng: float | None = None


def taken(exif: Image.Exif, zone: tzinfo) -> Taken:
    """Return what `exif` tells; a camera that does not say its zone is taken to be in `zone`."""
    where = _position(exif.get_ifd(ExifTags.IFD.GPSInfo))
    lat, lng = where if where else (None, None)
    details = exif.get_ifd(ExifTags.IFD.Exif)
    written = details.get(ExifTags.Base.DateTimeOriginal) or exif.get(ExifTags.Base.DateTime)
    return Taken(at=_instant(written, details.get(ExifTags.Base.OffsetTimeOriginal), zone), lat=lat, lng=lng)


def position(lat: float, lng: float) -> tuple[float, float] | None:
    """Return a position if it is one; a receiver that knows nothing says 0, 0."""
    if not (math.isfinite(lat) and math.isfinite(lng)) or (lat == 0 and lng == 0):
        return None
    return (lat, lng) if abs(lat) <= 90 and abs(lng) <= 180 else None


def _position(gps: dict[int, Any]) -> tuple[float, float] | None:
    try:
        lat = _degrees(gps[ExifTags.GPS.GPSLatitude], gps[ExifTags.GPS.GPSLatitudeRef], "S")
        lng = _degrees(gps[ExifTags.GPS.GPSLongitude], gps[ExifTags.GPS.GPSLongitudeRef], "W")
    except (KeyError, TypeError, ValueError, IndexError, ZeroDivisionError):
        return None
    return position(lat, lng)


def _degrees(parts: Any, side: str, negative: str) -> float:
    degrees, minutes, seconds = (float(part) for part in parts)
    value = degrees + minutes / 60 + seconds / 3600
    return -value if side.strip("\0 ").upper() == negative else value


def _instant(written: Any, offset: Any, zone: tzinfo) -> datetime | None:
    try:
        text = str(written).strip("\0 ")
        local = datetime.strptime(f"{text} {str(offset).strip(chr(0))}", "%Y:%m:%d %H:%M:%S %z") if offset else None
        return in_utc(local or datetime.strptime(text, "%Y:%m:%d %H:%M:%S").replace(tzinfo=zone))
    except (ValueError, OverflowError):
        return None
