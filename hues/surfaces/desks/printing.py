"""What a printed page of a desk says above it: whose it is, when it was printed, and where it is on the screen."""

from datetime import datetime
from functools import lru_cache
from itertools import groupby
from typing import Any, Final

import qrcode
from django.conf import settings
from django.utils.safestring import SafeString
from qrcode.constants import ERROR_CORRECT_M

from hues.surfaces.shell.access import AskedRequest

MASK: Final = 3  # any of the eight can be read; to try all of them takes fifty times as long


def print_head(request: AskedRequest, path: str, at: datetime, *, with_code: bool) -> dict[str, Any]:
    """Return what stands above a printed page that is at `path` of the city's own address."""
    address = settings.HUES.origin + path
    return {"at": at, "by": request.asker.name, "address": address, "code": code(address) if with_code else ""}


@lru_cache(maxsize=256)
def code(address: str) -> SafeString:
    """Draw an address as a QR code."""
    made = qrcode.QRCode(error_correction=ERROR_CORRECT_M, mask_pattern=MASK, border=0)
    made.add_data(address)
    made.make()
    rows = made.get_matrix()
    path = "".join(_row(y, row) for y, row in enumerate(rows))
    return SafeString(
        f'<svg class="print-code" viewBox="0 0 {len(rows)} {len(rows)}" aria-hidden="true"><path d="{path}"/></svg>'
    )


def _row(y: int, row: list[bool]) -> str:
    drawn, x = "", 0
    for dark, cells in groupby(row):
        width = len(list(cells))
        drawn += f"M{x} {y}h{width}v1h-{width}z" if dark else ""
        x += width
    return drawn
