"""What is passed on as a complaint or a denunciation under the law: it leaves every list, and may come back."""

from dataclasses import replace
from datetime import datetime, timedelta

from hues.engines.cases.rules import deadlines as clock
from hues.engines.cases.rules.breach import Breach
from hues.engines.cases.rules.facts import Facts, Given, Law
from hues.engines.cases.rules.outcomes import UNDER_SEAL
from hues.engines.cases.rules.workflow import Shape

READ = ":read"  # follows the number in the ledger of accesses where no identity was shown
LONGEST_AUTHORITY, LONGEST_REFERENCE = 200, 120


def check(given: Given, facts: Facts) -> None:
    """
    Test if an answer that passes a case on under the law says where to; any other answer says nothing of that.

    :raises Breach: `passed_to` if it does not, `outcome` if only the whole of the case may be passed on
    """
    if given.outcome not in UNDER_SEAL:
        return
    if facts.shape == Shape.PART:
        raise Breach("outcome", "not-of-a-part")
    if not given.passed_to:
        raise Breach("passed_to", "authority-missing")
    if len(given.passed_to) > LONGEST_AUTHORITY:
        raise Breach("passed_to", "authority-long")
    if len(given.passed_ref) > LONGEST_REFERENCE:
        raise Breach("passed_ref", "reference-long")


def passed(facts: Facts, given: Given) -> Facts:
    """Return the facts with where the case goes under the law, if the outcome is such a one."""
    check(given, facts)
    under = given.outcome in UNDER_SEAL
    return replace(facts, passed_to=given.passed_to if under else "", passed_ref=given.passed_ref if under else "")


def check_public(facts: Facts) -> None:
    """
    Test if an answer may be published.

    :raises Breach: `text` if it passes the case on under the law
    """
    if facts.outcome in UNDER_SEAL:
        raise Breach("text", "seal-instead")


def sealed(facts: Facts, given: Given, law: Law, at: datetime) -> Facts:
    """
    Return the facts of a case that the centre has passed on under the law; the agency that had it knows its number.

    :raises Breach: `outcome` if it is no such one, `passed_to` if it is not said where to
    """
    if given.outcome not in UNDER_SEAL:
        raise Breach("outcome", "unknown-outcome")
    return replace(
        passed(facts, given),
        outcome=given.outcome,
        assigned_to=None,
        paused_at=None,
        extension_asked_until=None,
        published_at=None,
        closed_at=at,
        promise_on=None,
        promise_shown_at=None,
        promise_kept_at=None,
        duplicate_of=None,
    )


def lifted(facts: Facts, given: Given, law: Law, at: datetime) -> Facts:
    """Return the facts of a case whose seal was lifted: the centre has it anew, and its clock has run on."""
    return replace(
        facts,
        agency_id=None,
        counted_for=None,
        outcome="",
        passed_to="",
        passed_ref="",
        accepted_at=None,
        answered_at=None,
        closed_at=None,
        parts=0,
        credit=timedelta(0) if facts.started_at is None else facts.credit,
        accept_due_at=clock.accept_due(at, deadlines=law.deadlines, calendar=law.calendar),
    )
