"""How agencies stand as a week begins; asked by the city itself, not by a person."""

from collections.abc import Collection, Mapping
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Count, Min, Q

from hues.engines.cases.models import Case
from hues.engines.cases.queries import narrowing, register
from hues.engines.cases.queries.counted import Week
from hues.engines.cases.rules import deadlines
from hues.engines.cases.rules.workflow import AT_AGENCY, State

WEEK = timedelta(days=7)
_NOTHING: Mapping[str, Any] = {"open": 0, "late": 0, "soon": 0, "first": None}


def weeks(*, at: datetime) -> dict[UUID, Week]:
    """Return how each agency stands that has something at work, or a promise past its day."""
    at_work = Q(state__in=sorted(AT_AGENCY - {State.WAITING}))
    found = Case.objects.filter(state__in=sorted(AT_AGENCY)).order_by().values("agency_id")
    rows = found.annotate(
        open=Count("pk"),
        late=Count("pk", filter=narrowing.late_at_agency(at)),
        soon=Count("pk", filter=at_work & Q(due_at__gte=at, due_at__lt=at + WEEK)),
        first=Min("opened_at"),
    )
    broken = register.owed_past_their_day(at=at)
    known = {row["agency_id"]: row for row in rows if row["agency_id"] is not None}
    return {agency: _week(known.get(agency, _NOTHING), broken.get(agency, 0), at) for agency in known | broken}


def given_back(*, at: datetime) -> Week:
    """Return how those stand that agencies gave back, and whose clock runs on at the centre."""
    found = Case.objects.filter(state=State.RECEIVED, started_at__isnull=False)
    row = found.aggregate(
        open=Count("pk"),
        late=Count("pk", filter=narrowing.late_given_back(at)),
        soon=Count("pk", filter=Q(due_at__gte=at, due_at__lt=at + WEEK)),
        first=Min("opened_at"),
    )
    return _week(row, 0, at)


def whole(every: Collection[Week]) -> Week:
    """Return how all of these stand together."""
    return Week(
        open=sum(week.open for week in every),
        late=sum(week.late for week in every),
        soon=sum(week.soon for week in every),
        oldest=max((week.oldest for week in every), default=0),
        broken=sum(week.broken for week in every),
    )


def _week(row: Mapping[str, Any], broken: int, at: datetime) -> Week:
    oldest = deadlines.elapsed_days(row["first"], at) if row["first"] else 0
    return Week(open=row["open"], late=row["late"], soon=row["soon"], oldest=oldest, broken=broken)
