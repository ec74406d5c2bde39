"""The latest level of each gauge."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from hues.functions.storm_flood.gauges import Level, levels_of_the_city
from hues.functions.storm_flood.models import Reading

TREND = timedelta(hours=3)
_COLUMNS = ("gauge", "metres", "source", "at")


def latest(at: datetime) -> dict[str, Level]:
    """Return the latest level of each gauge that has one: entered here or, before that, from the city's folder."""
    rows = Reading.objects.filter(at__lte=at).order_by("gauge", "-at", "-entered_at").distinct("gauge")
    return _newest([*levels_of_the_city(), *(Level(**row) for row in rows.values(*_COLUMNS))], at)


def before(at: datetime) -> dict[str, Level]:
    """Return, for each gauge with a level now, the last one from at least three hours before it."""
    found = {}
    for code, level in latest(at).items():
        earlier = latest_of(code, level.at - TREND)
        if earlier is not None and level.at - earlier.at <= 4 * TREND:
            found[code] = earlier
    return found


def latest_of(gauge: str, at: datetime) -> Level | None:
    """Return the latest level of one gauge at an instant."""
    row = Reading.objects.filter(gauge=gauge, at__lte=at).order_by("-at", "-entered_at").values(*_COLUMNS).first()
    ours = [Level(**row)] if row else []
    return _newest([*(one for one in levels_of_the_city() if one.gauge == gauge), *ours], at).get(gauge)


def entered(limit: int = 40) -> tuple[Level, ...]:
    """Return the levels that were entered last."""
    rows = Reading.objects.order_by("-entered_at", "-at").values(*_COLUMNS)[:limit]
    return tuple(Level(**row) for row in rows)


def _newest(levels: Iterable[Level], at: datetime) -> dict[str, Level]:
    found: dict[str, Level] = {}
    for level in levels:
        if level.at <= at and (level.gauge not in found or level.at >= found[level.gauge].at):
            found[level.gauge] = level
    return found
