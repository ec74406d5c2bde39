"""What becomes of a promise: proof is shown, and the centre looks at it."""

from dataclasses import replace
from datetime import datetime

from hues.engines.cases.rules.breach import Breach
from hues.engines.cases.rules.facts import Facts, Given, Law


def shown(facts: Facts, given: Given, law: Law, at: datetime) -> Facts:
    """Return the facts once its agency has shown that a promise was kept."""
    if facts.promise_on is None:
        raise Breach("text", "nothing-promised")
    if facts.promise_shown_at is not None:
        raise Breach("text", "promise-shown")
    if given.proofs < 1:
        raise Breach("proof", "proof-missing")
    return replace(facts, promise_shown_at=at)


def checked(facts: Facts, given: Given, law: Law, at: datetime) -> Facts:
    """Return the facts once the centre has looked at what was shown."""
    if facts.promise_shown_at is None or facts.promise_kept_at is not None:
        raise Breach("granted", "nothing-shown")
    if given.granted is None:
        raise Breach("granted", "undecided")
    return replace(facts, promise_kept_at=at) if given.granted else replace(facts, promise_shown_at=None)
