"""The counts on the tabs of the centre: counted once for what was written, and again after each move."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from hues.engines.cases import queries
from hues.engines.cases.rules.workflow import State
from hues.engines.cases.testing import MONDAY, a_case, routed
from hues.kernel.agencies import testing as cast

pytestmark = pytest.mark.django_db


def test_the_centre_counts_anew_as_soon_as_something_is_written() -> None:
    operator, case = cast.operator(), a_case()
    assert queries.counts(operator, at=MONDAY).of(State.RECEIVED) == 1
    routed(case)
    counted = queries.counts(operator, at=MONDAY)
    assert (counted.of(State.RECEIVED), counted.of(State.ASSIGNED)) == (0, 1)


def test_whoever_asks_again_at_once_costs_one_short_question(
    django_assert_num_queries: Callable[..., Any],
) -> None:
    operator, duty = cast.operator(), cast.duty_leader()
    a_case()
    asked = [queries.counts(operator, at=MONDAY)]
    with django_assert_num_queries(1):
        asked.append(queries.counts(duty, at=MONDAY + timedelta(seconds=1)))
    assert asked[0] == asked[1]


def test_a_clock_that_ran_out_is_counted_soon() -> None:
    operator = cast.operator()
    a_case()
    assert queries.counts(operator, at=MONDAY).unaccepted == 0
    assert queries.counts(operator, at=MONDAY + timedelta(days=30)).unaccepted == 1


def test_an_agency_is_never_told_what_the_city_has() -> None:
    minh = cast.minh()
    a_case()
    queries.counts(cast.operator(), at=MONDAY)
    assert queries.counts(minh, at=MONDAY).of(State.RECEIVED) == 0
