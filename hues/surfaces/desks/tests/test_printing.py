"""A queue and a case on paper: whose it is stands above it, and a code leads back to it."""

import re
from collections.abc import Iterator

import pytest
import qrcode
from qrcode.constants import ERROR_CORRECT_M

from hues.engines.cases.rules.workflow import State
from hues.engines.cases.testing import a_case_in
from hues.kernel.agencies import testing as cast
from hues.surfaces.desks.printing import MASK, code
from hues.surfaces.desks.testing import at_desk, text_of

pytestmark = pytest.mark.django_db
ROW = re.compile(r"M0 (\d+)\.5((?:h\d+|m\d+ 0)+)")
STROKE = re.compile(r"([hm])(\d+)")
ADDRESSES = [
    *(f"https://hue.example/desk/PA-2026-{n:06}/" for n in (0, 123, 999_999)),
    "https://ioc.hue.example/en/ops/PA-2027-000123/",
    "https://thành-phố.example/ops/",
]


@pytest.mark.parametrize("desk", ["ops", "desk"])
def test_a_case_says_on_paper_whose_it_is_and_where_it_is_found(desk: str) -> None:
    case = a_case_in(State.IN_PROGRESS)
    page = text_of(at_desk(cast.operator() if desk == "ops" else cast.minh()).get(f"/{desk}/{case.number}/"))
    head = page[page.index('<div class="print-head"') : page.index('<article class="case"')]
    assert "Thành phố Huế" in head
    assert case.number in head
    assert f"/{desk}/{case.number}/</small>" in head
    assert '<svg class="print-code"' in head
    assert re.search(r'<link rel="stylesheet" href="[^"]*desks/print[^"]*" media="print">', page)


@pytest.mark.parametrize("desk", ["ops", "desk"])
def test_a_list_says_on_paper_by_what_it_is_narrowed(desk: str) -> None:
    a_case_in(State.RECEIVED if desk == "ops" else State.IN_PROGRESS)
    page = text_of(at_desk(cast.operator() if desk == "ops" else cast.minh()).get(f"/{desk}/?q=o+ga"))
    assert f"/{desk}/?text=" not in page
    assert f"/{desk}/?q=o+ga</small>" in page


@pytest.mark.parametrize("address", ADDRESSES)
def test_the_code_is_drawn_cell_by_cell(address: str) -> None:
    known = qrcode.QRCode(error_correction=ERROR_CORRECT_M, mask_pattern=MASK, border=0)
    known.add_data(address)
    known.make()
    dark = {(x, y) for y, row in enumerate(known.get_matrix()) for x, cell in enumerate(row) if cell}
    assert set(_dark(code(address))) == dark


def _dark(drawn: str) -> Iterator[tuple[int, int]]:
    for y, row in ROW.findall(drawn):
        x = 0
        for kind, width in STROKE.findall(row):
            yield from ((x + n, int(y)) for n in range(int(width)) if kind == "h")
            x += int(width)
