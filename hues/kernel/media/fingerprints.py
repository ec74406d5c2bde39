"""What a picture looks like in 128 bits, so that the same one is known again after it was sent around."""

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


def fingerprint(image: Image.Image) -> list[int]:
    """Return the bands of a picture's difference hash, each with its place in the upper bits; none if it is flat."""
    small = image.convert("L").resize((EDGE + 1, EDGE + 1), Image.Resampling.LANCZOS, reducing_gap=4.0)
    if ImageStat.Stat(small).stddev[0] < LEAST_CONTRAST:
        return []
    rows, columns = dhash.dhash_row_col(list(small.tobytes()), EDGE)
    whole = rows << (EDGE * EDGE) | columns
    mask = (1 << BAND_BITS) - 1
    return [n << BAND_BITS | (whole >> (n * BAND_BITS)) & mask for n in range(BANDS)]


def telling(bands: list[int]) -> list[int]:
    """Return the bands by which a picture is looked for: whoever differs in at most seven bits shares one of eight."""
    mask = (1 << BAND_BITS) - 1
    return [band for band in bands if band & mask not in TELLS_NOTHING]
