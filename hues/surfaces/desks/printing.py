"""What a printed page of a desk says above it: whose it is, when it was printed, and where it is on the screen."""

from datetime import datetime
from functools import lru_cache
from itertools import groupby
from typing import Any, Final

import qrcode
from django.conf import settings
from django.utils.safestring import SafeString
from qrcode.constants import ERROR_CORRECT_M
from qrcode.util import MODE_8BIT_BYTE, QRData

from hues.surfaces.shell.access import AskedRequest

MASK: Final = 3  # any of the eight can be read; to try all of them takes fifty times as long
PLAIN: Final = b"0"
WIDTH: Final = 8  # cells of a row that are drawn together


def print_head(request: AskedRequest, path: str, at: datetime, *, with_code: bool) -> dict[str, Any]:
    """Return what stands above a printed page that is at `path` of the city's own address."""
    address = settings.HUES.origin + path
    return {"at": at, "by": request.asker.name, "address": address, "code": code(address) if with_code else ""}


def code(address: str) -> SafeString:
    """
    Draw an address as a QR code.

    Whatever stands in one place of an address turns the same cells of the code, whatever stands in the others: so each
    sign in each place is worked out once, and a code is put together from them.
    """
    said = address.encode()
    size, cells = _cells(PLAIN * len(said))
    for place, sign in enumerate(said):
        cells ^= _turned(len(said), place, sign)
    drawn = f"{cells:0{size * size}b}"
    path = "".join(_row(y, drawn[y * size : (y + 1) * size]) for y in range(size))
    box = f'class="print-code" viewBox="0 0 {size} {size}" shape-rendering="crispEdges"'
    return SafeString(f'<svg {box} aria-hidden="true"><path stroke="currentColor" d="{path}"/></svg>')


@lru_cache(maxsize=8192)
def _turned(length: int, place: int, sign: int) -> int:
    """Return the cells that turn when that sign stands there instead of the plain one."""
    words = PLAIN * place + bytes([sign]) + PLAIN * (length - place - 1)
    return _cells(words)[1] ^ _cells(PLAIN * length)[1]


@lru_cache(maxsize=64)
def _cells(words: bytes) -> tuple[int, int]:
    """Return the size of a code, and its cells as the bits of a number, the first row first."""
    made = qrcode.QRCode(error_correction=ERROR_CORRECT_M, mask_pattern=MASK, border=0)
    made.add_data(QRData(words, mode=MODE_8BIT_BYTE, check_data=False))
    made.make()
    rows = made.get_matrix()
    return len(rows), int("".join("01"[cell] for row in rows for cell in row), 2)


def _row(y: int, cells: str) -> str:
    """Draw one row as strokes along its middle."""
    pieces = [_strokes(cells[x : x + WIDTH]) for x in range(0, len(cells), WIDTH)]
    return f"M0 {y}.5{''.join(pieces)}"


@lru_cache(maxsize=512)
def _strokes(cells: str) -> str:
    runs = [(dark, len(list(run))) for dark, run in groupby(cells)]
    return "".join(f"h{width}" if dark == "1" else f"m{width} 0" for dark, width in runs)
