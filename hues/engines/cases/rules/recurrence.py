"""When a report is the same trouble come back: near, of the same category, not long after the last one ended."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from hues.kit.text import fold

_MONTHS_A_YEAR = 12
_LAST_DAY_OF_ANY_MONTH = 28


@dataclass(frozen=True, kw_only=True, slots=True)
class Recurrence:
    """How near (metres) and how recent (months) an earlier case must be, and which turn goes above the ward."""

    metres: float = 60
    months: int = 12
    above_after: int = 3


def read(document: Mapping[str, Any]) -> Recurrence:
    """Return what a city wrote down under `recurrence` in `deadlines.toml`."""
    given = document.get("recurrence", {})
    usual = Recurrence()
    return Recurrence(
        metres=given.get("metres", usual.metres),
        months=given.get("months", usual.months),
        above_after=given.get("above_the_ward_after", usual.above_after),
    )


def is_one_place(one: str, other: str) -> bool:
    """Test if two addresses name the same place; without a number they may name a street, or nothing but a ward."""
    return fold(one) == fold(other) and any(sign.isdigit() for sign in one)


def months_before(at: datetime, months: int) -> datetime:
    """Return the same day of the month, `months` earlier (of a longer month its 28th)."""
    year, month = divmod(at.year * _MONTHS_A_YEAR + at.month - 1 - months, _MONTHS_A_YEAR)
    return at.replace(year=year, month=month + 1, day=min(at.day, _LAST_DAY_OF_ANY_MONTH))
