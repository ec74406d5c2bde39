"""The area of an alert as a picture that needs no script and no network: the city's wards in SVG."""

from collections.abc import Iterable, Sequence
from functools import cache
from math import cos, radians

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from hues.engines.bulletins.rules import shapes
from hues.engines.bulletins.rules.shapes import Place, Shape
from hues.kernel.areas import queries as areas
from hues.kernel.city import city

WIDTH = 600


def picture(wards: Sequence[str], drawn: Iterable[Shape], risk: int, words: str) -> SafeString:
    """Return the city with the warned wards and drawn areas in the colour of the level; `words` say the same."""
    named = set(wards)
    lines = [(_path(code), f"area-warned area-{risk}" if code in named else "area") for code in _codes()]
    lines += [(_outline(shapes.ring_of(one)), f"area-warned area-{risk} area-drawn") for one in drawn]
    paths = format_html_join("", '<path class="{}" d="{}"/>', ((look, line) for line, look in lines if line))
    return format_html(
        '<svg class="area-map" viewBox="0 0 {} {}" role="img" aria-label="{}">{}</svg>', WIDTH, _height(), words, paths
    )


def _codes() -> list[str]:
    return [ward.code for ward in areas.wards()]


def _path(code: str) -> str:
    outline = areas.outline_of(code)
    return "".join(_outline(ring.points) for ring in shapes.rings(outline)) if outline else ""


def _outline(points: Iterable[Place]) -> str:
    south, west, north, _east = city().bounds
    scale, flat = _scale(), cos(radians((south + north) / 2))
    turns = [f"{(lng - west) * flat * scale:.0f} {(north - lat) * scale:.0f}" for lat, lng in points]
    return f"M{'L'.join(turns)}Z"


@cache
def _scale() -> float:
    south, west, north, east = city().bounds
    return WIDTH / ((east - west) * cos(radians((south + north) / 2)))


@cache
def _height() -> int:
    south, _west, north, _east = city().bounds
    return round((north - south) * _scale())
