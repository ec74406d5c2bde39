"""Keep the figures of published reports up to date."""

from dataclasses import asdict
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


def recount_soon(month: str, *, at: datetime) -> None:
    """Have a month counted at the next five minutes of the wall clock, however often that is asked until then."""
    due = months.next_round(at, AT_MOST_EVERY)
    clocks.set_timer(kind=RECOUNT, subject=months.subject_of(month), due_at=due, at=at)


@transaction.atomic
def recount(month: str, *, at: datetime) -> int:
    """Count the public reports opened in a month anew, one count after another, and return how many there are."""
    take_turn(f"{RECOUNT}:{month}")
    since, until = months.bounds(month)
    rows = [
        MonthTally(month=month, grouping=grouping, counted_at=at, **asdict(tally))
        for grouping in GROUPINGS
        for tally in cases.public_figures(grouping, since=since, until=until)
    ]
    MonthTally.objects.filter(month=month).delete()
    MonthTally.objects.bulk_create(rows)
    return sum(row.opened for row in rows if row.grouping == "month")


def recount_all(*, at: datetime) -> int:
    """Count every month anew, each in a transaction of its own, and return how many reports are public."""
    now_there = {tally.key for tally in cases.public_figures("month")}
    counted_once = set(MonthTally.objects.values_list("month", flat=True).distinct())
    return sum(recount(month, at=at) for month in sorted(now_there | counted_once))
