"""A queue and a case on paper: whose it is stands above it, and a code leads back to it."""

import re

import pytest
import qrcode
from qrcode.constants import ERROR_CORRECT_M

from hues.engines.cases.rules.workflow import State
from hues.engines.cases.testing import a_case_in
from hues.kernel.agencies import testing as cast
from hues.surfaces.desks.printing import MASK, code
from hues.surfaces.desks.testing import at_desk, text_of

pytestmark = pytest.mark.django_db
RUN = re.compile(r"M(\d+) (\d+)h(\d+)v1h-\3z")


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


def test_the_code_is_drawn_cell_by_cell() -> None:
    address = "https://hue.example/desk/PA-2026-000123/"
    cells = {(int(x) + dx, int(y)) for x, y, width in RUN.findall(code(address)) for dx in range(int(width))}
    known = qrcode.QRCode(error_correction=ERROR_CORRECT_M, mask_pattern=MASK, border=0)
    known.add_data(address)
    known.make()
    dark = {(x, y) for y, row in enumerate(known.get_matrix()) for x, cell in enumerate(row) if cell}
    assert cells == dark
