"""By ward, a message that reached people is a table; on a phone each ward is a card that names its numbers."""

import re
from datetime import UTC, datetime

import pytest
from django.template.loader import render_to_string

from hues.kernel.delivery.queries import Board, WardReach
from hues.surfaces.operations import reached

NOON = datetime(2036, 3, 2, 5, tzinfo=UTC)


@pytest.mark.django_db
def test_every_number_of_a_ward_is_named_where_the_table_folds() -> None:
    ward = WardReach(ward="19774", told=14, opened=12)
    board = Board(wards=(ward,), elsewhere=(WardReach(ward="19774", told=3, opened=1),))
    said = {("19774", "safe"): 5}
    shown = reached.shown(board, said=said, answers={"safe": "I am safe", "help": "I need help"})
    totals = [("I am safe", "check", 5), ("I need help", "alert-circle", 0)]
    page = render_to_string(
        "operations/_reached.html", shown | {"left_words": "Told it is over", "totals": totals, "at": NOON}
    )
    table = page.partition("section-title")[2].partition("</table>")[0]
    heads = re.findall(r'<th class="num" scope="col">([^<]+)<', table)
    assert '<table class="table folds tight">' in table
    assert re.findall(r'<td class="num" data-label="([^"]+)">(\d+)<', table) == list(
        zip(heads, ["14", "12", "3", "0", "5", "0"], strict=True)
    )
