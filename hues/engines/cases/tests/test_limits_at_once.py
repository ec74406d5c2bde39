"""Limits hold for reports that are sent at the same instant: the second one counts the first."""

from collections.abc import Callable
from datetime import timedelta
from threading import Thread

import pytest
from django.db import connection, transaction

from hues.engines.cases import queries
from hues.engines.cases.actions import CaseReceipt, Place
from hues.engines.cases.queries.moderation import limits
from hues.engines.cases.testing import DAI_NOI, MONDAY, a_case, the_city
from hues.engines.cases.tests.held_back import after, waits_or_is_done
from hues.kernel.agencies import testing as cast
from hues.kernel.turns import take_turn

pytestmark = pytest.mark.django_db(transaction=True)


def far(number: int) -> Place:
    return Place(lat=DAI_NOI.lat + number * 0.002, lng=DAI_NOI.lng, source="map")


def look_of(case: CaseReceipt) -> str:
    return queries.ops_case(cast.operator(), case.number, at=MONDAY).look


def both(first: Callable[[], CaseReceipt], second: Callable[[], CaseReceipt]) -> tuple[CaseReceipt, CaseReceipt]:
    """Let a second report come in while the first is written and not committed yet."""
    one, other, _waited = after(first, second)
    return one, other


def test_of_two_reports_at_the_limit_of_the_hour_the_second_is_marked() -> None:
    the_city()
    lan, most = cast.lan(), limits().per_hour
    for minute in range(most - 1):
        a_case(place=far(minute), at=MONDAY + timedelta(minutes=minute))
    last = MONDAY + timedelta(minutes=most)
    found = both(lambda: a_case(by=lan, place=far(7), at=last), lambda: a_case(by=lan, place=far(9), at=last))
    assert [look_of(case) for case in found] == ["", "often"]


def test_of_two_reports_without_a_photo_from_one_place_the_second_is_marked() -> None:
    the_city()
    lan, eve = cast.lan(), cast.eve()
    for day in range(limits().reports - 2):
        a_case(by=(lan, eve)[day % 2], at=MONDAY + timedelta(days=day))
    last = MONDAY + timedelta(days=limits().reports)
    found = both(lambda: a_case(by=lan, at=last), lambda: a_case(by=eve, at=last))
    assert [look_of(case) for case in found] == ["", "unproven"]


def test_turns_of_several_names_are_taken_in_one_order() -> None:
    taken: list[str] = []

    def other() -> None:
        try:
            with transaction.atomic():
                take_turn("b", "a")
                taken.append("other")
        finally:
            connection.close()

    thread = Thread(target=other)
    with transaction.atomic():
        take_turn("a")
        thread.start()
        assert waits_or_is_done(thread)
        take_turn("b")  # the other waits for "a" and holds no "b" meanwhile
        taken.append("we")
    thread.join(timeout=30)
    assert taken == ["we", "other"]
