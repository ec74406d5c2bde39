"""How the due times of a case follow from the rest of its facts."""

from dataclasses import replace
from datetime import datetime

from hues.engines.cases.rules import deadlines as clock
from hues.engines.cases.rules.facts import Facts, Law


def credited(facts: Facts, stopped_at: datetime, law: Law, at: datetime) -> Facts:
    """Return the facts with the working time given back that passed since `stopped_at`."""
    given_back = clock.credit(stopped_at, at, facts.due_at, calendar=law.calendar)
    extended = facts.extended_until
    return with_due(
        replace(
            facts,
            credit=facts.credit + given_back,
            extended_until=clock.later(extended, given_back, calendar=law.calendar) if extended else None,
        ),
        law,
    )


def with_due(facts: Facts, law: Law, started_at: datetime | None = None) -> Facts:
    """Return the facts with their due times as they follow from start, class, plan and credit."""
    start = started_at or facts.started_at or facts.opened_at
    first = clock.later(
        clock.answer_due(
            start,
            facts.service_class,
            plan_days=facts.plan_days,
            deadlines=law.deadlines,
            calendar=law.calendar,
        ),
        facts.credit,
        calendar=law.calendar,
    )
    if facts.latest_due_at is not None:
        first = min(first, facts.latest_due_at)
    due = max(first, facts.extended_until) if facts.extended_until else first
    if facts.latest_due_at is not None:
        due = min(due, facts.latest_due_at)
    warn = clock.warn_at(start, due, deadlines=law.deadlines, calendar=law.calendar)
    return replace(facts, first_due_at=first, due_at=due, warn_at=warn)
