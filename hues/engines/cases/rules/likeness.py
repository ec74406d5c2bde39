"""When two reports may be about the same thing: near, not long ago, of one kind, in like words."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

ALIKE = 0.3
"""From this share of common trigrams on, words are taken to speak of the same thing."""
ALIKE_ANYWHERE = 0.5
"""The same where nobody knows how far the other is: short Vietnamese words share a third of them by chance."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Likeness:
    """How near (metres) and how recent (days) a report must be to be shown to somebody who writes a new one."""

    metres: float = 60
    days: int = 30


def read(document: Mapping[str, Any]) -> Likeness:
    """Return what a city wrote down under `duplicates` in `deadlines.toml`."""
    given, usual = document.get("duplicates", {}), Likeness()
    return Likeness(metres=given.get("metres", usual.metres), days=given.get("days", usual.days))


def score(*, same_category: bool, words: float, metres: float | None, reach: float) -> float | None:
    """
    Return how like another report is (more is more), or None if it is about something else.

    The same category in the same place is always worth a look; a neighbouring one only if the words are alike, and so
    is one of which nobody knows how far it is (`metres` None).
    """
    if words < (ALIKE_ANYWHERE if metres is None else 0.0 if same_category else ALIKE):
        return None
    near = 0.0 if metres is None else (1 - min(metres / reach, 1)) / 2
    return (1.0 if same_category else 0.0) + words + near
