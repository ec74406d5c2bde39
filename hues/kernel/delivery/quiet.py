"""Quiet hours: pure decisions on what waits until when."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from hues.kernel.delivery.channels import RANK, Urgency, Way


def due(
    at: datetime, urgency: Urgency, *, quiet_from: time | None, quiet_until: time | None, zone: ZoneInfo
) -> datetime:
    """Return when a message may be sent: at once, or at the end of the quiet hours; the extreme waits for nothing."""
    if quiet_from is None or quiet_until is None or urgency is Urgency.EXTREME:
        return at
    here = at.astimezone(zone)
    clock = here.time()
    over_night = quiet_from > quiet_until
    quiet = (clock >= quiet_from or clock < quiet_until) if over_night else quiet_from <= clock < quiet_until
    if not quiet:
        return at
    day = here.date() + timedelta(days=1) if over_night and clock >= quiet_from else here.date()
    return datetime.combine(day, quiet_until, zone)


# What the city pays for one by one carries only what is grave enough.
DEAR = {Way.SMS: Urgency.EXTREME, Way.OA: Urgency.HIGH}


def worth(way: str, urgency: Urgency) -> bool:
    """Test if a message is grave enough for a way."""
    return RANK[urgency] >= RANK[DEAR.get(Way(way), Urgency.LOW)]


def wanted(urgency: Urgency, least: str) -> bool:
    """Test if a message is grave enough for somebody who wants to hear of nothing less than `least`."""
    return RANK[urgency] >= RANK[Urgency(least)]
