"""The honest clock: pauses, extensions, returns."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest

from hues.engines.cases.rules import deadlines, moving, timing
from hues.engines.cases.rules.breach import Breach
from hues.engines.cases.rules.deadlines import Standing
from hues.engines.cases.rules.facts import NOTHING, Facts, Given, Law
from hues.engines.cases.rules.timing import Timer
from hues.engines.cases.rules.workflow import State, Verb
from hues.kit.calendar import WorkingCalendar

HUE = ZoneInfo("Asia/Ho_Chi_Minh")
SPANS = ((time(7, 30), time(11, 30)), (time(13, 30), time(17)))
CALENDAR = WorkingCalendar(
    hours=dict.fromkeys(range(5), SPANS),
    holidays=frozenset({date(2026, 4, 30), date(2026, 5, 1)}),
    zone=HUE,
)
LAW = Law(calendar=CALENDAR, deadlines=deadlines.read({}), outcomes={})
AGENCY, OTHER = UUID(int=1), UUID(int=2)
ROUTE = Given(agency_id=AGENCY)
ANSWERED = Given(outcome="answered", proofs=1)
YES = Given(granted=True)


def hue(day: int, hour: int = 9, minute: int = 0, month: int = 3) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=HUE).astimezone(UTC)


MONDAY = hue(2)


def opened(service_class: str = "normal", at: datetime = MONDAY) -> Facts:
    return moving.opened("roads-pothole", service_class, law=LAW, at=at)


def moved(facts: Facts, *moves: tuple[Verb, datetime, Given]) -> Facts:
    for verb, at, brought in moves:
        facts = moving.moved(verb, facts, brought, law=LAW, at=at)
    return facts


def at_work(service_class: str = "normal", at: datetime = MONDAY) -> Facts:
    return moved(opened(service_class, at), (Verb.ACCEPT, at, ROUTE), (Verb.TAKE, at, NOTHING))


def standing(facts: Facts, at: datetime) -> Standing:
    return deadlines.standing(
        due_at=facts.due_at,
        first_due_at=facts.first_due_at,
        warn_at=facts.warn_at,
        answered_at=facts.answered_at,
        paused_at=facts.paused_at if facts.state == State.WAITING else None,
        ended=facts.state in (State.REFUSED, State.CLOSED),
        at=at,
    )


@pytest.mark.parametrize(
    ("service_class", "due"),
    [("urgent", hue(2, 15)), ("normal", hue(11, 17)), ("complex", hue(23, 17))],
)
def test_each_class_has_its_time(service_class: str, due: datetime) -> None:
    assert at_work(service_class).due_at == due


def test_the_centre_has_eight_working_hours() -> None:
    assert opened().accept_due_at == hue(3, 9, 30)
    assert opened(at=hue(7, 20)).accept_due_at == hue(10, 8)  # a Saturday evening counts from Monday


@pytest.mark.parametrize("service_class", ["urgent", "normal", "complex"])
@pytest.mark.parametrize("at", [hue(2, 7, 30), hue(2, 16, 45), hue(6, 23), hue(7, 20)])
def test_what_is_promised_at_the_beginning_binds(service_class: str, at: datetime) -> None:
    new = opened(service_class, at=at)
    assert new.due_at > new.accept_due_at > at
    assert moved(new, (Verb.ACCEPT, new.accept_due_at, ROUTE)).due_at == new.due_at
    assert moved(new, (Verb.ACCEPT, at, ROUTE)).due_at <= new.due_at


def test_a_refusal_that_is_reopened_begins_anew_even_if_an_agency_had_the_case_before() -> None:
    refused = moved(
        opened(),
        (Verb.ACCEPT, hue(3), ROUTE),
        (Verb.GIVE_BACK, hue(6), NOTHING),
        (Verb.REFUSE, hue(9), Given(outcome="spam")),
    )
    again = moved(refused, (Verb.REOPEN, hue(10), NOTHING))
    assert again.due_at > again.accept_due_at
    assert moved(again, (Verb.ACCEPT, again.accept_due_at, ROUTE)).due_at == again.due_at


def test_a_complex_case_may_have_a_plan_and_no_other() -> None:
    planned = moved(opened("complex"), (Verb.ACCEPT, MONDAY, replace(ROUTE, plan_days=20)))
    assert planned.due_at == hue(30, 17)
    for service_class, days in (("normal", 10), ("complex", 14), ("complex", 31)):
        with pytest.raises(Breach, match="plan_days"):
            moved(opened(service_class), (Verb.ACCEPT, MONDAY, replace(ROUTE, plan_days=days)))


def test_the_clock_starts_with_the_first_acceptance_and_runs_through_returns() -> None:
    first = moved(opened(), (Verb.ACCEPT, hue(3), ROUTE))
    again = moved(
        first,
        (Verb.GIVE_BACK, hue(6), NOTHING),
        (Verb.ACCEPT, hue(9), Given(agency_id=OTHER)),
    )
    assert again.due_at == first.due_at == hue(12, 17)
    assert (again.agency_id, again.accepted_at, again.returned) == (OTHER, hue(9), 1)


def test_a_case_given_back_has_an_acceptance_time_again_and_no_agency() -> None:
    back = moved(opened(), (Verb.ACCEPT, hue(3), ROUTE), (Verb.GIVE_BACK, hue(6), NOTHING))
    assert (back.agency_id, back.accepted_at, back.accept_due_at) == (None, None, hue(9, 9, 30))


def test_waiting_for_the_citizen_stops_the_clock_in_working_time() -> None:
    waited = moved(at_work(), (Verb.ASK, hue(5, 16), NOTHING), (Verb.REPLY, hue(9, 8), NOTHING))
    assert waited.credit == timedelta(hours=9)
    assert waited.due_at == hue(13, 9)


def test_three_quarters_are_measured_without_the_time_that_was_given_back() -> None:
    facts = at_work()
    left = CALENDAR.working_time(facts.warn_at, facts.due_at)
    for asked, replied in ((hue(3, 8), hue(9, 8)), (hue(10, 8), hue(16, 8)), (hue(17, 8), hue(20, 8))):
        facts = moved(facts, (Verb.ASK, asked, NOTHING), (Verb.REPLY, replied, NOTHING))
    assert CALENDAR.working_time(facts.warn_at, facts.due_at) == left
    assert facts.warn_at > hue(20, 8)
    assert Timer.DUE_SOON in timing.timers(facts, law=LAW, at=hue(20, 8))


def test_a_pause_that_no_reply_ends_gives_nothing() -> None:
    waited = moved(at_work(), (Verb.ASK, hue(5, 16), NOTHING), (Verb.RESUME, hue(9, 8), NOTHING))
    assert (waited.credit, waited.due_at, waited.paused_at) == (timedelta(0), hue(11, 17), None)
    too_long = moved(at_work(), (Verb.ASK, hue(11, 16), NOTHING), (Verb.RESUME, hue(13, 8), NOTHING))
    assert standing(too_long, hue(13, 8)) == Standing.OVERDUE


def test_a_pause_after_the_due_time_gives_nothing() -> None:
    late = moved(at_work(), (Verb.ASK, hue(12, 9), NOTHING), (Verb.REPLY, hue(18, 9), NOTHING))
    assert late.due_at == hue(11, 17)
    assert standing(late, hue(18, 9)) == Standing.OVERDUE


def test_an_extension_is_asked_in_time_and_decided_by_the_centre() -> None:
    asked = moved(at_work(), (Verb.ASK_EXTENSION, hue(10), Given(until=hue(20, 17))))
    assert asked.due_at == hue(11, 17)
    refused = moved(asked, (Verb.DECIDE_EXTENSION, hue(10), Given(granted=False)))
    assert (refused.due_at, refused.extension_asked_until) == (hue(11, 17), None)
    granted = moved(asked, (Verb.DECIDE_EXTENSION, hue(12), Given(granted=True)))
    assert (granted.first_due_at, granted.due_at) == (hue(11, 17), hue(20, 17))
    answered = moved(granted, (Verb.ANSWER, hue(13), ANSWERED))
    assert standing(answered, hue(13)) == Standing.EXTENDED


@pytest.mark.parametrize(
    ("at", "until"),
    [(hue(12), hue(20)), (hue(5), hue(11, 17)), (hue(5), None), (hue(5), hue(20, month=6))],
)
def test_an_extension_too_late_too_short_or_too_long_cannot_be_asked(at: datetime, until: datetime | None) -> None:
    with pytest.raises(Breach, match="until"):
        moved(at_work(), (Verb.ASK_EXTENSION, at, Given(until=until)))


def test_a_reply_and_a_review_move_what_was_granted_too() -> None:
    asked = moved(at_work(), (Verb.ASK_EXTENSION, hue(5), Given(until=hue(20, 17))))
    granted = moved(asked, (Verb.DECIDE_EXTENSION, hue(5), Given(granted=True)))
    replied = moved(granted, (Verb.ASK, hue(6), NOTHING), (Verb.REPLY, hue(9), NOTHING))
    # A working day from Friday to Monday, seven and a half hours, beyond the end of the day that was granted.
    assert (replied.due_at, replied.extended_until) == (hue(23, 17), hue(23, 17))
    assert replied.first_due_at == hue(12, 17)
    returned = moved(replied, (Verb.ANSWER, hue(10), ANSWERED), (Verb.RETURN, hue(11), NOTHING))
    assert (returned.first_due_at, returned.due_at) == (hue(13, 17), hue(24, 17))


def test_nothing_is_granted_that_was_not_asked() -> None:
    with pytest.raises(Breach, match="granted"):
        moved(at_work(), (Verb.DECIDE_EXTENSION, hue(5), Given(granted=True)))


def test_the_time_of_a_review_is_not_the_agencys() -> None:
    back = moved(at_work(), (Verb.ANSWER, hue(11, 16), ANSWERED), (Verb.RETURN, hue(13, 16), NOTHING))
    assert back.due_at == hue(13, 17)
    assert (back.answered_at, back.outcome) == (None, "")


def test_on_time_extended_and_late_are_told_apart() -> None:
    assert standing(moved(at_work(), (Verb.ANSWER, hue(11, 17), ANSWERED)), hue(30)) == Standing.ON_TIME
    assert standing(moved(at_work(), (Verb.ANSWER, hue(11, 17, 1), ANSWERED)), hue(30)) == Standing.LATE
    assert standing(at_work(), hue(5)) == Standing.RUNNING
    assert standing(at_work(), hue(11)) == Standing.SOON
    assert standing(at_work(), hue(11, 17, 1)) == Standing.OVERDUE
    assert standing(moved(at_work(), (Verb.ASK, hue(5), NOTHING)), hue(5)) == Standing.PAUSED
    refused = moved(opened(), (Verb.REFUSE, hue(3), Given(outcome="spam")))
    assert standing(refused, hue(30)) == Standing.NO_CLOCK


def test_a_promise_keeps_its_date_and_no_other_outcome_has_one() -> None:
    promise = Given(outcome="promised", promise_on=date(2026, 9, 1), proofs=1)
    assert moved(at_work(), (Verb.ANSWER, hue(5), promise)).promise_on == date(2026, 9, 1)
    other = Given(outcome="answered", promise_on=date(2026, 9, 1), proofs=1)
    assert moved(at_work(), (Verb.ANSWER, hue(5), other)).promise_on is None


def test_a_citizen_reopens_within_ten_days_and_a_new_round_begins() -> None:
    published = moved(at_work(), (Verb.ANSWER, hue(5), ANSWERED), (Verb.PUBLISH, hue(6), NOTHING))
    again = moved(published, (Verb.REOPEN, hue(16, 9), NOTHING))
    assert (again.state, again.agency_id, again.reopened) == (State.ASSIGNED, AGENCY, 1)
    assert (again.due_at, again.answered_at, again.outcome) == (hue(25, 17), None, "")
    with pytest.raises(Breach, match="too-late"):
        moved(published, (Verb.REOPEN, hue(16, 9, 1), NOTHING))


def test_a_refusal_can_be_contested_and_goes_to_the_centre() -> None:
    refused = moved(opened(), (Verb.REFUSE, hue(3), Given(outcome="spam")))
    again = moved(refused, (Verb.REOPEN, hue(4), NOTHING))
    assert (again.state, again.accept_due_at, again.outcome) == (State.RECEIVED, hue(5, 9, 30), "")


def test_a_contested_refusal_of_what_an_agency_had_says_the_due_time_that_it_gets() -> None:
    back = moved(opened(), (Verb.ACCEPT, hue(3), ROUTE), (Verb.GIVE_BACK, hue(4), NOTHING))
    again = moved(back, (Verb.REFUSE, hue(5), Given(outcome="spam")), (Verb.REOPEN, hue(6), NOTHING))
    assert again.due_at == moved(again, (Verb.ACCEPT, hue(9), ROUTE)).due_at == back.due_at == hue(12, 17)


def test_a_grant_takes_no_time_away_that_a_reply_gave_back_since_it_was_asked_for() -> None:
    granted = moved(
        at_work(), (Verb.ASK_EXTENSION, hue(3), Given(until=hue(13, 17))), (Verb.DECIDE_EXTENSION, hue(3), YES)
    )
    replied = moved(
        granted,
        (Verb.ASK_EXTENSION, hue(3), Given(until=hue(16, 17))),
        (Verb.ASK, hue(4), NOTHING),
        (Verb.REPLY, hue(11), NOTHING),
    )
    assert replied.due_at == hue(20, 17)
    assert moved(replied, (Verb.DECIDE_EXTENSION, hue(11), YES)).due_at == replied.due_at


@pytest.mark.parametrize("stars", [None, 0, 6])
def test_a_rating_has_one_to_five_stars(stars: int | None) -> None:
    published = moved(at_work(), (Verb.ANSWER, hue(5), ANSWERED), (Verb.PUBLISH, hue(6), NOTHING))
    with pytest.raises(Breach, match="stars"):
        moved(published, (Verb.RATE, hue(7), Given(stars=stars)))


def test_the_table_is_asked_before_anything_else() -> None:
    with pytest.raises(LookupError):
        moved(opened(), (Verb.ANSWER, MONDAY, ANSWERED))


def test_a_case_waits_for_the_instants_of_its_state() -> None:
    published = moved(
        at_work(),
        (Verb.ANSWER, hue(5), Given(outcome="promised", promise_on=date(2026, 9, 1), proofs=1)),
        (Verb.PUBLISH, hue(6), NOTHING),
    )
    waits = {
        "received": timing.timers(opened(), law=LAW, at=MONDAY),
        "at work": timing.timers(at_work(), law=LAW, at=MONDAY),
        "overdue": timing.timers(at_work(), law=LAW, at=hue(12)),
        "waiting": timing.timers(moved(at_work(), (Verb.ASK, hue(5), NOTHING)), law=LAW, at=hue(5)),
        "asked too late": timing.timers(moved(at_work(), (Verb.ASK, hue(12), NOTHING)), law=LAW, at=hue(12)),
        "in review": timing.timers(moved(at_work(), (Verb.ANSWER, hue(5), ANSWERED)), law=LAW, at=hue(5)),
        "published": timing.timers(published, law=LAW, at=hue(6)),
    }
    assert waits == {
        "received": {Timer.ACCEPT_OVERDUE: hue(3, 9, 30)},
        "at work": {Timer.DUE_SOON: at_work().warn_at, Timer.OVERDUE: hue(11, 17), Timer.ESCALATED: hue(12, 11, 30)},
        "overdue": {Timer.ESCALATED: hue(12, 11, 30)},
        "waiting": {
            Timer.DUE_SOON: at_work().warn_at,
            Timer.WAITS_BEYOND: hue(11, 17),
            Timer.RESUME: hue(19, 17),
        },
        "asked too late": {Timer.RESUME: hue(26, 17), Timer.ESCALATED: hue(12, 11, 30)},
        "in review": {Timer.REVIEW_OVERDUE: hue(6, 9, 30)},
        "published": {
            Timer.CLOSE: hue(16),
            Timer.PROMISE: hue(1, 8, month=9),
            Timer.PROMISE_BROKEN: hue(2, 8, month=9),
        },
    }


def test_a_city_that_says_nothing_has_the_usual_deadlines() -> None:
    assert deadlines.read({}) == deadlines.read({"accept": {"working_hours": 8}, "reopen": {"days": 10}})
    assert deadlines.read({"answer": {"normal": {"working_days": 5}}}).answers["normal"].days == 5
