"""Two operators join and part the same reports at once: one is first, the other looks again, and none gets lost."""

from collections.abc import Callable

import pytest

from hues.engines.cases import actions
from hues.engines.cases.actions import CaseReceipt
from hues.engines.cases.models import Case, Support
from hues.engines.cases.rules.workflow import State
from hues.engines.cases.testing import MONDAY, a_case, a_case_in, the_city
from hues.engines.cases.tests.held_back import after
from hues.engines.cases.tests.test_races import at_once
from hues.kernel.agencies import testing as cast
from hues.kernel.errors import Invalid, Refusal, Stale

pytestmark = pytest.mark.django_db(transaction=True)


def joins(case: CaseReceipt, original: str) -> Callable[[], object]:
    by = cast.operator()

    def act() -> object:
        try:
            return actions.refuse(
                case_id=case.id, outcome="duplicate", text="Trùng.", duplicate_of=original, by=by, seen=1, at=MONDAY
            )
        except Refusal as refusal:
            return refusal

    return act


def both(first: Callable[[], object], second: Callable[[], object]) -> list[object]:
    """Do two things, the second while the first is not committed yet, for which it waits; return what came of both."""
    one, other, waited = after(first, second)
    assert waited
    return [one, other]


@pytest.mark.parametrize("turn", [1, -1])
def test_of_two_that_are_joined_with_each_other_one_stays_open(turn: int) -> None:
    the_city()
    one, other = (a_case(), a_case(by=cast.eve()))[::turn]
    done, refused = both(joins(one, other.number), joins(other, one.number))
    assert isinstance(done, actions.Moved)
    assert isinstance(refused, Invalid)
    assert "duplicate_of" in refused.fields
    found = Case.objects.in_bulk()
    assert (found[one.id].state, found[one.id].duplicate_of) == (State.REFUSED, other.id)
    assert (found[other.id].state, found[other.id].duplicate_of) == (State.RECEIVED, None)


@pytest.mark.parametrize("turn", range(4))
def test_however_it_falls_out_no_two_repeat_each_other(turn: int) -> None:
    the_city()
    pair = a_case(), a_case(by=cast.eve())
    left, right = pair if turn % 2 else pair[::-1]
    found = at_once(joins(left, right.number), joins(right, left.number))
    assert sum(isinstance(one, actions.Moved) for one in found) == 1
    assert Case.objects.filter(state=State.RECEIVED, duplicate_of=None).count() == 1


def test_what_is_joined_with_another_meanwhile_is_looked_at_again() -> None:
    the_city()
    first, second, third = a_case(), a_case(by=cast.head()), a_case(by=cast.eve())
    _done, late = both(joins(second, first.number), joins(third, second.number))
    assert isinstance(late, Stale)
    assert isinstance(joins(third, second.number)(), actions.Moved)
    assert Case.objects.get(pk=third.id).duplicate_of == first.id
    assert Support.objects.filter(case_id=first.id).count() == 2


def test_a_report_is_parted_while_its_original_is_joined_with_another() -> None:
    the_city()
    eve, operator = cast.eve(), cast.operator()
    first, second, third = a_case(), a_case(by=cast.head()), a_case(by=eve)
    moved = joins(third, second.number)()
    assert isinstance(moved, actions.Moved)

    def parts() -> object:
        try:
            return actions.unmerge(case_id=third.id, by=operator, seen=moved.version, at=MONDAY)
        except Stale:
            return actions.unmerge(case_id=third.id, by=operator, seen=moved.version, at=MONDAY)

    found = both(joins(second, first.number), parts)
    assert all(isinstance(one, actions.Moved) for one in found)
    assert not Support.objects.filter(person_id__in=[eve.person_id]).exists()
    assert Case.objects.get(pk=first.id).supports == Support.objects.filter(case_id=first.id).count() == 1


def test_a_seal_and_a_join_at_once_leave_nobody_behind() -> None:
    the_city()
    first, again = a_case_in(State.ANSWERED), a_case(by=cast.eve())
    done, _late = both(
        lambda: actions.seal_case(
            case_id=first.id,
            outcome="denunciation",
            passed_to="Thanh tra",
            text="Đã chuyển.",
            by=cast.operator(),
            seen=first.version,
            at=MONDAY,
        ),
        joins(again, first.number),
    )
    assert isinstance(done, actions.Moved)
    assert Case.every.get(pk=again.id).state == State.RECEIVED
