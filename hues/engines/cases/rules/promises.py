"""Whether a promise was kept: what is judged is the day on which proof was shown, not the day it was looked at."""

from datetime import date, datetime, tzinfo
from enum import StrEnum


class Kept(StrEnum):
    """How a promise stands."""

    OPEN = "open"
    KEPT = "kept"
    LATE = "late"
    BROKEN = "broken"


def standing(
    promise_on: date, shown_at: datetime | None, kept_at: datetime | None, *, today: date, zone: tzinfo
) -> Kept:
    """Return how a promise stands on `today`; proof shown in time keeps it open while it waits to be checked."""
    in_time = shown_at is not None and shown_at.astimezone(zone).date() <= promise_on
    if kept_at is not None:
        return Kept.KEPT if in_time else Kept.LATE
    return Kept.OPEN if in_time or today <= promise_on else Kept.BROKEN
