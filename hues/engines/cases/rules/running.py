"""How the due times of a case follow from the rest of its facts."""

from dataclasses import replace
from datetime import datetime

from hues.engines.cases.rules import deadlines as clock
from hues.engines.cases.rules.facts import Facts, Law


def credited(facts: Facts, stopped_at: datetime, law: Law, at: datetime) -> Facts:
    """
    Return the facts with the working time given back that passed since `stopped_at`.

    The due times move by it, whatever the law has become meanwhile: a case keeps the time it was accepted with.
    """
    given_back = clock.credit(stopped_at, at, facts.due_at, calendar=law.calendar)
    extended = facts.extended_until
    after = replace(
        facts,
        credit=facts.credit + given_back,
        extended_until=clock.later(extended, given_back, calendar=law.calendar) if extended else None,
    )
    return due_from(after, clock.later(facts.first_due_at, given_back, calendar=law.calendar), law)


def with_due(facts: Facts, law: Law, started_at: datetime | None = None) -> Facts:
    """
    Return the facts with the due times that the law of today gives to their start, class, plan and credit.

    :raises Breach: if the plan does not fit the class
    """
    start = started_at or facts.started_at or facts.opened_at
    due = clock.answer_due(
        start,
        facts.service_class,
        plan_days=facts.plan_days,
        deadlines=law.deadlines,
        calendar=law.calendar,
    )
    return due_from(facts, clock.later(due, facts.credit, calendar=law.calendar), law, start)


def due_from(facts: Facts, first: datetime, law: Law, started_at: datetime | None = None) -> Facts:
    """Return the facts with `first` as their due time, later where more was granted, never later than the whole's."""
    latest = facts.latest_due_at
    due = max(first, facts.extended_until) if facts.extended_until else first
    if latest is not None:
        first, due = min(first, latest), min(due, latest)
    start = started_at or facts.started_at or facts.opened_at
    warn = clock.warn_at(start, due, credit=facts.credit, deadlines=law.deadlines, calendar=law.calendar)
    return replace(facts, first_due_at=first, due_at=due, warn_at=warn)
