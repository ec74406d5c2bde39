"""Months of the city's calendar, as addresses and tables name them: "2026-03"."""

import re
from datetime import datetime, timedelta
from uuid import UUID

from hues.kernel.clocks import queries as clocks

PERIOD = re.compile(r"(?P<year>20\d\d)(-(?P<month>0[1-9]|1[0-2]))?")


def month_of(at: datetime) -> str:
    """Return the month in which an instant lies."""
    return at.astimezone(clocks.calendar().zone).strftime("%Y-%m")


def bounds(period: str) -> tuple[datetime, datetime]:
    """
    Return the first instant of a month ("2026-03") or a year ("2026") and the first one after it.

    :raises ValueError: if it is neither
    """
    found = PERIOD.fullmatch(period)
    if found is None:
        raise ValueError(period)
    year, month, zone = int(found["year"]), int(found["month"] or 1), clocks.calendar().zone
    following = (year + month // 12, month % 12 + 1) if found["month"] else (year + 1, 1)
    return datetime(year, month, 1, tzinfo=zone), datetime(*following, 1, tzinfo=zone)


def is_period(words: str) -> bool:
    """Test if an address names a month or a year."""
    return PERIOD.fullmatch(words) is not None


def subject_of(month: str) -> UUID:
    """Return what stands for a month where a timer wants a subject."""
    return UUID(int=int(month.replace("-", "")))


def month_from(subject: UUID) -> str:
    """Return the month that `subject_of` turned into a timer's subject."""
    return f"{subject.int // 100:04}-{subject.int % 100:02}"


def next_round(at: datetime, step: timedelta) -> datetime:
    """Return the next full `step` on the wall clock after an instant."""
    return at + step - timedelta(seconds=at.timestamp() % step.total_seconds())
