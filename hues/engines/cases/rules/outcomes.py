"""How a case may end, and what each ending has to show."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from hues.engines.cases.rules.breach import Breach


class Outcome(StrEnum):
    """The word an answer carries."""

    FIXED = "fixed"
    ANSWERED = "answered"
    PROMISED = "promised"
    NOT_OURS = "not_ours"
    NO_VIOLATION = "no_violation"
    NOT_ENOUGH = "not_enough"
    PASSED_ON = "passed_on"
    COMPLAINT = "complaint"
    DENUNCIATION = "denunciation"
    REFUSED = "refused"
    DUPLICATE = "duplicate"
    SPAM = "spam"
    OUT_OF_SCOPE = "out_of_scope"


REFUSALS = frozenset({Outcome.SPAM, Outcome.OUT_OF_SCOPE, Outcome.DUPLICATE, Outcome.REFUSED})
ANSWERS = frozenset(Outcome) - {Outcome.SPAM, Outcome.OUT_OF_SCOPE, Outcome.DUPLICATE}

# Passed on under the Law on Complaints (khiếu nại) or that on Denunciations (tố cáo): never public.
UNDER_SEAL = frozenset({Outcome.COMPLAINT, Outcome.DENUNCIATION})


@dataclass(frozen=True, kw_only=True, slots=True)
class OutcomeRule:
    """What the city asks of an answer with this outcome."""

    needs_proof: bool = False
    needs_date: bool = False


# Whoever promises more has promised nothing: five years, as a plan of the city has them.
LONGEST_PROMISE = timedelta(days=5 * 366)

STRICT = OutcomeRule(needs_proof=True)
# Used where the city says nothing of an outcome: whoever answers shows something, whoever promises gives a date too.
DEFAULTS: Mapping[Outcome, OutcomeRule] = {
    **dict.fromkeys(ANSWERS - UNDER_SEAL, STRICT),
    Outcome.PROMISED: OutcomeRule(needs_proof=True, needs_date=True),
}


def check_answer(
    outcome: str, *, rule: OutcomeRule | None, proofs: int, promise_on: date | None, today: date
) -> Outcome:
    """
    Return the outcome of an answer that shows what it must.

    :raises Breach: `outcome`, `proof` or `promise_on` if something is missing or does not fit
    """
    if outcome not in ANSWERS:
        raise Breach("outcome", "unknown-outcome")
    word = Outcome(outcome)
    rule = rule or DEFAULTS.get(word, OutcomeRule())
    if rule.needs_proof and proofs < 1:
        raise Breach("proof", "proof-missing")
    if rule.needs_date:
        _check_day(promise_on, today)
    return word


def _check_day(promise_on: date | None, today: date) -> None:
    if promise_on is None:
        raise Breach("promise_on", "date-missing")
    if promise_on <= today:
        raise Breach("promise_on", "date-past")
    if promise_on > today + LONGEST_PROMISE:
        raise Breach("promise_on", "date-far")


def check_refusal(outcome: str, *, has_original: bool) -> Outcome:
    """
    Return the outcome of a refusal.

    :raises Breach: `outcome` if it is none, `duplicate_of` if a duplicate names no original
    """
    if outcome not in REFUSALS:
        raise Breach("outcome", "unknown-outcome")
    if outcome == Outcome.DUPLICATE and not has_original:
        raise Breach("duplicate_of", "original-missing")
    return Outcome(outcome)
