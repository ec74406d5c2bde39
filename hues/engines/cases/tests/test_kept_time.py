"""A case keeps the time it was accepted with, whatever the class of it is given later."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from functools import partial

import pytest

from hues.engines.cases import actions, queries
from hues.engines.cases.models import Case
from hues.engines.cases.rules.deadlines import Standing
from hues.engines.cases.rules.workflow import State
from hues.engines.cases.testing import MONDAY, Known, a_case, a_case_in, split
from hues.engines.cases.tests.ending import answered, done
from hues.kernel.agencies import testing as cast
from hues.kernel.clocks import queries as clocks
from hues.kernel.clocks.testing import let_it_be
from hues.kernel.errors import Invalid

pytestmark = pytest.mark.django_db
DAY, MINUTE = timedelta(days=1), timedelta(minutes=1)


def row(case: Known) -> Case:
    return Case.objects.get(pk=case.id)


def standing(case: Known, minutes_late: int) -> Standing:
    at = row(case).due_at + minutes_late * MINUTE
    return queries.ops_case(cast.operator(), case.number, at=at).clock.standing


def asked_and_replied(case: Known) -> Known:
    asked = done(actions.ask_citizen, case, cast.minh(), MONDAY + DAY, question="Ở đâu?")
    return done(actions.reply, asked, cast.lan(), MONDAY + DAY + MINUTE, text="Số 12.")


def asked_and_resumed(case: Known) -> Known:
    asked = done(actions.ask_citizen, case, cast.minh(), MONDAY + DAY, question="Ở đâu?")
    return done(actions.resume, asked, cast.minh(), MONDAY + DAY)


def returned(case: Known) -> Known:
    said = answered(case, MONDAY + DAY)
    return done(actions.return_answer, said, cast.operator(), MONDAY + DAY, reason="Chưa trả lời câu hỏi.")


def routed_anew(case: Known, **given: object) -> Known:
    agency = cast.an_agency("ubnd-phu-xuan").id
    return done(actions.accept_and_route, case, cast.operator(), MONDAY + DAY, agency_id=agency, **given)


def given_back_and_routed(case: Known) -> Known:
    return routed_anew(done(actions.give_back, case, cast.minh(), MONDAY + DAY, reason="Không phải việc của chúng tôi"))


def divided(case: Known) -> Known:
    return split(replace(case, version=row(case).version), at=MONDAY + DAY)


@pytest.mark.parametrize("days", [2, 30])
@pytest.mark.parametrize("moves", [asked_and_resumed, returned, routed_anew, given_back_and_routed, divided])
def test_no_move_gives_an_open_case_the_time_its_class_has_now(moves: Callable[[Known], Known], days: int) -> None:
    case = a_case_in(State.IN_PROGRESS)
    before = row(case)
    actions.change_time(service_class="normal", days=days, by=cast.duty_leader(), at=MONDAY + DAY)
    moves(case)
    after = row(case)
    assert (after.first_due_at, after.due_at) == (before.first_due_at, before.due_at)


@pytest.mark.parametrize("days", [2, 30])
def test_a_reply_moves_the_due_time_by_what_was_waited_and_no_more(days: int) -> None:
    case = a_case_in(State.IN_PROGRESS)
    before = row(case)
    actions.change_time(service_class="normal", days=days, by=cast.duty_leader(), at=MONDAY + DAY)
    asked_and_replied(case)
    after = row(case)
    gained = clocks.calendar().working_time(before.due_at, after.due_at)
    assert (gained, after.first_due_at) == (MINUTE, after.due_at)


def test_a_late_case_stays_late_though_its_class_has_more_time_now() -> None:
    case = a_case_in(State.IN_PROGRESS)
    late = row(case).due_at + DAY
    actions.change_time(service_class="normal", days=30, by=cast.duty_leader(), at=late)
    asked = done(actions.ask_citizen, case, cast.minh(), late, question="Ở đâu?")
    again = done(actions.resume, asked, cast.minh(), late)
    assert standing(again, 1) == Standing.OVERDUE
    published = done(actions.publish, answered(again, late), cast.operator(), late)
    assert standing(published, 1) == Standing.LATE


def test_the_new_time_holds_for_what_is_accepted_or_classed_afterwards() -> None:
    before, kept = a_case(), a_case_in(State.IN_PROGRESS)
    actions.change_time(service_class="normal", days=2, by=cast.duty_leader(), at=MONDAY)
    actions.change_time(service_class="complex", days=3, max_days=9, by=cast.duty_leader(), at=MONDAY)
    calendar = clocks.calendar()
    fresh = routed_anew(Known(id=before.id, number=before.number, version=1))
    assert row(fresh).due_at == calendar.add_days(MONDAY + DAY, 2)
    routed_anew(kept, service_class="complex")
    assert row(kept).due_at == calendar.add_days(MONDAY, 3)


@pytest.mark.parametrize("days", [2, 30])
def test_more_time_is_an_extension_whatever_time_the_class_of_a_case_has_now(days: int) -> None:
    case = a_case_in(State.IN_PROGRESS)
    before = row(case)
    actions.change_time(service_class="normal", days=days, by=cast.duty_leader(), at=MONDAY + DAY)
    routed_anew(case, service_class="complex", plan_days=30, note="Phải làm lại cả đoạn.")
    after = row(case)
    assert (after.service_class, after.first_due_at) == ("normal", before.first_due_at)
    assert after.due_at == clocks.calendar().add_days(MONDAY, 30)


def test_a_contested_refusal_keeps_what_a_reply_and_a_grant_gave_before() -> None:
    case, until = asked_and_replied(a_case_in(State.IN_PROGRESS)), MONDAY + 15 * DAY
    done(actions.ask_extension, case, cast.minh(), MONDAY + 2 * DAY, until=until, reason="Chờ vật tư.")
    done(actions.decide_extension, case, cast.operator(), MONDAY + 2 * DAY, granted=True)
    before = row(case)
    done(actions.give_back, case, cast.minh(), MONDAY + 2 * DAY, reason="Không phải việc của chúng tôi")
    done(actions.refuse, case, cast.operator(), MONDAY + 2 * DAY, outcome="spam", text="Không phải phản ánh.")
    done(actions.reopen, case, cast.lan(), MONDAY + 3 * DAY, text="Vẫn còn ổ gà như trước khi sửa.")
    routed_anew(case)
    after = row(case)
    assert (after.first_due_at, after.due_at) == (before.first_due_at, before.due_at)


def planned(days: int) -> Known:
    case, agency = a_case(), cast.an_agency().id
    moved = actions.accept_and_route(
        case_id=case.id,
        agency_id=agency,
        service_class="complex",
        plan_days=days,
        by=cast.operator(),
        seen=1,
        at=MONDAY,
    )
    return done(actions.take, Known(id=case.id, number=case.number, version=moved.version), cast.minh())


def shorter_plans() -> None:
    actions.change_time(service_class="complex", days=10, max_days=20, by=cast.duty_leader(), at=MONDAY + DAY)


@pytest.mark.parametrize("moves", [asked_and_resumed, asked_and_replied, returned, divided])
def test_a_plan_that_is_too_long_now_locks_no_case(moves: Callable[[Known], Known]) -> None:
    case = planned(30)
    shorter_plans()
    before = row(case).due_at
    moves(case)
    assert row(case).due_at - before < DAY


def test_the_city_goes_on_with_a_case_whose_plan_is_too_long_now() -> None:
    asked = done(actions.ask_citizen, planned(30), cast.minh(), question="Ở đâu?")
    shorter_plans()
    let_it_be(MONDAY + 30 * DAY)
    assert row(asked).state == State.IN_PROGRESS


def test_a_plan_is_looked_at_where_somebody_names_one() -> None:
    case = planned(30)
    shorter_plans()
    with pytest.raises(Invalid) as refused:
        routed_anew(case, plan_days=29)
    assert "plan_days" in refused.value.fields
    route = partial(routed_anew, case, service_class="complex")
    due = row(case).due_at
    route(plan_days=30)
    assert row(case).due_at == due
    route(plan_days=20)
    assert row(case).due_at == clocks.calendar().add_days(MONDAY, 20)
