"""An agency ends in the very moment in which somebody acts: one of both is first, and nothing is left behind."""

from collections.abc import Callable
from datetime import datetime

import pytest

from hues.engines.cases import actions
from hues.engines.cases.models import Case, Step
from hues.engines.cases.rules.workflow import State, Verb
from hues.engines.cases.testing import a_case, a_case_in, a_proof, the_city
from hues.engines.cases.tests.test_races import TUESDAY, at_once
from hues.kernel.agencies import queries as agencies
from hues.kernel.agencies import testing as cast
from hues.kernel.agencies.actions import changing
from hues.kernel.agencies.actions.changing import ChangeReport
from hues.kernel.agencies.checking import Share, Wanted
from hues.kernel.clocks.actions import cancel_timers, tick
from hues.kernel.clocks.queries import calendar, timers_of
from hues.kernel.errors import Invalid, Stale, WrongState

pytestmark = pytest.mark.django_db(transaction=True)
HEIR, OTHER = "kinh-te-kim-long", "kinh-te-thuan-hoa"


def ends(into: str = HEIR) -> ChangeReport:
    wanted = Wanted(ends=(cast.WARD_OFFICE,), shares=(Share(code=into),), on=TUESDAY.date())
    return changing.plan(wanted=wanted, at=TUESDAY)


def or_refused(act: Callable[[], object]) -> Callable[[], object]:
    def attempt() -> object:
        try:
            return act()
        except (Invalid, WrongState) as refusal:
            return refusal

    return attempt


def test_an_answer_in_that_moment_is_taken_or_too_late_and_never_lost_halfway() -> None:
    the_city()
    case, minh, heir = a_case_in(State.IN_PROGRESS), cast.minh(), cast.an_agency(HEIR).id
    proof = a_proof(minh)
    answered, done = at_once(
        lambda: actions.answer_case(
            case_id=case.id,
            text="Đã xong.",
            outcome="not_ours",
            proof=proof,
            by=minh,
            seen=case.version,
            at=TUESDAY,
        ),
        ends,
    )
    assert isinstance(done, ChangeReport)
    row = Case.objects.get(pk=case.id)
    assert row.agency_id == heir
    verbs = list(Step.objects.filter(case_id=case.id).order_by("seq").values_list("verb", flat=True))
    if isinstance(answered, Stale):
        assert (row.state, verbs[-1]) == (State.IN_PROGRESS, Verb.SUCCEED)
    else:
        assert (row.state, verbs[-2:]) == (State.ANSWERED, [Verb.ANSWER, Verb.SUCCEED])
        assert row.counted_for == cast.an_agency().id


@pytest.mark.parametrize("turn", range(3))
def test_a_case_routed_in_that_moment_is_never_left_with_an_agency_that_is_no_more(turn: int) -> None:
    the_city()
    cases, operator, office = [a_case(), a_case()], cast.operator(), cast.an_agency().id
    again = a_case_in(State.PUBLISHED)
    version, lan = Case.objects.get(pk=again.id).version, cast.lan()
    acts: list[Callable[[], object]] = [
        or_refused(
            lambda case=case: actions.accept_and_route(  # type: ignore[misc]
                case_id=case.id, agency_id=office, by=operator, seen=1, at=TUESDAY
            )
        )
        for case in cases
    ]
    acts.append(
        lambda: actions.reopen(
            case_id=again.id, text="Vẫn còn nguyên như trước khi sửa.", by=lan, seen=version, at=TUESDAY
        )
    )
    acts.insert(turn, ends)
    found = at_once(*acts)
    assert sum(isinstance(one, ChangeReport) for one in found) == 1
    heir = cast.an_agency(HEIR).id
    for case in cases:
        row = Case.objects.get(pk=case.id)
        assert (row.state, row.agency_id) in [(State.RECEIVED, None), (State.ASSIGNED, heir)]
    row = Case.objects.get(pk=again.id)
    assert (row.state, row.agency_id) == (State.ASSIGNED, heir)


def test_of_two_who_end_it_at_once_one_does() -> None:
    the_city()
    a_case_in(State.IN_PROGRESS)
    cast.an_agency(OTHER)
    found = at_once(lambda: ends(HEIR), lambda: ends(OTHER), lambda: ends(HEIR))
    reports = [one for one in found if isinstance(one, ChangeReport)]
    assert len(reports) == 3
    assert sum(report.done and not report.already for report in reports) == 1
    assert Step.objects.filter(verb=Verb.SUCCEED).count() == 1
    (heir,) = agencies.heirs_now(cast.an_agency(cast.WARD_OFFICE).id)
    assert set(Case.objects.values_list("agency_id", flat=True)) == {heir}


@pytest.mark.parametrize("turn", range(4))
def test_a_change_that_is_called_off_at_midnight_is_off_or_done(turn: int) -> None:
    the_city()
    case = a_case_in(State.IN_PROGRESS)
    midnight = datetime(2026, 7, 1, tzinfo=calendar().zone)
    wanted = Wanted(ends=(cast.WARD_OFFICE,), shares=(Share(code=HEIR),), on=midnight.date())
    change_id = changing.plan(wanted=wanted, at=TUESDAY).change_id
    assert change_id
    cancel_timers(case.id)  # only the day of the change is of interest
    acts = [lambda: tick(midnight), or_refused(lambda: changing.call_off(change_id=change_id, at=midnight))]
    found = at_once(*acts[:: 1 if turn % 2 else -1])
    card = cast.an_agency()
    row = Case.objects.get(pk=case.id)
    if any(isinstance(one, WrongState) for one in found):
        assert (card.is_active, row.agency_id) == (False, cast.an_agency(HEIR).id)
    else:
        assert (card.is_active, row.agency_id) == (True, card.id)
    assert list(timers_of(change_id)) == []
