"""Areas as a writer types them, one on each line; the map on the form writes the same lines."""

import re
from collections.abc import Iterable
from string import whitespace
from typing import Final

from hues.engines.bulletins.rules.shapes import (
    MOST_SHAPES,
    BadShape,
    Circle,
    Place,
    Shape,
    circle,
    from_geojson,
    polygon,
)

BOM: Final = "\ufeff"  # what some programs write before a file, and what a paste brings along
COMMA: Final = re.compile(r"[^\S\n]*,[^\S\n]*")


def from_text(text: str) -> tuple[Shape, ...]:
    """
    Return areas: corners as `latitude,longitude` with spaces between, or a centre and a radius in km; or GeoJSON.

    :raises BadShape: if a line is neither, or there are too many
    """
    text = text.lstrip(f"{BOM}{whitespace}")
    if text.startswith(("{", "[")):
        return from_geojson(text)
    found = tuple(_area(COMMA.sub(",", line).split()) for line in text.splitlines() if line.strip())
    if len(found) > MOST_SHAPES:
        raise BadShape("shape-many")
    return found


def to_text(shapes: Iterable[Shape]) -> str:
    """Return areas as they are typed; a ring does not name its first corner twice."""
    return "\n".join(_line(one) for one in shapes)


def _area(parts: list[str]) -> Shape:
    try:
        if len(parts) == 2 and "," not in parts[1]:
            return circle(*_place(parts[0]), float(parts[1]))
        return polygon([_place(part) for part in parts])
    except BadShape:
        raise
    except (ValueError, OverflowError) as wrong:
        raise BadShape("shape-line") from wrong


def _place(part: str) -> Place:
    lat, lng = part.split(",")
    return float(lat), float(lng)


def _line(one: Shape) -> str:
    if isinstance(one, Circle):
        return f"{one.lat},{one.lng} {one.km:g}"
    return " ".join(f"{lat},{lng}" for lat, lng in one.points[:-1])
