"""Which agency a case goes to: the first rule that fits."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, time

from hues.kit.calendar import WorkingCalendar

OF_WARD = "@"
WEEK = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
WORKING, OFF = "working", "off"
_HOUR = r"(?:[01]\d|2[0-3]):[0-5]\d"
_TIMES = re.compile(rf"({WORKING}|{OFF}|(?:(?:{'|'.join(WEEK)}) ?)*(?:(?<![a-z]){_HOUR}-{_HOUR})?)")


@dataclass(frozen=True, kw_only=True, slots=True)
class Rule:
    """
    Cases of `category` (a leaf or its group) in `wards` on a road of `road_owner` go to `target`; empty fits all.

    `target` is an agency's code, or "@" and a kind: the agency of that kind in the ward of the place. `times` says when
    the rule holds: "working" or "off" hours of the city, or days, hours or both, such as "sat sun 18:00-06:00".
    """

    order: int = 0
    category: str = ""
    wards: frozenset[str] = frozenset()
    road_owner: str = ""
    times: str = ""
    target: str


def are_times(words: str) -> bool:
    """Test if `words` says when a rule holds."""
    return bool(_TIMES.fullmatch(words.strip()))


def first_fitting(
    rules: Iterable[Rule],
    *,
    path: tuple[str, ...],
    ward: str,
    road_owner: str = "",
    at: datetime | None = None,
    calendar: WorkingCalendar | None = None,
) -> Rule | None:
    """
    Return the first rule that fits; `path` is the case's category and its groups.

    Where no time is told, rules that hold at some times only are passed over.
    """
    fitting = (rule for rule in rules if _fits(rule, path, ward, road_owner))
    return next((rule for rule in fitting if not rule.times or _holds(rule.times, at, calendar)), None)


def _fits(rule: Rule, path: tuple[str, ...], ward: str, road_owner: str) -> bool:
    if rule.category and rule.category not in path:
        return False
    if rule.wards and ward not in rule.wards:
        return False
    if rule.road_owner and rule.road_owner != road_owner:
        return False
    # "The office of the ward" leads nowhere where the ward is not known.
    return bool(ward) or not rule.target.startswith(OF_WARD)


def _holds(times: str, at: datetime | None, calendar: WorkingCalendar | None) -> bool:
    if at is None or calendar is None:
        return False
    if times in (WORKING, OFF):
        return calendar.is_working(at) is (times == WORKING)
    here = at.astimezone(calendar.zone)
    days = [WEEK.index(word) for word in times.split() if word in WEEK]
    spans = [word.split("-") for word in times.split() if word not in WEEK]
    begins, ends = (time.fromisoformat(word) for word in (spans[0] if spans else ("00:00", "00:00")))
    # A span that ends before it begins goes on after midnight and belongs to the day on which it began.
    late = ends <= begins and here.time() < ends
    day = (here.weekday() - 1) % 7 if late else here.weekday()
    inside = (begins <= here.time() < ends) if begins < ends else (late or here.time() >= begins)
    return inside and (not days or day in days)
