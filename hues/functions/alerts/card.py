"""The picture of an alert for groups of neighbours: what, what to do, where, until when, and a code that proves it."""

import io
import textwrap
from collections.abc import Collection
from functools import cache
from math import cos, radians
from typing import Final

import qrcode
from django.contrib.staticfiles import finders
from django.utils.translation import gettext as _
from PIL import Image, ImageDraw, ImageFont

from hues.engines.bulletins.rules import shapes
from hues.engines.bulletins.rules.shapes import Place, Shape
from hues.functions.alerts.sheet import Passed, Sheet
from hues.kernel.areas import queries as areas
from hues.kernel.city import city

SIZE: Final = (1200, 630)
EDGE, BAND, SIDE, CODE = 48, 132, 340, 190
PAPER, INK, MUTED, LINE, OVER = "#faf8f4", "#241f22", "#665d5f", "#cfc6c9", "#dcd8d3"
# As in the shell's tokens: the colour of a level, and what is written on it.
LEVELS: Final = {
    1: ("#8fd0f5", "#08293c"),
    2: ("#ffe674", "#332a00"),
    3: ("#f6922e", "#2b1400"),
    4: ("#c51d1d", "#ffffff"),
    5: ("#7a1590", "#ffffff"),
}


def drawn(of: Sheet, said: Passed, *, address: str, until: str) -> bytes:
    """Return the card as a PNG; one that is no longer in force says so, and no more of what to do, without colour."""
    picture = Image.new("RGB", SIZE, PAPER)
    pen = ImageDraw.Draw(picture)
    colour, ink = LEVELS[of.card.risk] if of.valid else (OVER, INK)
    pen.rectangle((0, 0, SIZE[0], BAND), fill=colour)
    pen.text((EDGE, 22), of.event, fill=ink, font=_font(600, 40))
    pen.text((EDGE, 76), str(of.risk_words if of.valid else of.state_words), fill=ink, font=_font(400, 30))
    pen.text((SIZE[0] - EDGE, 22), "Hue-S", fill=ink, font=_font(600, 40), anchor="ra")
    y = _lines(pen, said.headline, BAND + 28, size=42, weight=600, colour=INK, letters=34, most=3)
    y = _lines(pen, said.words, y + 12, size=28, weight=400, colour=INK, letters=54, most=5)
    _lines(pen, "; ".join(of.places), max(y + 8, SIZE[1] - 190), size=24, weight=400, colour=MUTED, letters=64, most=2)
    if of.valid:
        pen.text((EDGE, SIZE[1] - 116), f"{_('In force until')} {until}", fill=INK, font=_font(600, 28))
    pen.text((EDGE, SIZE[1] - 74), said.identifier, fill=MUTED, font=_font(400, 22))
    pen.text((EDGE, SIZE[1] - 44), of.sender, fill=MUTED, font=_font(400, 22))
    left = SIZE[0] - SIDE - EDGE + 20
    _map(picture, (left, BAND + 20), of.card.wards, of.card.shapes, colour)
    code = qrcode.make(address, border=1).get_image().convert("RGB").resize((CODE, CODE))
    picture.paste(code, (left, SIZE[1] - CODE - 28))
    pen.multiline_text(
        (left + CODE + 14, SIZE[1] - CODE), _("Is it real?\nScan this."), fill=INK, font=_font(600, 22), spacing=8
    )
    out = io.BytesIO()
    picture.save(out, "PNG", optimize=True)
    return out.getvalue()


def _lines(
    pen: ImageDraw.ImageDraw, words: str, y: int, *, size: int, weight: int, colour: str, letters: int, most: int
) -> int:
    """Write words on a few lines, and return where the next may begin."""
    lines = textwrap.wrap(" ".join(words.split()), letters)
    if len(lines) > most:
        lines = [*lines[: most - 1], f"{lines[most - 1].rstrip('.,; ')} …"]
    for line in lines:
        pen.text((EDGE, y), line, fill=colour, font=_font(weight, size))
        y += round(size * 1.32)
    return y


@cache
def _font(weight: int, size: int) -> ImageFont.FreeTypeFont:
    found = finders.find(f"vendor/be-vietnam-pro-{weight}.woff2")
    if not isinstance(found, str):
        raise LookupError(f"the font of weight {weight} is not installed")
    return ImageFont.truetype(found, size)


def _map(
    picture: Image.Image, corner: tuple[int, int], wards: Collection[str], drawn_: Collection[Shape], colour: str
) -> None:
    pen, (left, top) = ImageDraw.Draw(picture), corner
    south, west, north, east = city().bounds
    flat = cos(radians((south + north) / 2))
    room = min(SIDE / ((east - west) * flat), (SIZE[1] - BAND - CODE - 80) / (north - south))

    def at(place: Place) -> tuple[float, float]:
        return left + (place[1] - west) * flat * room, top + (north - place[0]) * room

    for ward in areas.wards():
        outline = areas.outline_of(ward.code)
        for ring in shapes.rings(outline) if outline else ():
            fill = colour if ward.code in wards else "#ffffff"
            pen.polygon([at(place) for place in ring.points], fill=fill, outline=LINE)
    for one in drawn_:
        pen.polygon([at(place) for place in shapes.ring_of(one)], fill=colour, outline=INK)
