"""What a case is when the agency that had it has ended: its heir's, with the clock as it stands."""

from dataclasses import replace
from datetime import datetime

from hues.engines.cases.rules.breach import Breach
from hues.engines.cases.rules.facts import Facts, Given, Law


def succeeded(facts: Facts, given: Given, law: Law, at: datetime) -> Facts:
    """
    Return the facts once the heir has the case: no due time, pause or wish moves by it.

    What was answered or late by then stays in the figures of the agency that answered it or was late.
    """
    if given.agency_id is None:
        raise Breach("agency_id", "agency-missing")
    settled = facts.answered_at is not None or is_late(facts, at)
    before = facts.counted_for or (facts.agency_id if settled else None)
    return replace(facts, agency_id=given.agency_id, counted_for=before)


def is_late(facts: Facts, at: datetime) -> bool:
    """Test if whoever has the case is late; a pause that began in time stops the clock."""
    return min(at, facts.answered_at or at, facts.paused_at or at) > facts.due_at


def sent_back(before: Facts, after: Facts) -> Facts:
    """Return a case whose answer was sent back: the heir's to answer, unless it was late before."""
    answered_late = before.answered_at is not None and before.answered_at > before.due_at
    return after if answered_late else replace(after, counted_for=None)
