"""The picture that goes with a shared link where a report has no photo: its ward on the city's map, drawn by us."""

import io
import textwrap
from functools import cache
from typing import Any

from django.contrib.staticfiles import finders
from PIL import Image, ImageDraw, ImageFont

from hues.kernel.areas import queries as areas

SIZE = (1200, 630)
MAP_WIDTH = 560
EDGE = 48
MARGIN = 0.15  # of the ward's own size, around it
PAPER, BRAND, SOFT, LINE, INK, MUTED = "#faf8f4", "#6b2d8c", "#f4ecf8", "#dcc5e8", "#241f22", "#665d5f"
type Point = tuple[float, float]


def drawn(*, title: str, where: str, state: str, number: str, ward: str, place: Point) -> bytes:
    """Return the card of a report as a PNG; `place` is what the public may know of it, as latitude and longitude."""
    picture = Image.new("RGB", SIZE, PAPER)
    _draw_map(picture, ward, place)
    pen = ImageDraw.Draw(picture)
    left = MAP_WIDTH + EDGE
    pen.text((left, EDGE), "Hue-S", fill=BRAND, font=_font(600, 40))
    y = 150
    for line in textwrap.wrap(title, 21)[:3]:
        pen.text((left, y), line, fill=INK, font=_font(600, 52))
        y += 66
    pen.text((left, y + 18), where, fill=MUTED, font=_font(400, 34))
    pen.text((left, SIZE[1] - 150), state, fill=BRAND, font=_font(600, 38))
    pen.text((left, SIZE[1] - 92), number, fill=MUTED, font=_font(400, 34))
    out = io.BytesIO()
    picture.save(out, "PNG", optimize=True)
    return out.getvalue()


@cache
def _font(weight: int, size: int) -> ImageFont.FreeTypeFont:
    found = finders.find(f"vendor/be-vietnam-pro-{weight}.woff2")
    if not isinstance(found, str):
        raise LookupError(f"the font of weight {weight} is not installed")
    return ImageFont.truetype(found, size)


def _draw_map(picture: Image.Image, ward: str, place: Point) -> None:
    """Draw the wards around the place, its own in colour, and a pin."""
    shapes = {feature["properties"]["code"]: _rings(feature["geometry"]) for feature in areas.boundaries()["features"]}
    frame = _frame(shapes.get(ward, []), place)
    box = Image.new("RGB", (MAP_WIDTH, SIZE[1]), SOFT)
    pen = ImageDraw.Draw(box)
    for code, rings in shapes.items():
        for ring in rings:
            pen.polygon(
                [_at(point, frame) for point in ring], fill="#fff" if code == ward else SOFT, outline=LINE, width=3
            )
    x, y = _at((place[1], place[0]), frame)
    pen.ellipse((x - 22, y - 22, x + 22, y + 22), fill=BRAND, outline="#fff", width=6)
    picture.paste(box, (0, 0))


def _rings(geometry: dict[str, Any]) -> list[list[Point]]:
    """Return the outer rings of a shape, as longitude and latitude."""
    many = geometry["coordinates"] if geometry["type"] == "MultiPolygon" else [geometry["coordinates"]]
    return [[(point[0], point[1]) for point in polygon[0]] for polygon in many]


def _frame(rings: list[list[Point]], place: Point) -> tuple[float, float, float]:
    """Return the middle of the map, and how many pixels a degree of latitude has."""
    points = [point for ring in rings for point in ring] or [(place[1], place[0])]
    west, east = min(p[0] for p in points), max(p[0] for p in points)
    south, north = min(p[1] for p in points), max(p[1] for p in points)
    room = max((east - west) / MAP_WIDTH, (north - south) / SIZE[1], 0.02 / MAP_WIDTH) * (1 + 2 * MARGIN)
    return (west + east) / 2, (south + north) / 2, 1 / room


def _at(point: Point, frame: tuple[float, float, float]) -> tuple[float, float]:
    lng, lat, scale = frame
    return MAP_WIDTH / 2 + (point[0] - lng) * scale, SIZE[1] / 2 - (point[1] - lat) * scale
