"""The city's working calendar, and what is still to happen."""

from collections.abc import Container, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cache
from importlib import import_module
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from hues.kernel.city import city, document
from hues.kernel.clocks.models import Timer
from hues.kit.calendar import WorkingCalendar

WEEK = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
DEFAULT_HOURS: dict[str, Any] = {
    "days": ["mon", "tue", "wed", "thu", "fri"],
    "spans": [["07:30", "11:30"], ["13:30", "17:00"]],
}
LATE_AFTER = timedelta(minutes=5)


@dataclass(frozen=True, kw_only=True, slots=True)
class TimerCard:
    """One thing still to happen."""

    kind: str
    subject: UUID
    due_at: datetime
    tries: int


@cache
def calendar() -> WorkingCalendar:
    """
    Return the working calendar of the city: table `working_hours` of its `city.toml`.

    `days` and `spans` say when it works, `holidays` names a country of the package `holidays`, and the lists
    `closed` and `open` of dates add the city's own days off and days worked.
    """
    rules = DEFAULT_HOURS | document("city.toml").get("working_hours", {})
    spans = tuple((time.fromisoformat(a), time.fromisoformat(b)) for a, b in rules["spans"])
    off, worked = _country(rules.get("holidays", ""))
    return WorkingCalendar(
        hours={WEEK.index(day): spans for day in rules["days"]},
        holidays=_Either(off, frozenset(rules.get("closed", ()))),
        make_up_days=_Either(worked, frozenset(rules.get("open", ()))),
        zone=ZoneInfo(city().timezone),
    )


def timers_of(subject: UUID) -> Iterator[TimerCard]:
    """Return what is still to happen to `subject`, soonest first."""
    for row in Timer.objects.filter(subject=subject).order_by("due_at").values("kind", "subject", "due_at", "tries"):
        yield TimerCard(**row)


def late_timers(now: datetime) -> int:
    """Return how many timers should have fired minutes ago and have not: the health of the sweep."""
    return Timer.objects.filter(due_at__lt=now - LATE_AFTER).count()


@dataclass(frozen=True, slots=True)
class _Either:
    """The days in one of two places."""

    ours: Container[date]
    theirs: Container[date]

    def __contains__(self, day: object) -> bool:
        return day in self.ours or day in self.theirs


def _country(code: str) -> tuple[Container[date], Container[date]]:
    if not code:
        return frozenset(), frozenset()
    # Half a second that a process spends only when it first asks for a working day.
    country = import_module("holidays").country_holidays(code)
    return country, country.weekend_workdays
