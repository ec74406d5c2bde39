"""Keep the figures of published reports up to date."""

from collections.abc import Iterator
from dataclasses import asdict, fields
from datetime import datetime, timedelta

from django.db import transaction

from hues.engines.cases import queries as cases
from hues.functions.field_reports import months
from hues.functions.field_reports.models import MonthTally
from hues.kernel.clocks import actions as clocks
from hues.kernel.turns import take_turn

RECOUNT = "field_reports.recount"
AT_MOST_EVERY = timedelta(minutes=5)
GROUPINGS = ("ward", "agency", "category", "month")
NOTHING = tuple(field.name for field in fields(cases.Tally) if field.name != "key")


def recount_soon(month: str, *, at: datetime) -> None:
    """Have a month counted at the next five minutes of the wall clock, however often that is asked until then."""
    due = months.next_round(at, AT_MOST_EVERY)
    clocks.set_timer(kind=RECOUNT, subject=months.subject_of(month), due_at=due, at=at)


@transaction.atomic
def recount(month: str, *, at: datetime) -> int:
    """Count the public reports opened in a month anew, one count after another, and return how many there are."""
    take_turn(f"{RECOUNT}:{month}")
    since, until = months.bounds(month)
    rows = [row for grouping in GROUPINGS for row in _counted(month, grouping, since, until, at)]
    MonthTally.objects.filter(month=month).delete()
    MonthTally.objects.bulk_create(rows)
    return sum(row.opened for row in rows if row.grouping == "month")


def _counted(month: str, grouping: str, since: datetime, until: datetime, at: datetime) -> Iterator[MonthTally]:
    """Yield a month by ward, agency, category or month, those with late reports alone too."""
    public = {tally.key: asdict(tally) for tally in cases.public_figures(grouping, since=since, until=until)}
    late = cases.overdue_by(grouping, since=since, until=until, at=at)
    for key in sorted(public | late):
        sums = public.get(key) or {"key": key, **dict.fromkeys(NOTHING, 0)}
        yield MonthTally(month=month, grouping=grouping, counted_at=at, overdue=late.get(key, 0), **sums)


def recount_all(*, at: datetime) -> int:
    """Count every month anew, each in a transaction of its own, and return how many reports are public."""
    now_there = {tally.key for tally in cases.public_figures("month")} | set(cases.overdue_by("month", at=at))
    counted_once = set(MonthTally.objects.values_list("month", flat=True).distinct())
    return sum(recount(month, at=at) for month in sorted(now_there | counted_once))
