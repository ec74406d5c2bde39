"""What a picture looks like in 128 bits, so that the same one is known again after it was sent around, or turned."""

from typing import Final

import dhash
from PIL import Image, ImageStat

EDGE: Final = 8
BAND_BITS: Final = 16
BANDS: Final = 2 * EDGE * EDGE // BAND_BITS
# Sent on, made smaller, brightened, stamped with a date: up to 10 of 128 bits differ; another picture: 24 or more.
NEAR: Final = 12
# Fog, night, a finger on the lens: what nothing stands out of looks like anything.
LEAST_CONTRAST: Final = 2.0
# Eight neighbours without any difference, twice: sky. Millions of pictures share it.
TELLS_NOTHING: Final = frozenset({0, (1 << BAND_BITS) - 1})
# Turned and mirrored, cut around the edge by these shares of it, or as it was before such a cut.
TURNS: Final = tuple(Image.Transpose)
CUTS: Final = (0.03, 0.06, 0.1)
SMALL: Final = (180, 180)


def fingerprint(image: Image.Image) -> list[int]:
    """Return the bands of a picture's difference hash, each with its place in the upper bits; none if it is flat."""
    small = image.convert("L").resize((EDGE + 1, EDGE + 1), Image.Resampling.LANCZOS, reducing_gap=4.0)
    if ImageStat.Stat(small).stddev[0] < LEAST_CONTRAST:
        return []
    rows, columns = dhash.dhash_row_col(list(small.tobytes()), EDGE)
    whole = rows << (EDGE * EDGE) | columns
    mask = (1 << BAND_BITS) - 1
    return [n << BAND_BITS | (whole >> (n * BAND_BITS)) & mask for n in range(BANDS)]


def looks(image: Image.Image) -> list[list[int]]:
    """Return the bands of what a picture may have been made of: turned, mirrored, with a border, cut at the edges."""
    small = image.convert("L").resize(SMALL, Image.Resampling.BILINEAR, reducing_gap=2.0)
    made = [small.transpose(turn) for turn in TURNS]
    made += [change(small, share) for change in (_cut, _widened) for share in CUTS]
    return [bands for one in made if (bands := fingerprint(one))]


def _cut(image: Image.Image, share: float) -> Image.Image:
    wide, high = round(image.width * share), round(image.height * share)
    return image.crop((wide, high, image.width - wide, image.height - high))


def _widened(image: Image.Image, share: float) -> Image.Image:
    """Return a picture as it may have been before that share was cut from each edge: much like the rest."""
    wide, high = (round(edge * share / (1 - 2 * share)) for edge in image.size)
    whole = image.resize((image.width + 2 * wide, image.height + 2 * high))
    whole.paste(image, (wide, high))
    return whole


def telling(bands: list[int]) -> list[int]:
    """Return the bands by which a picture is looked for: whoever differs in at most seven bits shares one of eight."""
    mask = (1 << BAND_BITS) - 1
    return [band for band in bands if band & mask not in TELLS_NOTHING]
