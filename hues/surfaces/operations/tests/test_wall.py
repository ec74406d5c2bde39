"""The wall of the operations centre."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from hues.engines.cases.rules.workflow import State
from hues.engines.cases.testing import WORDS, a_case_in
from hues.surfaces.desks.testing import text_of
from hues.surfaces.operations.wall import BOARDS

pytestmark = pytest.mark.django_db
ONE = '<span class="big">1</span>'


@pytest.mark.parametrize("address", ["/ops/wall/", "/ops/wall/now/"])
def test_the_wall_counts_what_stands_where(thao: Client, address: str) -> None:
    a_case_in(State.RECEIVED)
    a_case_in(State.WAITING)
    page = text_of(thao.get(address))
    assert page.count(ONE) >= 2
    assert WORDS not in page


def test_what_a_page_asks_for_again_is_the_board_alone(thao: Client) -> None:
    page, board = (text_of(thao.get(address)) for address in ("/ops/wall/", "/ops/wall/now/"))
    assert board.strip() in page
    assert 'data-hx-get="/ops/wall/now/"' in board
    assert "<html" not in board


def test_screens_that_look_at_once_read_the_city_once(
    thao: Client, django_assert_max_num_queries: Callable[..., Any]
) -> None:
    thao.get("/ops/wall/now/")
    with django_assert_max_num_queries(5):  # who is asking, and who waits for rescue
        thao.get("/ops/wall/now/")


def test_a_board_is_of_one_language_and_soon_made_again(thao: Client) -> None:
    assert "Vừa gửi đến" in text_of(thao.get("/ops/wall/"))
    assert "Just came in" in text_of(thao.get("/en/ops/wall/"))
    a_case_in(State.RECEIVED)
    assert ONE not in text_of(thao.get("/en/ops/wall/now/"))
    BOARDS.forget()
    assert ONE in text_of(thao.get("/en/ops/wall/now/"))
