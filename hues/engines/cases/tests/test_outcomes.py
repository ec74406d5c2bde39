"""What each ending has to show."""

from datetime import date

import pytest

from hues.engines.cases.rules.breach import Breach
from hues.engines.cases.rules.outcomes import ANSWERS, UNDER_SEAL, Outcome, OutcomeRule, check_answer, check_refusal

TODAY, TOMORROW = date(2026, 3, 2), date(2026, 3, 3)


@pytest.mark.parametrize(
    ("outcome", "proofs", "promise_on", "field"),
    [
        *((word, 0, TOMORROW, "proof") for word in sorted(ANSWERS - UNDER_SEAL)),
        ("promised", 1, None, "promise_on"),
        ("promised", 1, TODAY, "promise_on"),
        ("promised", 1, date(2031, 4, 1), "promise_on"),
        ("promised", 1, date.max, "promise_on"),
        ("spam", 1, None, "outcome"),
        ("duplicate", 1, None, "outcome"),
        ("done", 1, None, "outcome"),
        ("", 1, None, "outcome"),
    ],
)
def test_an_answer_without_what_its_outcome_asks_for_is_refused(
    outcome: str, proofs: int, promise_on: date | None, field: str
) -> None:
    with pytest.raises(Breach) as caught:
        check_answer(outcome, rule=None, proofs=proofs, promise_on=promise_on, today=TODAY)
    assert caught.value.field == field


@pytest.mark.parametrize(
    ("outcome", "proofs", "promise_on"),
    [("fixed", 1, None), ("promised", 1, TOMORROW), ("not_ours", 1, None), ("complaint", 0, None)],
)
def test_an_answer_that_shows_enough_keeps_its_outcome(outcome: str, proofs: int, promise_on: date | None) -> None:
    assert check_answer(outcome, rule=None, proofs=proofs, promise_on=promise_on, today=TODAY) == outcome


def test_the_city_says_what_an_outcome_has_to_show() -> None:
    with pytest.raises(Breach, match="proof"):
        check_answer("complaint", rule=OutcomeRule(needs_proof=True), proofs=0, promise_on=None, today=TODAY)
    assert check_answer("answered", rule=OutcomeRule(), proofs=0, promise_on=None, today=TODAY) == "answered"


def test_a_duplicate_names_its_original() -> None:
    with pytest.raises(Breach, match="duplicate_of"):
        check_refusal("duplicate", has_original=False)
    assert check_refusal("duplicate", has_original=True) == Outcome.DUPLICATE
    with pytest.raises(Breach, match="outcome"):
        check_refusal("fixed", has_original=False)
