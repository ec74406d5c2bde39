"""What is kept for a moment."""

from datetime import UTC, datetime, timedelta
from itertools import count

from hues.kit.kept import Kept

NOON = datetime(2026, 11, 2, 12, tzinfo=UTC)
SECOND = timedelta(seconds=1)


def test_a_value_is_made_once_in_a_while_and_by_key() -> None:
    numbers, kept = count(), Kept[str, int](2 * SECOND)
    asked = [kept.get(key, NOON + after * SECOND, lambda: next(numbers)) for key, after in [("a", 0), ("a", 1.9)]]
    assert asked == [0, 0]
    assert kept.get("b", NOON, lambda: next(numbers)) == 1
    assert kept.get("a", NOON + 2 * SECOND, lambda: next(numbers)) == 2


def test_a_clock_that_was_set_back_keeps_nothing_old() -> None:
    kept = Kept[str, str](2 * SECOND)
    kept.get("a", NOON, lambda: "tomorrow")
    assert kept.get("a", NOON - 60 * SECOND, lambda: "today") == "today"


def test_what_is_forgotten_is_made_again_and_a_failure_is_not_kept() -> None:
    kept = Kept[str, str](2 * SECOND)
    kept.get("a", NOON, lambda: "old")
    kept.forget()
    assert kept.get("a", NOON, lambda: "new") == "new"


def test_what_was_made_for_another_edition_is_made_again() -> None:
    kept = Kept[str, str](2 * SECOND)
    kept.get("a", NOON, lambda: "old", edition=1)
    assert kept.get("a", NOON, lambda: "never", edition=1) == "old"
    assert kept.get("a", NOON, lambda: "new", edition=2) == "new"
