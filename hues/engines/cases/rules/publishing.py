"""What the public is shown of a case, and may find it by."""

from typing import Any

from hues.kit import cells
from hues.kit.text import fold

# Cells of about 200 m from the middle to a corner: a quarter, not a house.
COARSE_RESOLUTION = 9
# The source of a place that nobody pointed at: the middle of the ward, or a landmark, stands for it.
FROM_WORDS = "address"

# Where a point is shown at all, it is shown to about 10 m: as near as whoever mends it must come, and no house.
DECIMALS = 4

# Of what nobody of the city has read yet, the point is known to about 100 m.
DECIMALS_UNREAD = 3


def point_unread(lat: float, lng: float, *, coarse: bool) -> tuple[float, float]:
    """Return the point by which a case is known before it is published."""
    if coarse:
        return cells.center(cells.cell_of(lat, lng, COARSE_RESOLUTION))
    return round(lat, DECIMALS_UNREAD), round(lng, DECIMALS_UNREAD)


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
    else:
        lat, lng = round(lat, DECIMALS), round(lng, DECIMALS)
    return {
        "public_text": text,
        "public_address": address,
        "public_lat": lat,
        "public_lng": lng,
        "public_cell": cells.cell_of(lat, lng),
        "folded": fold(f"{number} {address} {text} {answer}"),
    }
