"""The figures of published reports, summed over a period."""

from dataclasses import dataclass
from datetime import datetime
from decimal import ROUND_HALF_UP, Decimal
from uuid import UUID

from django.db.models import Max, Sum

from hues.functions.field_reports.models import MonthTally

DAY = 86_400  # seconds
SUMS = (
    *("opened", "answered", "on_time", "extended", "late", "reopened", "rated", "satisfied"),
    *("raw_seconds", "spoke", "confirmed", "contested", "silent", "overdue"),
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Figures:
    """
    The public reports of one group in a period.

    answered = on_time + extended + late; `overdue` are those of all reports, public or not, that were late and not
    answered when they were counted; `satisfied` of those `rated` gave four or five stars. What else there is
    stands at `cases.queries.Tally`.
    """

    key: str
    opened: int = 0
    answered: int = 0
    on_time: int = 0
    extended: int = 0
    late: int = 0
    reopened: int = 0
    rated: int = 0
    satisfied: int = 0
    raw_seconds: int = 0
    spoke: int = 0
    confirmed: int = 0
    contested: int = 0
    silent: int = 0
    overdue: int = 0

    @property
    def days(self) -> Decimal | None:
        """Return how many days by the wall calendar an answer took on average, to one place; None without answers."""
        if not self.answered:
            return None
        return (Decimal(self.raw_seconds) / DAY / self.answered).quantize(Decimal("0.1"), ROUND_HALF_UP)

    def share(self, part: str, whole: str) -> Decimal | None:
        """Return `part` in percent of `whole`, to one place; None where there is nothing to divide by."""
        over, under = Decimal(getattr(self, part)), Decimal(getattr(self, whole))
        return (100 * over / under).quantize(Decimal("0.1"), ROUND_HALF_UP) if under else None


def figures(grouping: str, period: str = "") -> tuple[Figures, ...]:
    """Return the figures by ward, agency, category or month, in a year, a month or over all time, most first."""
    found = MonthTally.objects.filter(grouping=grouping, month__startswith=period)
    rows = found.values("key").annotate(**{name: Sum(name) for name in SUMS})
    order = ("-key",) if grouping == "month" else ("-opened", "key")
    return tuple(Figures(**row) for row in rows.order_by(*order))


def of_agency(agency_id: UUID) -> Figures:
    """Return the figures of one agency over all time."""
    found = MonthTally.objects.filter(grouping="agency", key=str(agency_id))
    return Figures(key=str(agency_id), **{name: value or 0 for name, value in found.aggregate(**_SUMS).items()})


def total(period: str = "") -> Figures:
    """Return the figures of the whole city."""
    found = MonthTally.objects.filter(grouping="month", month__startswith=period)
    return Figures(key="", **{name: value or 0 for name, value in found.aggregate(**_SUMS).items()})


_SUMS = {name: Sum(name) for name in SUMS}


def counted_at(period: str = "") -> datetime | None:
    """Return when the figures of a period were last counted."""
    found = MonthTally.objects.filter(month__startswith=period)
    last: datetime | None = found.aggregate(last=Max("counted_at"))["last"]
    return last


def counted_months() -> tuple[str, ...]:
    """Return the months that have figures, the last one first."""
    return tuple(MonthTally.objects.filter(grouping="month").order_by("-month").values_list("month", flat=True))
