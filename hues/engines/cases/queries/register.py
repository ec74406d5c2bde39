"""The promise register: what agencies promised, and what became of it."""

from collections import Counter, defaultdict
from collections.abc import Mapping
from datetime import UTC, date, datetime, time
from typing import Any
from uuid import UUID

from django.db.models import Count, F, Q, QuerySet
from django.db.models.functions import TruncDate

from hues.engines.cases.models import Case, PastPromise
from hues.engines.cases.queries import narrowing, parts
from hues.engines.cases.queries.aftermath import PromiseRow, PromiseTally
from hues.engines.cases.rules import promises as rules
from hues.engines.cases.rules.promises import Kept
from hues.engines.cases.rules.workflow import State
from hues.kernel.clocks import queries as clocks
from hues.kit import pages
from hues.kit.pages import Page

_OF_CASE = ("number", "category", "public_address", "ward_code")
_OF_PROMISE = ("id", "agency_id", "published_at", "promise_on", "promise_shown_at", "promise_kept_at", "counted_as")
_COLUMNS = (*_OF_CASE, *_OF_PROMISE)


def promise_tallies(*, kind: str = "report", at: datetime) -> tuple[PromiseTally, ...]:
    """Return each agency with what became of its published promises, most broken first."""
    names, by_agency = parts.agency_names(), defaultdict[UUID, Counter[str]](Counter)
    sums = {kept.value: Count("pk", filter=_is(kept, at)) for kept in Kept}
    for found in (_published(kind), _past(kind)):
        for row in found.values("counted_as").order_by().annotate(**sums):
            if row["counted_as"] is not None:
                by_agency[row["counted_as"]].update({name: row[name] for name in sums})
    tallies = [
        PromiseTally(
            agency_id=agency,
            agency=names.get(agency, parts.NOBODY),
            open=sums["open"],
            kept=sums["kept"],
            late=sums["late"],
            broken=sums["broken"],
        )
        for agency, sums in by_agency.items()
    ]
    return tuple(sorted(tallies, key=lambda tally: (-tally.broken, -tally.open, -tally.total, str(tally.agency_id))))


def owed_past_their_day(*, at: datetime) -> dict[UUID, int]:
    """Return how many promises past their day each agency owes, whoever made them."""
    found = Case.objects.filter(_is(Kept.BROKEN, at), kind="report", promise_on__isnull=False)
    rows = found.filter(published_at__isnull=False, agency_id__isnull=False).values("agency_id").order_by()
    return {agency: row["n"] for row in rows.annotate(n=Count("pk")) if (agency := row["agency_id"]) is not None}


def promises(
    *,
    kind: str = "report",
    agency_id: UUID | None = None,
    standing: Kept | None = None,
    after: str = "",
    limit: int = 30,
    at: datetime,
) -> Page[PromiseRow]:
    """Return published promises, those of answers that were contested since too, the one due last first."""
    found, past = _published(kind), _past(kind)
    if agency_id:
        found, past = found.filter(narrowing.counted_as(agency_id)), past.filter(agency_id=agency_id)
    place, of_past = pages.place(after), {name: F(f"case__{name}") for name in _OF_CASE}
    rows = [
        *_after(found, standing, place, at).values(*_COLUMNS)[: limit + 1],
        *_after(past, standing, place, at).values(*_OF_PROMISE, **of_past)[: limit + 1],
    ]
    rows.sort(key=lambda row: (row["promise_on"], row["id"]), reverse=True)
    end = rows[limit - 1] if len(rows) > limit else None
    mark = pages.mark(datetime.combine(end["promise_on"], time(), UTC), end["id"]) if end else None
    return Page(rows=tuple(_row(row, at) for row in rows[:limit]), next=mark)


def _after(
    found: QuerySet[Any], standing: Kept | None, place: tuple[datetime, UUID] | None, at: datetime
) -> QuerySet[Any]:
    if standing:
        found = found.filter(_is(standing, at))
    if place:
        day, row_id = place[0].date(), place[1]
        found = found.filter(Q(promise_on__lt=day) | Q(promise_on=day, id__lt=row_id), promise_on__lte=day)
    return found.order_by("-promise_on", "-id")


def standing_of(row: Mapping[str, Any], at: datetime) -> Kept | None:
    """Return how the promise of a case stands, if it made one that is public."""
    if row["promise_on"] is None or row["published_at"] is None:
        return None
    zone = clocks.calendar().zone
    return rules.standing(
        row["promise_on"], row["promise_shown_at"], row["promise_kept_at"], today=_today(at), zone=zone
    )


def _published(kind: str) -> QuerySet[Any]:
    public = Case.objects.filter(kind=kind, promise_on__isnull=False, published_at__isnull=False)
    return public.annotate(counted_as=narrowing.COUNTED)


def _past(kind: str) -> QuerySet[Any]:
    public = PastPromise.objects.filter(case__kind=kind, case__published_at__isnull=False)
    return public.exclude(case__state=State.SEALED).annotate(counted_as=F("agency_id"))


def _today(at: datetime) -> date:
    return at.astimezone(clocks.calendar().zone).date()


def _is(kept: Kept, at: datetime) -> Q:
    """Return the rule of `rules.promises` in the words of the database."""
    day = TruncDate("promise_shown_at", tzinfo=clocks.calendar().zone)
    in_time = Q(promise_shown_at__isnull=False, promise_on__gte=day)
    is_kept = Q(promise_kept_at__isnull=False)
    is_open = in_time | Q(promise_on__gte=_today(at))
    return {
        Kept.KEPT: is_kept & in_time,
        Kept.LATE: is_kept & ~in_time,
        Kept.OPEN: ~is_kept & is_open,
        Kept.BROKEN: ~is_kept & ~is_open,
    }[kept]


def _row(row: Mapping[str, Any], at: datetime) -> PromiseRow:
    words, standing = parts.category_words(row["category"]), standing_of(row, at)
    return PromiseRow(
        **{name: row[name] for name in ("number", "agency_id", "ward_code", "published_at", "promise_on")},
        category_title=words["category_title"],
        icon=words["icon"],
        agency=parts.agency_names().get(row["counted_as"], parts.NOBODY),
        address=row["public_address"],
        shown_at=row["promise_shown_at"],
        standing=standing or Kept.OPEN,
    )
