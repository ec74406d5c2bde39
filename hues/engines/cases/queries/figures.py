"""How many cases stand where, and how answers were kept."""

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import CharField, Count, DurationField, F, Q, Sum, Value
from django.db.models.expressions import Combinable
from django.db.models.functions import Cast, Concat, ExtractMonth, ExtractYear, LPad

from hues.engines.cases.models import Case
from hues.engines.cases.queries import narrowing, parts
from hues.engines.cases.queries.counted import Burden, Counts, Tally
from hues.engines.cases.queries.parts import MAY_WATCH
from hues.engines.cases.rules.workflow import AT_AGENCY, OPEN, State
from hues.kernel.agencies.leaves import seen_to_by
from hues.kernel.clocks import queries as clocks
from hues.kernel.errors import NotAllowed
from hues.kernel.journal.queries import latest
from hues.kernel.people.asker import Asker
from hues.kernel.statements import among, composed
from hues.kit.kept import Kept

AT_WORK = sorted(AT_AGENCY - {State.WAITING})
SATISFIED = 4  # stars
EVERY, NOBODYS = Q(), Q(pk__in=())
# Every page of the centre's desk says it. Only what is journalled changes it at once; a clock that runs out may wait.
CITY = Kept[str, Counts](timedelta(seconds=2))


def counts(asker: Asker, *, at: datetime) -> Counts:
    """
    Return how many open cases stand where: of the whole city for the centre, else of the asker's agencies.

    :raises NotAllowed: if the asker is neither of the centre nor of an agency
    """
    if asker.may(*MAY_WATCH):
        return CITY.get("", at, lambda: _counts(_states(at=at, agencies=None, people=None)), edition=latest())
    if not asker.agencies:
        raise NotAllowed
    return _counts(_states(at=at, agencies=asker.agencies, people=None))


def desk_counts(asker: Asker, *, at: datetime) -> Counts:
    """
    Return how many open cases of the asker's own agencies stand where.

    :raises NotAllowed: if the asker works for no agency
    """
    if not asker.agencies:
        raise NotAllowed
    return _counts(_states(at=at, agencies=asker.agencies, people=seen_to_by(asker, at)))


def burdens(asker: Asker, limit: int = 10, *, at: datetime) -> tuple[Burden, ...]:
    """
    Return the agencies with most late cases, then most cases at work.

    :raises NotAllowed: if the asker is not of the operations centre
    """
    if not asker.may(*MAY_WATCH):
        raise NotAllowed
    late = Count("pk", filter=narrowing.late_at_agency(at))
    found = Case.objects.filter(state__in=sorted(AT_AGENCY)).values("agency_id").annotate(open=Count("pk"), late=late)
    names = parts.agency_names()
    rows = found.exclude(agency_id=None).order_by("-late", "-open", "agency_id")[:limit]
    return tuple(
        Burden(
            agency_id=agency_id,
            open=row["open"],
            late=row["late"],
            agency=names.get(agency_id, parts.NOBODY),
        )
        for row in rows
        if (agency_id := row["agency_id"]) is not None
    )


def how_many(kind: str = "report") -> int:
    """Return how many cases there are in all; for commands, since it reads them all."""
    return Case.objects.filter(kind=kind, parent=None).count()


def opened_at(case_id: UUID) -> datetime | None:
    """Return when a case was opened, public or not: which month's figures it belongs to."""
    return Case.every.filter(pk=case_id).values_list("opened_at", flat=True).first()


def public_figures(
    group: str, *, since: datetime | None = None, until: datetime | None = None, kind: str = "report"
) -> tuple[Tally, ...]:
    """
    Return published cases by `group` (ward, agency, category, month), counted by when they were opened.

    :raises LookupError: if there is no such group
    """
    found = Case.objects.filter(published_at__isnull=False, kind=kind)
    if since:
        found = found.filter(opened_at__gte=since)
    if until:
        found = found.filter(opened_at__lt=until)
    key = _key(group)
    rows = found.annotate(key=key).values("key").annotate(**_SUMS).order_by("key")
    return tuple(_tally(row) for row in rows)


def overdue_by(
    group: str, *, since: datetime | None = None, until: datetime | None = None, kind: str = "report", at: datetime
) -> dict[str, int]:
    """
    Return by `group` how many cases opened then should have been answered or passed on by now, public or not.

    Of a split case each agency has its own part; what is with no agency, the operations centre has (key "").

    :raises LookupError: if there is no such group
    """
    whose = ~Q(state=State.SPLIT) if group == "agency" else Q(parent=None)
    late = narrowing.late_answers(at) | narrowing.late_with_centre(at)
    found = Case.objects.filter(whose, late, kind=kind)
    if since:
        found = found.filter(opened_at__gte=since)
    if until:
        found = found.filter(opened_at__lt=until)
    rows = found.annotate(key=_key(group)).values("key").annotate(n=Count("pk")).order_by("key")
    return {row["key"] or "": row["n"] for row in rows}


_SUMS = {
    # First those that ask for columns whose names the later ones take.
    "spoke": Count("pk", filter=narrowing.SPOKE),
    **{word: Count("pk", filter=rule) for word, rule in narrowing.VERDICTS.items()},
    "opened": Count("pk"),
    "answered": Count("answered_at"),
    **{kept.value: Count("pk", filter=rule) for kept, rule in narrowing.KEPT.items()},
    "reopened": Count("pk", filter=Q(reopened__gt=0)),
    "rated": Count("rating"),
    "satisfied": Count("pk", filter=Q(rating__gte=SATISFIED)),
    "raw": Sum(F("answered_at") - F("opened_at"), output_field=DurationField()),
}


def _tally(row: Mapping[str, Any]) -> Tally:
    return Tally(
        key=row["key"] or "",
        opened=row["opened"],
        answered=row["answered"],
        on_time=row["on_time"],
        extended=row["extended"],
        late=row["late"],
        reopened=row["reopened"],
        rated=row["rated"],
        satisfied=row["satisfied"],
        raw_seconds=int(row["raw"].total_seconds()) if row["raw"] else 0,
        **{word: row[word] for word in ("spoke", *narrowing.VERDICTS)},
    )


@composed
def _states(*, at: datetime, agencies: Collection[UUID] | None, people: Collection[UUID] | None) -> Any:
    """Ask by state how many open cases of these agencies there are, and how many of them these people have."""
    found = Case.objects.filter(state__in=sorted(OPEN))
    if agencies is not None:
        found = found.filter(among("agency_id", agencies))
    # What waits for the centre of a part is to pass it on again, or to give it time; else the whole is counted.
    once = EVERY if agencies is not None else Q(parent=None) | Q(state=State.RECEIVED)
    answers = narrowing.late_answers(at) & (EVERY if agencies is not None else Q(parent=None))
    unaccepted = once & narrowing.late_with_centre(at)
    mine = Q(among("assigned_to", people), state__in=sorted(AT_AGENCY)) if people is not None else NOBODYS
    counted = found.values("state").annotate(
        n=Count("pk", filter=once),
        late=Count("pk", filter=answers | unaccepted),
        unaccepted=Count("pk", filter=unaccepted),
        answers=Count("pk", filter=answers),
        soon=Count("pk", filter=once & Q(state__in=AT_WORK, warn_at__lte=at, due_at__gte=at)),
        asked=Count("extension_asked_until"),
        mine=Count("pk", filter=mine),
        look=Count("pk", filter=Q(state=State.RECEIVED) & ~Q(look="")),
    )
    return counted.order_by()


def _counts(rows: Iterable[Mapping[str, Any]]) -> Counts:
    known = {State(row["state"]): row for row in rows}
    return Counts(
        by_state={state: row["n"] for state, row in known.items() if row["n"]},
        overdue=sum(row["late"] for row in known.values()),
        unaccepted=sum(row["unaccepted"] for row in known.values()),
        answers_late=sum(row["answers"] for row in known.values()),
        due_soon=sum(row["soon"] for row in known.values()),
        extension_asked=sum(row["asked"] for row in known.values()),
        mine=sum(row["mine"] for row in known.values()),
        to_look_at=sum(row["look"] for row in known.values()),
    )


def _key(group: str) -> Combinable:
    if group == "month":
        zone = clocks.calendar().zone
        month = LPad(Cast(ExtractMonth("opened_at", tzinfo=zone), CharField()), 2, Value("0"))
        return Concat(Cast(ExtractYear("opened_at", tzinfo=zone), CharField()), Value("-"), month)
    columns: dict[str, Any] = {"ward": "ward_code", "agency": narrowing.COUNTED, "category": "category"}
    return Cast(columns[group], CharField())
