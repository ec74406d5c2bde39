"""The desk of an agency, through its door."""

import pytest
from django.test import Client

from hues.engines.cases import actions, queries
from hues.engines.cases.rules.workflow import State
from hues.engines.cases.testing import MONDAY, Known, a_case_in
from hues.kernel.agencies import testing as cast
from hues.kit.clock import now
from hues.surfaces.desks.testing import at_desk, seen_on, text_of

pytestmark = pytest.mark.django_db

ELSEWHERE = "kinh-te-thuan-hoa"
TYPED = "Đã cho thợ đến dặm vá, giữ nguyên lời này."


def minhs() -> Client:
    """Return Minh's browser."""
    return at_desk(cast.minh())


def state_of(case: Known) -> State:
    """Return where the case stands now."""
    return queries.ops_case(cast.operator(), case.number, at=MONDAY).state


def seen(browser: Client, case: Known) -> str:
    """Return the version that the case's page shows."""
    return seen_on(text_of(browser.get(f"/desk/{case.number}/")))


def test_the_inbox_shows_what_was_passed_to_the_agency_and_nothing_of_another() -> None:
    ours = a_case_in(State.ASSIGNED)
    page = text_of(minhs().get("/desk/"))
    assert ours.number in page
    assert ours.number not in text_of(at_desk(cast.worker(ELSEWHERE)).get("/desk/"))
