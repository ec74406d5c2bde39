"""What each move makes of the facts of a case; the database is not asked and the clock not read."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from hues.engines.cases.rules import deadlines as clock
from hues.engines.cases.rules import outcomes, promising, rounds, sealing
from hues.engines.cases.rules.breach import Breach
from hues.engines.cases.rules.facts import Facts, Given, Law
from hues.engines.cases.rules.running import credited, due_from, with_due
from hues.engines.cases.rules.succeeding import sent_back, succeeded
from hues.engines.cases.rules.workflow import OPENS_IN, Verb, next_state

type Change = Callable[[Facts, Given, Law, datetime], Facts]
MOST_STARS = 5
LONGEST_EXTENSION_DAYS = 30


def opened(category: str, service_class: str, *, law: Law, at: datetime) -> Facts:
    """Return the facts of a case opened at `at`; its due time is the latest it has if it is accepted in time."""
    accepted = clock.accept_due(at, deadlines=law.deadlines, calendar=law.calendar)
    due = clock.answer_due(accepted, service_class, deadlines=law.deadlines, calendar=law.calendar)
    return Facts(
        state=OPENS_IN,
        category=category,
        service_class=service_class,
        opened_at=at,
        accept_due_at=accepted,
        due_at=due,
        first_due_at=due,
        warn_at=clock.warn_at(accepted, due, deadlines=law.deadlines, calendar=law.calendar),
    )


def part_of(whole: Facts, parent_id: UUID, *, law: Law, at: datetime) -> Facts:
    """Return the facts of a part of a case that was just split; its clock has not begun."""
    return Facts(
        state=OPENS_IN,
        category=whole.category,
        service_class=whole.service_class,
        opened_at=whole.opened_at,
        accept_due_at=clock.accept_due(at, deadlines=law.deadlines, calendar=law.calendar),
        due_at=whole.due_at,
        first_due_at=whole.due_at,
        warn_at=whole.warn_at,
        parent_id=parent_id,
        latest_due_at=whole.due_at,
    )


def moved(verb: Verb, facts: Facts, given: Given, *, law: Law, at: datetime) -> Facts:
    """
    Return the facts after a move.

    :raises LookupError: if the table has no such move from this state
    :raises Breach: if what was given does not fit
    """
    state = next_state(verb, facts.state, facts.shape)
    if state is None:
        raise LookupError(f"no {verb} from {facts.state}")
    change = _CHANGES.get(verb)
    after = change(facts, given, law, at) if change else facts
    return replace(after, state=state, version=facts.version + 1)


def _accept(facts: Facts, given: Given, law: Law, at: datetime) -> Facts:
    if given.agency_id is None:
        raise Breach("agency_id", "agency-missing")
    routed = replace(
        facts,
        agency_id=given.agency_id,
        assigned_to=facts.assigned_to if given.agency_id == facts.agency_id else None,
        category=given.category or facts.category,
        service_class=given.service_class or facts.service_class,
        plan_days=given.plan_days,
        # What one agency asked for is not another's.
        extension_asked_until=facts.extension_asked_until if given.agency_id == facts.agency_id else None,
        accepted_at=at if facts.accepted_at is None else facts.accepted_at,
        # The clock runs on through returns: only the first acceptance of a round starts it.
        started_at=facts.started_at or at,
    )
    # What another agency gets as it is keeps its time too; another class or plan has the time of today.
    same = (routed.service_class, routed.plan_days) == (facts.service_class, facts.plan_days)
    return routed if same and facts.started_at else rounds.no_later_first(facts, with_due(routed, law), law)


def _refuse(facts: Facts, given: Given, law: Law, at: datetime) -> Facts:
    word = outcomes.check_refusal(given.outcome, has_original=given.duplicate_of is not None)
    return replace(facts, outcome=word, duplicate_of=given.duplicate_of, closed_at=at)


def _give_back(facts: Facts, given: Given, law: Law, at: datetime) -> Facts:
    return replace(
        facts,
        agency_id=None,
        assigned_to=None,
        returned=facts.returned + 1,
        accepted_at=None,
        extension_asked_until=None,
        accept_due_at=clock.accept_due(at, deadlines=law.deadlines, calendar=law.calendar),
    )


def _take(facts: Facts, given: Given, law: Law, at: datetime) -> Facts:
    return replace(facts, assigned_to=given.assignee or facts.assigned_to)


def _assign(facts: Facts, given: Given, law: Law, at: datetime) -> Facts:
    if given.assignee == facts.assigned_to:
        raise Breach("to", "has-it-already")
    return replace(facts, assigned_to=given.assignee)


def _ask(facts: Facts, given: Given, law: Law, at: datetime) -> Facts:
    return replace(facts, paused_at=at)


def _reply(facts: Facts, given: Given, law: Law, at: datetime) -> Facts:
    return replace(credited(facts, facts.paused_at or at, law, at), paused_at=None)


def _go_on(facts: Facts, given: Given, law: Law, at: datetime) -> Facts:
    # Only a reply gives time back: else whoever asks again and again would never be late.
    return replace(facts, paused_at=None)


def _ask_extension(facts: Facts, given: Given, law: Law, at: datetime) -> Facts:
    if at > facts.due_at:
        raise Breach("until", "already-late")
    if given.until is None or given.until <= facts.due_at:
        raise Breach("until", "not-later")
    if given.until > law.calendar.add_days(facts.due_at, LONGEST_EXTENSION_DAYS):
        raise Breach("until", "too-far")
    return replace(facts, extension_asked_until=given.until)


def _decide_extension(facts: Facts, given: Given, law: Law, at: datetime) -> Facts:
    # Nobody asks for the whole of a split case: it is given what a part of it is given.
    asked = facts.extension_asked_until or given.until
    if asked is None:
        raise Breach("granted", "nothing-asked")
    if given.granted is None:
        raise Breach("granted", "undecided")
    decided = replace(facts, extension_asked_until=None)
    # What a reply gave back meanwhile may reach further than what was asked for before it.
    until = max(asked, facts.extended_until or asked)
    return due_from(replace(decided, extended_until=until), facts.first_due_at, law) if given.granted else decided


def _answer(facts: Facts, given: Given, law: Law, at: datetime) -> Facts:
    word = outcomes.check_answer(
        given.outcome,
        rule=law.outcomes.get(given.outcome),
        proofs=given.proofs,
        promise_on=given.promise_on,
        today=at.astimezone(law.calendar.zone).date(),
    )
    needs_date = (law.outcomes.get(word) or outcomes.DEFAULTS.get(word) or outcomes.OutcomeRule()).needs_date
    return replace(
        sealing.passed(facts, given),
        outcome=word,
        promise_on=given.promise_on if needs_date else None,
        answered_at=at,
        extension_asked_until=None,
    )


def _return(facts: Facts, given: Given, law: Law, at: datetime) -> Facts:
    # The time the answer lay in review is not the agency's.
    back = credited(facts, facts.answered_at or at, law, at)
    return sent_back(facts, replace(back, answered_at=None, outcome="", promise_on=None, passed_to="", passed_ref=""))


def _split(facts: Facts, given: Given, law: Law, at: datetime) -> Facts:
    divided = replace(
        facts,
        agency_id=None,
        assigned_to=None,
        parts=len(given.agencies),
        extension_asked_until=None,
        accepted_at=facts.accepted_at or at,
        started_at=facts.started_at or at,
    )
    return divided if facts.started_at else with_due(divided, law)


def _gather(facts: Facts, given: Given, law: Law, at: datetime) -> Facts:
    return replace(facts, outcome=given.outcome, promise_on=given.promise_on, answered_at=at)


def _join(facts: Facts, given: Given, law: Law, at: datetime) -> Facts:
    if given.agency_id is None:
        raise Breach("agency_id", "agency-missing")
    return replace(facts, agency_id=given.agency_id, parts=0)


def _call_off(facts: Facts, given: Given, law: Law, at: datetime) -> Facts:
    return replace(facts, outcome="", promise_on=None, answered_at=None, closed_at=at)


def _publish(facts: Facts, given: Given, law: Law, at: datetime) -> Facts:
    sealing.check_public(facts)
    stands = given if given.agency_id else facts
    return replace(facts, published_at=at, agency_id=stands.agency_id, counted_for=stands.counted_for, assigned_to=None)


def _rate(facts: Facts, given: Given, law: Law, at: datetime) -> Facts:
    if given.stars is None or not 1 <= given.stars <= MOST_STARS:
        raise Breach("stars", "stars-range")
    return replace(facts, rating=given.stars, fixed=given.fixed)


def _unmerge(facts: Facts, given: Given, law: Law, at: datetime) -> Facts:
    if facts.duplicate_of is None:
        raise Breach("duplicate_of", "not-merged")
    # It was the centre's own slip: what the agencies have is as long as ever, and counted from the same day.
    return replace(
        facts,
        outcome="",
        duplicate_of=None,
        closed_at=None,
        accepted_at=None,
        accept_due_at=clock.accept_due(at, deadlines=law.deadlines, calendar=law.calendar),
    )


def _close(facts: Facts, given: Given, law: Law, at: datetime) -> Facts:
    return replace(facts, closed_at=at)


_CHANGES: Mapping[Verb, Change] = {
    Verb.ACCEPT: _accept,
    Verb.REFUSE: _refuse,
    Verb.GIVE_BACK: _give_back,
    Verb.TAKE: _take,
    Verb.ASSIGN: _assign,
    Verb.ASK: _ask,
    Verb.REPLY: _reply,
    Verb.RESUME: _go_on,
    Verb.ASK_EXTENSION: _ask_extension,
    Verb.DECIDE_EXTENSION: _decide_extension,
    Verb.ANSWER: _answer,
    Verb.RETURN: _return,
    Verb.SPLIT: _split,
    Verb.GATHER: _gather,
    Verb.AWAIT: _return,
    Verb.JOIN: _join,
    Verb.CALL_OFF: _call_off,
    Verb.END: _close,
    Verb.SUCCEED: succeeded,
    Verb.PUBLISH: _publish,
    Verb.RATE: _rate,
    Verb.REOPEN: rounds.reopened,
    Verb.CLOSE: _close,
    Verb.UNMERGE: _unmerge,
    Verb.KEEP_PROMISE: promising.shown,
    Verb.CHECK_PROMISE: promising.checked,
    Verb.SEAL: sealing.sealed,
    Verb.LIFT: sealing.lifted,
}
