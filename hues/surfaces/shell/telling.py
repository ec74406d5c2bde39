"""Instants and spans in words, as the city's clock shows them."""

from datetime import date, datetime, timedelta
from functools import cache, lru_cache
from zoneinfo import ZoneInfo

from django.utils.translation import get_language, gettext, ngettext
from django.utils.translation import gettext_lazy as _

from hues.kernel.city import city
from hues.kit.few import FEW, roughly

MINUTE, HOUR, DAY = 60, 3600, 86400
WEEKDAYS = (_("Monday"), _("Tuesday"), _("Wednesday"), _("Thursday"), _("Friday"), _("Saturday"), _("Sunday"))


def local(at: datetime) -> datetime:
    """Return `at` on the city's clock."""
    return at.astimezone(ZoneInfo(city().timezone))


def about(n: int) -> str:
    """Return how many belong to a circle, in words from which nobody can tell who: "fewer than 10", "≈ 120"."""
    rough = roughly(n)
    if not rough:
        return gettext("fewer than %(few)s") % {"few": FEW}
    return f"≈ {rough:,}".replace(",", "," if get_language() == "en" else ".")


def day_words(on: date) -> str:
    """Return a date as "Monday, 23/11/2026"."""
    return gettext("%(weekday)s, %(date)s") % {"weekday": WEEKDAYS[on.weekday()], "date": on.strftime("%d/%m/%Y")}


def instant_words(at: datetime, shape: str = "full") -> str:
    """Return an instant on the city's clock; `shape` is full, short, date, day or time."""
    here = local(at)
    # Not by strftime: a queue says a hundred of them, and the C library takes five times as long.
    time, date = f"{here.hour:02}:{here.minute:02}", f"{here.day:02}/{here.month:02}/{here.year:04}"
    if shape == "time":
        return time
    if shape == "date":
        return date
    if shape == "day":
        return day_words(here.date())
    if shape == "short":
        return f"{time} {date[:5]}"
    return _moment(get_language()) % {"time": time, "date": date}


@cache
def _moment(_language: str | None) -> str:
    return gettext("%(time)s on %(date)s")


def ago_words(at: datetime, now: datetime) -> str:
    """Return how long ago `at` was: in minutes and hours today, by name yesterday, else as a date."""
    seconds = int((now - at).total_seconds())
    if seconds < MINUTE:
        return gettext("just now") if seconds > -MINUTE else instant_words(at)
    if seconds < HOUR:
        return ngettext("%(n)s minute ago", "%(n)s minutes ago", seconds // MINUTE) % {"n": seconds // MINUTE}
    here, today = local(at), local(now).date()
    if here.date() == today:
        return ngettext("%(n)s hour ago", "%(n)s hours ago", seconds // HOUR) % {"n": seconds // HOUR}
    if here.date() == today - timedelta(days=1):
        return gettext("yesterday, %(time)s") % {"time": here.strftime("%H:%M")}
    if here.year == today.year:
        return instant_words(at, "short")
    return instant_words(at, "date")


def span_words(seconds: int, language: str | None = None) -> str:
    """Return a span as its two largest parts, such as "2 days 4 hours"; whoever says many knows the `language`."""
    return _span_words(abs(seconds) // MINUTE, language or get_language())


@lru_cache(maxsize=4096)  # a queue says fifty of them, and plurals are dear
def _span_words(minutes: int, language: str | None) -> str:
    days, hours, minutes = minutes // (24 * 60), minutes // 60 % 24, minutes % 60
    parts = [
        ngettext("%(n)s day", "%(n)s days", days) % {"n": days} if days else "",
        ngettext("%(n)s hour", "%(n)s hours", hours) % {"n": hours} if hours else "",
        ngettext("%(n)s minute", "%(n)s minutes", minutes) % {"n": minutes} if minutes and not days else "",
    ]
    return " ".join([part for part in parts if part][:2]) or gettext("under a minute")


def left_words(due: datetime, now: datetime, language: str | None = None) -> str:
    """Return how much time is left until `due`, or how late it is."""
    seconds, language = int((due - now).total_seconds()), language or get_language()
    left, late = _spans(language)
    return (left if seconds >= 0 else late) % {"span": span_words(seconds, language)}


@cache
def _spans(_language: str | None) -> tuple[str, str]:
    return gettext("%(span)s left"), gettext("%(span)s late")


def urgency(due: datetime, now: datetime) -> str:
    """Return the tone of a clock: calm, wait in its last day, bad once late."""
    seconds = (due - now).total_seconds()
    if seconds < 0:
        return "bad"
    return "wait" if seconds < DAY else "calm"
