"""The same trouble, back in the same place, links by itself and goes above the ward."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from hues.engines.cases import actions, queries
from hues.engines.cases.models import Case
from hues.engines.cases.rules.recurrence import months_before
from hues.engines.cases.rules.workflow import State
from hues.engines.cases.testing import DAI_NOI, MONDAY, Known, a_case, a_case_in, routed
from hues.kernel.agencies import testing as cast
from hues.kernel.delivery import queries as delivery
from hues.kernel.journal.testing import drain
from hues.kernel.people.asker import Asker

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
FIFTY_METRES = 0.00045  # of latitude


def ended(at: datetime) -> Known:
    """Return a case that was opened, answered and published at `at`."""
    return a_case_in(State.PUBLISHED, at=at)


def titles(by: Asker) -> list[str]:
    return [item.title["vi"] for item in reversed(delivery.inbox(by).rows)]


def chain(number: str) -> queries.Chain | None:
    return queries.ops_case(cast.operator(), number, at=MONDAY + 90 * DAY).chain


def test_a_case_near_one_that_ended_is_its_second_time() -> None:
    first = ended(MONDAY)
    near = replace(DAI_NOI, lat=DAI_NOI.lat + FIFTY_METRES)
    second = a_case(place=near, at=MONDAY + 30 * DAY)
    drain()
    found, back = chain(second.number), chain(first.number)
    assert found is not None
    assert back is not None
    assert (found.turn, found.total, found.above) == (2, 2, False)
    assert [link.number for link in found.others] == [first.number]
    assert (back.turn, back.total) == (1, 2)


@pytest.mark.parametrize(
    ("lat", "category", "days"),
    [(0.0009, "roads-pothole", 30), (0.0, "lights-out", 30), (0.0, "roads-pothole", 400)],
    ids=["100 m away", "of another category", "more than a year later"],
)
def test_what_is_far_away_or_something_else_or_long_ago_is_no_recurrence(lat: float, category: str, days: int) -> None:
    ended(MONDAY)
    place = replace(DAI_NOI, lat=DAI_NOI.lat + lat)
    other = a_case(place=place, category=category, at=MONDAY + days * DAY)
    drain()
    assert Case.objects.get(pk=other.id).chain_id is None


def test_what_is_reported_while_it_is_still_open_is_no_recurrence_but_a_duplicate() -> None:
    a_case_in(State.IN_PROGRESS)
    second = a_case(at=MONDAY + DAY)
    drain()
    assert chain(second.number) is None


def test_the_third_time_goes_to_the_head_and_to_the_duty_leader() -> None:
    head, leader = cast.head(), cast.duty_leader()
    ended(MONDAY)
    ended(MONDAY + 30 * DAY)
    drain()
    third = a_case(at=MONDAY + 60 * DAY)
    drain()
    words = f"{third.number}: cùng một sự cố, lần thứ 3"
    assert words in titles(leader)
    assert words not in titles(head)
    routed(third, at=MONDAY + 60 * DAY)
    drain()
    assert words in titles(head)
    found = chain(third.number)
    assert found is not None
    assert (found.turn, found.above) == (3, True)


def test_a_category_put_right_puts_the_chain_right() -> None:
    ended(MONDAY)
    second = a_case(category="lights-out", at=MONDAY + 30 * DAY)
    drain()
    assert chain(second.number) is None
    agency = cast.an_agency(cast.WARD_OFFICE)
    actions.accept_and_route(
        case_id=second.id,
        agency_id=agency.id,
        category="roads-pothole",
        by=cast.operator(),
        seen=1,
        at=MONDAY + 30 * DAY,
    )
    drain()
    found = chain(second.number)
    assert found is not None
    assert found.turn == 2


def test_linking_twice_counts_once_and_what_was_refused_does_not_count() -> None:
    ended(MONDAY)
    spam = a_case(at=MONDAY + 20 * DAY)
    drain()
    actions.refuse(case_id=spam.id, outcome="spam", text="Trùng.", by=cast.operator(), seen=1, at=MONDAY + 20 * DAY)
    second = a_case(at=MONDAY + 30 * DAY)
    drain()
    actions.link_recurrence(case_id=second.id, at=MONDAY + 30 * DAY)
    drain()
    found = chain(second.number)
    assert found is not None
    assert (found.turn, found.total) == (2, 2)


def test_the_public_counts_all_but_opens_only_what_is_published() -> None:
    first = ended(MONDAY)
    a_case(at=MONDAY + 30 * DAY)
    drain()
    found = queries.public_case(first.number, at=MONDAY + 31 * DAY).chain
    assert found is not None
    assert (found.turn, found.total, found.others) == (1, 2, ())


def test_months_are_counted_by_the_calendar() -> None:
    assert months_before(datetime(2026, 3, 31, tzinfo=UTC), 1) == datetime(2026, 2, 28, tzinfo=UTC)
    assert months_before(datetime(2026, 3, 2, tzinfo=UTC), 12) == datetime(2025, 3, 2, tzinfo=UTC)
