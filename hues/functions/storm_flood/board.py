"""What the flood page shows of the rivers."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from hues.functions.storm_flood import queries
from hues.functions.storm_flood.gauges import Gauge, Level, alarm_of, gauges, is_stale
from hues.kit.text import Words

ALARM_WORDS: dict[int, Words] = {
    0: _("Below alarm level 1"),
    1: _("Above alarm level 1"),
    2: _("Above alarm level 2"),
    3: _("Above alarm level 3"),
}
HIGHEST = max(ALARM_WORDS)
STAYS_RED = timedelta(days=1)  # for so long the highest is red though it is old: nobody may take silence for relief
MINUTE, HOUR, DAY = 60, 3600, 86400
TONES = {0: "good", 1: "wait", 2: "wait", 3: "bad"}


@dataclass(frozen=True, kw_only=True, slots=True)
class Line:
    """One gauge: its level, what that means, how old it is and where it goes; `of` ends its bar, 0 means no scale."""

    gauge: Gauge
    level: Level | None
    age: str
    stale: bool
    alarm: int | None
    alarm_words: Words
    tone: str
    trend: str
    of: float


def board(at: datetime) -> tuple[Line, ...]:
    """Return every gauge as of an instant."""
    levels, earlier = queries.latest(at), queries.before(at)
    return tuple(_line(gauge, levels.get(gauge.code), earlier.get(gauge.code), at) for gauge in gauges())


def age_words(at: datetime, now: datetime) -> str:
    """Return how old something is, in minutes, hours or days."""
    seconds = max(MINUTE, int((now - at).total_seconds()))
    if seconds < HOUR:
        n = seconds // MINUTE
        return ngettext("measured %(n)s minute ago", "measured %(n)s minutes ago", n) % {"n": n}
    if seconds < DAY:
        n = seconds // HOUR
        return ngettext("measured %(n)s hour ago", "measured %(n)s hours ago", n) % {"n": n}
    n = seconds // DAY
    return ngettext("measured %(n)s day ago", "measured %(n)s days ago", n) % {"n": n}


def _line(gauge: Gauge, level: Level | None, earlier: Level | None, at: datetime) -> Line:
    stale = level is not None and is_stale(level.at, at)
    alarm = alarm_of(gauge, level.metres) if level else None
    fresh = level is not None and not stale and alarm is not None
    red = level is not None and alarm == HIGHEST and at - level.at <= STAYS_RED
    return Line(
        gauge=gauge,
        level=level,
        age=age_words(level.at, at) if level else "",
        stale=stale,
        alarm=alarm,
        alarm_words=ALARM_WORDS[alarm] if alarm is not None else "",
        tone=TONES[alarm] if alarm is not None and (fresh or red) else "",
        trend=_trend(level, earlier) if fresh else "",
        of=_end_of_bar(gauge, level) if alarm is not None else 0,
    )


def _end_of_bar(gauge: Gauge, level: Level | None) -> float:
    """Return the highest that is known of a gauge, in metres; 0 where nothing is known to measure a level by."""
    known = gauge.record or (gauge.alarms[-1] if gauge.alarms else 0)
    return float(max(known, level.metres)) if known and level else float(known)


def _trend(level: Level | None, earlier: Level | None) -> str:
    if level is None or earlier is None or level.metres == earlier.metres:
        return ""
    return "rising" if level.metres > earlier.metres else "falling"
