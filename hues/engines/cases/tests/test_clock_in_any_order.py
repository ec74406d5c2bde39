"""What agencies do in whatever order, time passing included: an answer after the first due time is late."""

from dataclasses import replace
from datetime import datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from hues.engines.cases.rules import deadlines, moving, timing
from hues.engines.cases.rules.breach import Breach
from hues.engines.cases.rules.deadlines import Standing
from hues.engines.cases.rules.facts import NOTHING, Facts, Given
from hues.engines.cases.rules.timing import Timer
from hues.engines.cases.rules.workflow import MOVES, Side, State, Verb
from hues.engines.cases.tests.test_clock import (
    AGENCY,
    CALENDAR,
    LAW,
    MONDAY,
    OTHER,
    ROUTE,
    at_work,
    moved,
    standing,
)

BY_AGENCY = sorted(verb for verb, move in MOVES.items() if Side.AGENCY in move.sides and verb != Verb.ANSWER)
BY_OTHERS = [Verb.SUCCEED, Verb.REPLY, Verb.DECIDE_EXTENSION]
WAITS = st.integers(min_value=0, max_value=60 * 24 * 12)


def gone_on(facts: Facts, at: datetime) -> Facts:
    """Return what the city's own timer has made of a case by then."""
    if facts.state != State.WAITING or facts.paused_at is None:
        return facts
    resume = timing.timers(facts, law=LAW, at=facts.paused_at)[Timer.RESUME]
    return moved(facts, (Verb.RESUME, resume, NOTHING)) if resume <= at else facts


def tried(facts: Facts, verb: Verb, at: datetime) -> Facts:
    """Return what a move makes of a case, or the case as it was where it can't be made."""
    wish = Given(granted=True) if verb == Verb.DECIDE_EXTENSION else Given(until=at + timedelta(days=20))
    other = AGENCY if facts.agency_id == OTHER else OTHER
    try:
        after = moving.moved(verb, facts, replace(wish, agency_id=other), law=LAW, at=at)
    except (Breach, LookupError):
        return facts
    if after.state == State.RECEIVED:  # the centre sends it straight back
        return moved(after, (Verb.ACCEPT, at, ROUTE), (Verb.TAKE, at, NOTHING))
    return after


def answered_at_last(facts: Facts, at: datetime) -> Facts:
    ready = {State.WAITING: Verb.RESUME, State.ASSIGNED: Verb.TAKE}.get(facts.state)
    at_hand = moved(facts, (ready, at, NOTHING)) if ready else facts
    return moved(at_hand, (Verb.ANSWER, at, Given(outcome="answered", proofs=1)))


@settings(max_examples=500, deadline=None, derandomize=True)
@given(
    moves=st.lists(st.tuples(st.sampled_from([*BY_AGENCY, *BY_OTHERS, Verb.ASK]), WAITS), max_size=10),
    answer_after=WAITS,
)
def test_only_a_reply_or_a_granted_wish_makes_what_is_answered_after_the_first_due_time_be_in_time(
    moves: list[tuple[Verb, int]], answer_after: int
) -> None:
    facts, at = at_work(), MONDAY
    # Reckoned beside the rules: by when an answer is on time, and by when it is within what the centre granted.
    on_time, granted = facts.due_at, facts.due_at
    for verb, minutes in moves:
        at += timedelta(minutes=minutes)
        before = gone_on(facts, at)
        facts = tried(before, verb, at)
        if verb == Verb.DECIDE_EXTENSION and facts != before:
            granted = before.extension_asked_until or granted
        if verb == Verb.REPLY and before.paused_at and before.paused_at < max(on_time, granted):
            waited = CALENDAR.working_time(before.paused_at, at)
            on_time, granted = (deadlines.later(due, waited, calendar=CALENDAR) for due in (on_time, granted))
    at += timedelta(minutes=answer_after)
    answered = answered_at_last(gone_on(facts, at), at)
    late = Standing.EXTENDED if at <= granted else Standing.LATE
    assert standing(answered, at) == (Standing.ON_TIME if at <= on_time else late)


@settings(max_examples=200, deadline=None, derandomize=True)
@given(start=WAITS, length=WAITS)
def test_a_reply_gives_back_exactly_the_working_time_it_took(start: int, length: int) -> None:
    facts = at_work()
    asked, replied = MONDAY + timedelta(minutes=start), MONDAY + timedelta(minutes=start + length)
    left = CALENDAR.working_time(asked, facts.due_at)
    again = moved(facts, (Verb.ASK, asked, NOTHING), (Verb.REPLY, replied, NOTHING))
    assert CALENDAR.working_time(replied, again.due_at) == (
        left if asked < facts.due_at else CALENDAR.working_time(replied, facts.due_at)
    )
