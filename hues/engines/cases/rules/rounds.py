"""A case that is reopened, and what it keeps of the rounds before: the worst of all rounds counts for it."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from hues.engines.cases.rules import deadlines
from hues.engines.cases.rules.breach import Breach
from hues.engines.cases.rules.deadlines import Standing
from hues.engines.cases.rules.facts import Facts, Given, Law
from hues.engines.cases.rules.outcomes import Outcome
from hues.engines.cases.rules.running import due_from, with_due
from hues.engines.cases.rules.workflow import State

# How an answer can keep its time, the best first.
VERDICTS = (Standing.ON_TIME, Standing.EXTENDED, Standing.LATE)


def counted(standing: Standing, before: str) -> Standing:
    """Return how a case kept its time that stands so in this round, and had the verdict `before` in earlier ones."""
    return max(standing, Standing(before), key=VERDICTS.index) if before and standing in VERDICTS else standing


def ended_at(state: State, *, published_at: datetime | None, closed_at: datetime | None) -> datetime | None:
    """Return when the word was given that a reporter may contest: the refusal, else the last answer."""
    return closed_at if state == State.REFUSED else published_at


def verdict_of(facts: Facts) -> str:
    """Return how a case has kept its time until now, over all its rounds; nothing if none was answered."""
    if facts.answered_at is None:
        return facts.kept_before
    standing = deadlines.standing(
        due_at=facts.due_at,
        first_due_at=facts.first_due_at,
        warn_at=None,
        answered_at=facts.answered_at,
        paused_at=None,
        ended=False,
        at=facts.answered_at,
    )
    return counted(standing, facts.kept_before).value


def promise_left(facts: Facts) -> dict[str, Any] | None:
    """Return the promise of an answer that is contested; proof nobody had looked at proves nothing now."""
    if facts.promise_on is None or facts.published_at is None:
        return None
    return {
        "agency_id": facts.counted_for or facts.agency_id,
        "promise_on": facts.promise_on,
        "promise_shown_at": facts.promise_shown_at if facts.promise_kept_at else None,
        "promise_kept_at": facts.promise_kept_at,
        "published_at": facts.published_at,
    }


def mended_at(
    *, outcome: str, answered_at: datetime | None, shown_at: datetime | None, kept_at: datetime | None
) -> datetime | None:
    """Return when what a public answer says, or a kept promise shows, mended what was promised before; None if not."""
    return shown_at if kept_at else answered_at if outcome == Outcome.FIXED else None


def no_later_first(before: Facts, routed: Facts, law: Law) -> Facts:
    """Return what another class or plan makes of a clock that runs: what is later is an extension, no new promise."""
    if before.started_at is None or routed.first_due_at <= before.first_due_at:
        return routed
    until = max(routed.first_due_at, before.extended_until or routed.first_due_at)
    kept = replace(routed, service_class=before.service_class, plan_days=before.plan_days, extended_until=until)
    return due_from(kept, before.first_due_at, law)


def reopened(facts: Facts, given: Given, law: Law, at: datetime) -> Facts:
    """
    Return the facts of a case whose answer or refusal is contested.

    :raises Breach: `text` if it is too late for that
    """
    ended = ended_at(facts.state, published_at=facts.published_at, closed_at=facts.closed_at)
    if at > law.deadlines.reopen_until(ended or at):
        raise Breach("text", "too-late-to-reopen")
    again = replace(
        facts,
        agency_id=given.agency_id or facts.agency_id,
        counted_for=None,
        reopened=facts.reopened + 1,
        outcome="",
        duplicate_of=None,
        closed_at=None,
    )
    return _contested(again, law, at) if facts.state == State.REFUSED else _new_round(again, law, at)


def _contested(facts: Facts, law: Law, at: datetime) -> Facts:
    """Return a refused case as the centre has it anew: a clock that ran before keeps all that it was given."""
    due = deadlines.accept_due(at, deadlines=law.deadlines, calendar=law.calendar)
    again = replace(facts, accept_due_at=due, accepted_at=None)
    return again if facts.started_at else with_due(again, law, due)


def _new_round(facts: Facts, law: Law, at: datetime) -> Facts:
    again = replace(
        facts,
        kept_before=verdict_of(facts),
        promise_on=None,
        promise_shown_at=None,
        promise_kept_at=None,
        answered_at=None,
        rating=None,
        fixed=None,
        started_at=at,
        extended_until=None,
        extension_asked_until=None,
        credit=timedelta(0),
        plan_days=None,
        parts=0,
    )
    return with_due(again, law)
