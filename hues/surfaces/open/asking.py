"""What a program asks for, read from the address; an empty parameter is one that is not there."""

import math
import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from hues.kernel.city import city
from hues.kernel.errors import Invalid, NotFound
from hues.kit.text import Words
from hues.kit.years import in_utc

LONGEST_SPAN: Final = timedelta(days=90)
MOST: Final = 1000
# Rows that may be turned over before the last page: beyond, narrow the dates.
DEEPEST: Final = 50_000
STATUSES: Final = frozenset({"open", "closed"})
# A plus that was not escaped arrives as a space.
LOST_PLUS: Final = re.compile(r" (?=\d\d:?\d\d$)")


@dataclass(frozen=True, kw_only=True, slots=True)
class Asked:
    """Which requests; empty means all."""

    ids: tuple[str, ...] = ()
    codes: tuple[str, ...] = ()
    statuses: frozenset[str] = frozenset()
    since: datetime
    until: datetime
    offset: int = 0
    limit: int = MOST
    extended: bool = False


def asked(query: QueryDict, now: datetime) -> Asked:
    """
    Return which requests are asked for; ids override all else.

    :raises Invalid: if a parameter does not fit
    """
    ids = listed(query, "service_request_id")
    more = extended(query)
    if ids:
        if len(ids) > MOST:
            raise wrong("service_request_id", _("At most 1000 can be asked for at once."))
        return Asked(ids=ids, since=now, until=now, extended=more)
    since, until = span(query, now)
    page, size = _count(query, "page", 1), _count(query, "page_size", MOST)
    if size > MOST or (page - 1) * size > DEEPEST:
        raise wrong("page", _("This is too far down the list: please narrow the dates."))
    statuses = frozenset(word.lower() for word in listed(query, "status"))
    if not statuses <= STATUSES:
        raise wrong("status", _("A status is open or closed."))
    return Asked(
        codes=listed(query, "service_code"),
        statuses=statuses,
        since=since,
        until=until,
        offset=(page - 1) * size,
        limit=size,
        extended=more,
    )


def span(query: QueryDict, now: datetime) -> tuple[datetime, datetime]:
    """
    Return the two instants between which something happened, at most 90 days apart, by default the last 90 days.

    :raises Invalid: if one is none, or they do not fit together
    """
    since, until = (_instant_in(query, name) for name in ("start_date", "end_date"))
    try:
        if since is None and until is None:
            return now - LONGEST_SPAN, now
        if since is None and until is not None:
            return until - LONGEST_SPAN, until
        if since is not None and until is None:
            return since, since + LONGEST_SPAN
    except OverflowError:
        raise wrong("start_date", NO_INSTANT) from None
    if since is None or until is None or since > until:
        raise wrong("end_date", _("The end is before the start."))
    if until - since > LONGEST_SPAN:
        raise wrong("end_date", _("At most 90 days can be asked for at once."))
    return since, until


NO_INSTANT: Final = _("Please write date and time as in 2026-01-31T08:00:00+07:00.")


def instant(text: str) -> datetime:
    """
    Return the instant that a W3C date and time means; without a zone it is on the city's clock.

    :raises ValueError: if it is none, or of a year that nobody can mean
    """
    found = in_utc(datetime.fromisoformat(LOST_PLUS.sub("+", text.strip())), ZoneInfo(city().timezone))
    if found is None:
        raise ValueError(text)
    return found


def listed(query: QueryDict, name: str) -> tuple[str, ...]:
    """Return the values of a parameter that takes several, each once; split at commas."""
    # PostgreSQL has no NUL: something that is nowhere stands for it, so that nothing is found.
    values = (part.strip() for given in query.getlist(name) for part in given.replace("\0", "\ufffd").split(","))
    return tuple(dict.fromkeys(value for value in values if value))


def extended(query: QueryDict) -> bool:
    """Test if more than the standard's own fields is asked for."""
    return query.get("extensions", "").strip().lower() in ("true", "1", "yes", "v1")


def degrees(text: str) -> float | None:
    """Return what a coordinate says, or None if it is none."""
    try:
        found = float(text)
    except ValueError:
        return None
    return found if math.isfinite(found) and abs(found) <= 180 else None


def here(query: QueryDict) -> None:
    """
    Check that it is this city that is asked.

    :raises NotFound: if another jurisdiction is named
    """
    named = query.get("jurisdiction_id", "").strip()
    if named and named != city().code:
        raise NotFound(_("This server answers for another jurisdiction."))


def wrong(name: str, sentence: Words) -> Invalid:
    """Return the refusal of one parameter."""
    return Invalid(sentence, {name: sentence})


def _instant_in(query: QueryDict, name: str) -> datetime | None:
    text = query.get(name, "").strip()
    if not text:
        return None
    try:
        return instant(text)
    except ValueError:
        raise wrong(name, NO_INSTANT) from None


def _count(query: QueryDict, name: str, otherwise: int) -> int:
    text = query.get(name, "").strip()
    if not text:
        return otherwise
    if not (text.isascii() and text.isdigit()) or not 0 < len(text) < 10 or int(text) < 1:
        raise wrong(name, _("This must be a whole number, 1 or more."))
    return int(text)
