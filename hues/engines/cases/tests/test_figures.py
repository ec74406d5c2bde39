"""Public figures: on time, extended and late apart, and every sum can be recomputed."""

from datetime import timedelta

import pytest

from hues.engines.cases import actions, queries
from hues.engines.cases.rules.workflow import State
from hues.engines.cases.testing import MONDAY, a_case, a_case_in, a_proof, routed
from hues.kernel.agencies import testing as cast

pytestmark = pytest.mark.django_db


def published(*, extended: bool = False, days: int = 1) -> None:
    case = routed(a_case())
    minh, operator = cast.minh(), cast.operator()
    moved = actions.take(case_id=case.id, by=minh, seen=case.version, at=MONDAY)
    if extended:
        until = MONDAY + timedelta(days=20)
        moved = actions.ask_extension(
            case_id=case.id, until=until, reason="Chờ vật tư.", by=minh, seen=moved.version, at=MONDAY
        )
        moved = actions.decide_extension(case_id=case.id, granted=True, by=operator, seen=moved.version, at=MONDAY)
    at = MONDAY + timedelta(days=days)
    moved = actions.answer_case(
        case_id=case.id, text="Đã trả lời.", outcome="not_ours", proof=a_proof(minh), by=minh, seen=moved.version, at=at
    )
    actions.publish(case_id=case.id, by=operator, seen=moved.version, at=at)


def test_on_time_extended_and_late_are_counted_apart() -> None:
    published()
    published(days=15)
    published(extended=True, days=15)
    published(extended=True, days=25)
    a_case_in(State.ANSWERED)
    agency = str(cast.an_agency().id)
    for group, key in (
        ("ward", "19753"),
        ("agency", agency),
        ("category", "roads-pothole"),
        ("month", "2026-03"),
    ):
        (tally,) = queries.public_figures(group)
        assert (tally.key, tally.opened, tally.answered) == (key, 4, 4)
        assert (tally.on_time, tally.extended, tally.late) == (1, 1, 2)
    assert queries.public_figures("ward", since=MONDAY + timedelta(days=1)) == ()
    assert queries.public_figures("ward", until=MONDAY) == ()
    with pytest.raises(LookupError):
        queries.public_figures("weather")


def test_what_reporters_say_is_counted() -> None:
    case = a_case_in(State.PUBLISHED)
    actions.rate(case_id=case.id, stars=4, by=cast.lan(), seen=case.version, at=MONDAY)
    (tally,) = queries.public_figures("ward")
    assert (tally.rated, tally.satisfied, tally.reopened) == (1, 1, 0)


def test_the_wall_knows_who_is_late() -> None:
    routed(a_case())
    routed(a_case(category="roads-manhole"), "ubnd-kim-long")
    found = queries.burdens(cast.operator(), at=MONDAY + timedelta(days=3))
    assert [(one.open, one.late) for one in found] == [(1, 1), (1, 0)]
