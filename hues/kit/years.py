"""Which instants somebody can mean: one of any other year, or far from UTC, fits neither calendar nor database."""

from datetime import UTC, date, datetime, tzinfo
from typing import Final

YEARS: Final = range(2000, 2101)


def meant(day: date) -> bool:
    """Test if somebody can mean this day, or this instant of one."""
    return day.year in YEARS


def in_utc(said: datetime, zone: tzinfo | None = None) -> datetime | None:
    """
    Return an instant that came from outside in UTC, or None if nobody can mean it.

    One without an offset is on the clock of `zone`, and means nothing without. An odd offset, such as +23:59, goes no
    further: Python computes with it, PostgreSQL refuses it.
    """
    found = said if said.tzinfo else said.replace(tzinfo=zone)
    return found.astimezone(UTC) if found.tzinfo and meant(found) else None
