"""What came of the answers of the last weeks: who confirmed, contested or kept silent, and how long they took."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import Any, Final
from uuid import UUID

from django.db.models import Count, DurationField, F, Sum
from django.db.models.functions import TruncDate

from hues.engines.cases.models import Case
from hues.engines.cases.queries import narrowing
from hues.engines.cases.queries.parts import MAY_WATCH
from hues.kernel.clocks import queries as clocks
from hues.kernel.errors import NotAllowed
from hues.kernel.people.asker import Asker

SPAN: Final = timedelta(days=28)
DAY: Final = timedelta(days=1)
SUMS: Final = ("answered", *narrowing.VERDICTS, "working")


@dataclass(frozen=True, kw_only=True, slots=True)
class Lately:
    """
    The reports whose answers were published in the last four weeks.

    `confirmed`, `contested` and `silent` as `narrowing.VERDICTS` has it; `raw` is the time from report to answer of all
    of them by the wall calendar, `working` are the working days of it.
    """

    answered: int = 0
    confirmed: int = 0
    contested: int = 0
    silent: int = 0
    working: int = 0
    raw: timedelta = timedelta()

    @property
    def days(self) -> Decimal | None:
        """Return how many days by the wall calendar an answer took on average."""
        return self._each(Decimal(self.raw // timedelta(seconds=1)) / (DAY // timedelta(seconds=1)))

    @property
    def working_days(self) -> Decimal | None:
        """Return how many working days an answer took on average."""
        return self._each(Decimal(self.working))

    def _each(self, every: Decimal) -> Decimal | None:
        return (every / self.answered).quantize(Decimal("0.1"), ROUND_HALF_UP) if self.answered else None


def answered_lately(asker: Asker, *, at: datetime) -> Lately:
    """
    Return what came of the answers of the whole city in the last four weeks.

    :raises NotAllowed: if the asker is not of the operations centre
    """
    if not asker.may(*MAY_WATCH):
        raise NotAllowed
    return whole(by_agency(at=at))


def by_agency(*, at: datetime) -> dict[UUID | None, Lately]:
    """Return the same by the agency whose figures a report belongs to; asked by the city itself, not by a person."""
    zone, found = clocks.calendar().zone, Case.objects.filter(published_at__gt=at - SPAN, published_at__lte=at)
    # Working days follow from the two days alone: one row for all reports between the same two.
    days = {"first": TruncDate("opened_at", tzinfo=zone), "last": TruncDate("answered_at", tzinfo=zone)}
    grouped = found.filter(parent=None, answered_at__isnull=False).order_by()
    rows = grouped.annotate(whose=narrowing.COUNTED, **days).values("whose", *days)
    counted = rows.annotate(
        answered=Count("pk"),
        raw=Sum(F("answered_at") - F("opened_at"), output_field=DurationField()),
        **{word: Count("pk", filter=rule) for word, rule in narrowing.VERDICTS.items()},
    )
    by_whose: dict[UUID | None, list[Mapping[str, Any]]] = {}
    for row in counted:
        by_whose.setdefault(row["whose"], []).append(row)
    return {whose: _of(rows) for whose, rows in by_whose.items()}


def whole(every: Mapping[UUID | None, Lately]) -> Lately:
    """Return all of them together."""
    sums = {name: sum(getattr(one, name) for one in every.values()) for name in SUMS}
    return Lately(**sums, raw=sum((one.raw for one in every.values()), timedelta()))


def _of(rows: Iterable[Mapping[str, Any]]) -> Lately:
    sums: Counter[str] = Counter()
    raw = timedelta()
    for row in rows:
        raw += row["raw"]
        sums.update({name: row[name] for name in SUMS if name in row})
        sums["working"] += row["answered"] * clocks.calendar().working_days(_noon(row["first"]), _noon(row["last"]))
    return Lately(**sums, raw=raw)


def _noon(day: date) -> datetime:
    return datetime.combine(day, time(12), clocks.calendar().zone)
