"""Which instants a case waits for, given where it stands."""

from datetime import datetime, time, timedelta, tzinfo
from enum import StrEnum

from hues.engines.cases.rules.facts import Facts, Law
from hues.engines.cases.rules.workflow import State, Verb


class Timer(StrEnum):
    """What happens when one of a case's instants has come."""

    ACCEPT_OVERDUE = "cases.accept_overdue"
    DUE_SOON = "cases.due_soon"
    OVERDUE = "cases.overdue"
    ESCALATED = "cases.escalated"
    WAITS_BEYOND = "cases.waits_beyond"
    RESUME = "cases.resume"
    REVIEW_OVERDUE = "cases.review_overdue"
    CLOSE = "cases.close"
    PROMISE = "cases.promise"
    PROMISE_BROKEN = "cases.promise_broken"


# What makes a reminder come too late: the worse of the two is told alone.
WORSE = {Timer.DUE_SOON: Timer.OVERDUE, Timer.PROMISE: Timer.PROMISE_BROKEN}
LADDER = frozenset({*WORSE, *WORSE.values(), Timer.ESCALATED})
MORNING = time(8, 0)
WEEKLY_DIGEST = "cases.weekly_digest"


def next_week(at: datetime, zone: tzinfo) -> datetime:
    """Return the morning of the first Monday after `at`."""
    today = at.astimezone(zone).date()
    return datetime.combine(today + timedelta(days=7 - today.weekday()), MORNING, zone)


def timers(facts: Facts, *, law: Law, at: datetime) -> dict[Timer, datetime]:
    """Return the instants after `at` that a case waits for."""
    return {timer: due for timer, due in _waits(facts, law).items() if due > at}


def missed(verb: Verb, before: Facts, after: Facts, *, law: Law, at: datetime) -> frozenset[Timer]:
    """
    Return what a case should have rung by `at` where it stands after a move, and did not where it stood before.

    What passed while it lay elsewhere (at the centre, in review, as a question, with another agency) rings once it is
    here.
    """
    # Who follows an agency that ended is told of all its cases at once.
    stays = before.agency_id == after.agency_id or verb == Verb.SUCCEED
    return _gone(after, law, at) - (_gone(before, law, at) if stays else frozenset())


def _gone(facts: Facts, law: Law, at: datetime) -> frozenset[Timer]:
    gone = {timer for timer, due in _waits(facts, law).items() if timer in LADDER and due <= at}
    return frozenset(timer for timer in gone if WORSE.get(timer) not in gone)


def _waits(facts: Facts, law: Law) -> dict[Timer, datetime]:
    waits = _by_state(facts, law)
    if facts.promise_on is not None and facts.published_at is not None and facts.promise_shown_at is None:
        waits[Timer.PROMISE] = datetime.combine(facts.promise_on, MORNING, law.calendar.zone)
        waits[Timer.PROMISE_BROKEN] = waits[Timer.PROMISE] + timedelta(days=1)
    if since := _for_the_centre_since(facts):
        waits[Timer.REVIEW_OVERDUE] = law.calendar.add_hours(since, law.deadlines.review_hours)
    return waits


def _for_the_centre_since(facts: Facts) -> datetime | None:
    """Return since when an answer, or the proof of a promise, waits for somebody of the centre to look at it."""
    if facts.state == State.ANSWERED:
        return facts.answered_at if facts.parent_id is None else None  # a part waits for the others
    return facts.promise_shown_at if facts.promise_kept_at is None else None


def _by_state(facts: Facts, law: Law) -> dict[Timer, datetime]:
    if facts.state == State.RECEIVED:
        return {Timer.ACCEPT_OVERDUE: facts.accept_due_at}
    if facts.state in (State.ASSIGNED, State.IN_PROGRESS):
        return {Timer.DUE_SOON: facts.warn_at, Timer.OVERDUE: facts.due_at, Timer.ESCALATED: _above(facts, law)}
    if facts.state == State.SPLIT:
        # The ladder is climbed by each part; only the reporter waits for the whole.
        return {Timer.OVERDUE: facts.due_at}
    if facts.state == State.WAITING and facts.paused_at is not None:
        resume = law.calendar.add_days(facts.paused_at, law.deadlines.waiting_days)
        if facts.paused_at < facts.due_at:
            # Who waits is reminded that without a reply the clock has run on, and at the due time their head.
            return {Timer.RESUME: resume, Timer.DUE_SOON: facts.warn_at, Timer.WAITS_BEYOND: facts.due_at}
        # A question asked too late stops no clock, so the duty leader hears of it all the same.
        return {Timer.RESUME: resume, Timer.ESCALATED: _above(facts, law)}
    if facts.state == State.PUBLISHED and facts.published_at is not None:
        return {Timer.CLOSE: facts.published_at + timedelta(days=law.deadlines.silent_days)}
    return {}


def _above(facts: Facts, law: Law) -> datetime:
    return law.calendar.add_hours(facts.due_at, law.deadlines.escalate_hours)
