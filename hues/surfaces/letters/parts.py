"""What messages of both messengers are made of."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from hues.kit.reading import json_object
from hues.kit.years import meant

PICTURES = frozenset({"image", "gif"})
SHARED = frozenset({"link", "share", "fallback"})  # an address that stands in the text as well


@dataclass(frozen=True, kw_only=True, slots=True)
class Attached:
    """What came along: addresses of pictures, a point, and how much that we do not take."""

    pictures: tuple[str, ...] = ()
    point: tuple[float, float] | None = None
    left_out: int = 0


def read_json(body: bytes) -> Mapping[str, Any]:
    """Return the object in `body`, damaged letters replaced; what is no object is empty."""
    return json_object(body.decode("utf-8", "replace"))


def instant_of(milliseconds: object) -> datetime | None:
    """Return the instant of a count of milliseconds, given as a number or as text."""
    try:
        found = datetime.fromtimestamp(int(str(milliseconds)) / 1000, UTC)
    except (ValueError, OverflowError, OSError):
        return None
    return found if meant(found) else None


def attached(found: object, *, lat: str, lng: str) -> Attached:
    """Return what came along; `lat` and `lng` are what the channel calls degrees."""
    pictures, point, left_out = [], None, 0
    for one in found if isinstance(found, list) else []:
        kind = str(one.get("type")) if isinstance(one, Mapping) else ""  # whatever it is, it can be looked up
        payload = one.get("payload") if isinstance(one, Mapping) else None
        inside = payload if isinstance(payload, Mapping) else {}
        if kind in PICTURES and isinstance(inside.get("url"), str):
            pictures.append(inside["url"])
        elif kind == "location":
            point = _point(inside.get("coordinates"), lat, lng)
        elif kind not in SHARED:
            left_out += 1
    return Attached(pictures=tuple(pictures), point=point, left_out=min(left_out, 100))


def _point(found: object, lat: str, lng: str) -> tuple[float, float] | None:
    if not isinstance(found, Mapping):
        return None
    try:
        point = float(found[lat]), float(found[lng])
    except (KeyError, TypeError, ValueError, OverflowError):
        return None
    return point if all(map(math.isfinite, point)) else None
