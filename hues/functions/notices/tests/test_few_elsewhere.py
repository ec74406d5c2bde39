"""Of a circle, whoever is told of a change or opened it is counted ward by ward too, before anything is summed."""

import re
from datetime import UTC, datetime

import pytest
from django.template.loader import render_to_string

from hues.kernel.delivery.queries import Board, WardReach
from hues.surfaces.operations import reached

NOON = datetime(2036, 3, 2, 5, tzinfo=UTC)
WARDS = (WardReach(ward="19774", told=14, opened=14), WardReach(ward="19753", told=1, opened=1))


def numbers(board: Board) -> list[str]:
    """Return what the card of those who are told of a change shows."""
    shown = reached.shown(board, said={}) | {"left_words": "Changed", "totals": (), "at": NOON}
    card = (
        render_to_string("operations/_reached.html", shown).partition("<h2>Changed</h2>")[2].partition("</section>")[0]
    )
    return re.findall(r"\d+", re.sub(r"<[^>]+>", " ", card))


@pytest.mark.django_db
@pytest.mark.parametrize(("rough", "wanted"), [(True, ["10", "10"]), (False, ["15", "15"])])
def test_the_sum_of_those_told_of_a_change_steps_by_ward(rough: bool, wanted: list[str]) -> None:  # noqa: FBT001
    board = Board(elsewhere=WARDS, rough=rough)
    assert (board.told_elsewhere, board.opened_elsewhere) == tuple(map(int, wanted))
    assert numbers(board) == wanted
