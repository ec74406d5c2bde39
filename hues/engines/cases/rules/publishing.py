"""What the public is shown of a case, and may find it by."""

import re
import unicodedata
from typing import Any

from hues.kit import cells
from hues.kit.text import fold

# Cells of about 200 m from the middle to a corner: a quarter, not a house.
COARSE_RESOLUTION = 9
# The source of a place that nobody pointed at: the middle of the ward, or a landmark, stands for it.
FROM_WORDS = "address"


# "Số nhà 24/5B", "nhà số 7", "trước 24 Lê Lợi"; but 23 Tháng 8 and 30/4 are streets, and Cây số 17 is a place.
_NUMBER = r"\d+[a-z]?(?:[/-]\d+[a-z]?)*"
_BEFORE = r"(?:^\s*|(?<=\bgần )|(?<=\btrước )|(?<=\bcạnh )|(?<=\bdiện ))"
HOUSE = re.compile(
    rf"(?:(?<!cây )\b(?:số\s+nhà|nhà\s+số|nhà|số)\s*{_NUMBER}\b|{_BEFORE}{_NUMBER}(?=\s+[^\W\d]))"
    r"(?!\s*tháng\b)\s*,?\s*",
    re.IGNORECASE,
)


def street_of(address: str) -> str:
    """Return an address without the number of the house: a street does not say who lives there."""
    return HOUSE.sub("", unicodedata.normalize("NFC", address)).strip(" ,;")


def public_form(
    *, number: str, text: str, address: str, lat: float, lng: float, coarse: bool, answer: str
) -> dict[str, Any]:
    """
    Return the columns of what becomes public of a case.

    A coarse place is the middle of its area, without its address. Search finds only what is shown: words that were
    taken out can't be guessed at.
    """
    if coarse:
        lat, lng = cells.center(cells.cell_of(lat, lng, COARSE_RESOLUTION))
        address = ""
    return {
        "public_text": text,
        "public_address": address,
        "public_lat": lat,
        "public_lng": lng,
        "public_cell": cells.cell_of(lat, lng),
        "folded": fold(f"{number} {address} {text} {answer}"),
    }
