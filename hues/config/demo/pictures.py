"""Pictures for the demo, drawn by us: a street, and a patch of trouble that is gone in the second one."""

from io import BytesIO
from random import Random

from PIL import Image, ImageDraw

SIZE = (1280, 960)
SKIES = ((196, 214, 232), (236, 222, 202), (206, 214, 212), (178, 196, 216))
TROUBLES = {
    "hole": (58, 54, 52),
    "water": (122, 108, 84),
    "rubbish": (150, 128, 92),
    "branch": (64, 96, 58),
    "lamp": (250, 214, 120),
    "stall": (176, 74, 62),
}


def drawn(kind: str, *, mended: bool, seed: int) -> bytes:
    """Return a JPEG of a street with the trouble `kind` (a key of TROUBLES), or without it where it was `mended`."""
    dice = Random(seed)  # noqa: S311 a drawing, not a secret
    picture = Image.new("RGB", SIZE, SKIES[seed % len(SKIES)])
    pen = ImageDraw.Draw(picture)
    _street(pen, dice)
    if kind == "lamp":
        _lamp(pen, lit=mended)
    elif not mended:
        _patch(pen, dice, TROUBLES[kind])
    else:
        pen.rounded_rectangle((470, 700, 800, 800), 30, fill=(92, 92, 96))
    out = BytesIO()
    picture.save(out, "JPEG", quality=82)
    return out.getvalue()


def _street(pen: ImageDraw.ImageDraw, dice: Random) -> None:
    left = 0
    while left < SIZE[0]:
        width, height = dice.randint(120, 240), dice.randint(180, 380)
        shade = dice.randint(150, 226)
        pen.rectangle((left, 560 - height, left + width, 560), fill=(shade, shade - 10, shade - 26))
        for x in range(left + 24, left + width - 40, 56):
            for y in range(590 - height, 500, 76):
                pen.rectangle((x, y, x + 26, y + 38), fill=(shade - 60, shade - 50, shade - 40))
        left += width + 6
    pen.rectangle((0, 560, SIZE[0], 620), fill=(186, 178, 166))
    pen.polygon([(0, 620), (SIZE[0], 620), (SIZE[0], SIZE[1]), (0, SIZE[1])], fill=(104, 104, 108))
    for x in range(-60, SIZE[0], 260):
        pen.polygon([(x, 880), (x + 140, 880), (x + 150, 900), (x - 4, 900)], fill=(226, 222, 206))


def _lamp(pen: ImageDraw.ImageDraw, *, lit: bool) -> None:
    pen.rectangle((628, 210, 644, 640), fill=(70, 74, 78))
    pen.line((636, 214, 760, 190), fill=(70, 74, 78), width=12)
    if lit:
        pen.ellipse((690, 150, 830, 270), fill=(255, 232, 160))
    pen.ellipse((730, 180, 790, 214), fill=TROUBLES["lamp"] if lit else (84, 88, 92))


def _patch(pen: ImageDraw.ImageDraw, dice: Random, colour: tuple[int, int, int]) -> None:
    for _ in range(26):
        x, y = dice.gauss(640, 110), dice.gauss(750, 36)
        wide, high = dice.randint(30, 120), dice.randint(12, 44)
        shade = tuple(max(0, min(255, part + dice.randint(-22, 22))) for part in colour)
        pen.ellipse((x - wide, y - high, x + wide, y + high), fill=shade)
