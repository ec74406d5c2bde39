"""Filters and keyset pages over the table of cases."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from django.db import connection
from django.db.models import Case as Either
from django.db.models import (
    CharField,
    DurationField,
    ExpressionWrapper,
    F,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Coalesce, ExtractDay, Left, NullIf

from hues.engines.cases.models import Case, CasePhoto
from hues.engines.cases.models.case import MANY_MET
from hues.engines.cases.queries import catalogue
from hues.engines.cases.queries.choices import CaseFilters
from hues.engines.cases.rules import boxes, numbers
from hues.engines.cases.rules.deadlines import Standing
from hues.engines.cases.rules.workflow import AT_AGENCY, State
from hues.kernel.statements import like
from hues.kit import pages
from hues.kit.text import fold

COUNTS = frozenset({"supports"})  # columns that hold how many
type Place = datetime | int | None  # in the order of a column
EXCERPT = 160  # characters
MOST_WORDS = 8
# How an answered case kept its time, as `Standing` decides it for one; of a reopened one the worst round counts.
_WERE_LATE, _WERE_EXTENDED = Q(kept_before=Standing.LATE), Q(kept_before=Standing.EXTENDED)
_NOT_FIRST = Q(answered_at__gt=F("first_due_at"))
KEPT = {
    Standing.ON_TIME: Q(answered_at__lte=F("first_due_at")) & ~_WERE_LATE & ~_WERE_EXTENDED,
    Standing.EXTENDED: Q(answered_at__lte=F("due_at")) & (_NOT_FIRST | _WERE_EXTENDED) & ~_WERE_LATE,
    Standing.LATE: Q(answered_at__gt=F("due_at")) | Q(answered_at__isnull=False) & _WERE_LATE,
}

ANSWERED = {**{kept.value: rule for kept, rule in KEPT.items()}, "answered": Q(answered_at__isnull=False)}

# What the reporter said last of the answer in force: of the trouble first, else by stars, else by reopening. Whoever
# says nothing until the city closes the case is silent, and neither satisfied nor not.
SAID_NOTHING = Q(fixed=None, rating=None)
VERDICTS = {
    "confirmed": Q(fixed=True) | Q(fixed=None, rating__gte=4),
    "contested": Q(fixed=False) | Q(fixed=None, rating__lte=2) | SAID_NOTHING & Q(reopened__gt=0),
    "silent": SAID_NOTHING & Q(reopened=0, state=State.CLOSED),
}
SPOKE = ~SAID_NOTHING | Q(reopened__gt=0)
SAID = {**VERDICTS, "spoke": SPOKE}
# Whole days by the wall calendar from the report to its answer.
DAYS = ExtractDay(ExpressionWrapper(F("answered_at") - F("opened_at"), DurationField()))

# The agency whose figures a case belongs to: the one that has it, or one that had it and ended.
COUNTED = Coalesce("counted_for", "agency_id")
MARKS = {
    "no_ward": Q(ward_code=""),
    "extension_asked": Q(extension_asked_until__isnull=False),
    "reopened": Q(reopened__gt=0),
    "looked_at": ~Q(look=""),
    "returned": Q(returned__gt=0),
    "many": MANY_MET,
    "promise_owed": Q(promise_on__isnull=False, promise_shown_at=None),
    "promise_shown": Q(promise_on__isnull=False, promise_shown_at__isnull=False, promise_kept_at=None),
}


def narrowed(found: QuerySet[Case], filters: CaseFilters, at: datetime, *, public: bool) -> QuerySet[Case]:
    """Return the cases that pass `filters`; the public filters by the place it may know."""
    exact = {
        "kind": filters.kind,
        "ward_code": filters.ward,
        "service_class": filters.service_class,
        "outcome": filters.outcome,
    }
    found = found.filter(**{column: value for column, value in exact.items() if value})
    if filters.agency_id:
        found = found.filter(counted_as(filters.agency_id) if public else of_agency(filters.agency_id))
    if filters.states:
        found = found.filter(state__in=sorted(filters.states))
    if filters.category:
        leaves = [c.code for c in catalogue.by_code().values() if filters.category in (c.code, c.parent)]
        found = found.filter(category__in=leaves or [filters.category])
    if filters.since:
        found = found.filter(opened_at__gte=filters.since)
    if filters.until:
        found = found.filter(opened_at__lt=filters.until)
    if filters.bounds:
        found = within(found, filters.bounds, public=public)
    return _marked(_late(_saying(found, filters.text), filters, at), filters)


def varies(filters: CaseFilters) -> bool:
    """Say whether there are too many of such filters, or what they match may change, for a statement kept for each."""
    return bool(filters.text or filters.category or filters.bounds)


def tells_time(filters: CaseFilters) -> bool:
    """Say whether what passes such filters depends on the time of day."""
    return any(getattr(filters, mark) for mark in _LATE)


def counted_as(agency_id: UUID) -> Q:
    """Match what belongs to the figures of an agency."""
    return Q(counted_for=agency_id) | Q(counted_for=None, agency_id=agency_id)


def of_agency(agency_id: UUID) -> Q:
    """Match what an agency has, and what it answered or was late with before another followed it."""
    return Q(agency_id=agency_id) | Q(counted_for=agency_id)


def within(found: QuerySet[Case], bounds: tuple[float, float, float, float], *, public: bool) -> QuerySet[Case]:
    """Return the cases inside a box of south, west, north, east."""
    south, west, north, east = bounds
    lat, lng, cell = ("public_lat", "public_lng", "public_cell") if public else ("lat", "lng", "cell")
    near = Q()
    for low, high in boxes.ranges_of(bounds):
        near |= Q(**{f"{cell}__range": (low, high)})
    found = found.filter(near)
    return found.filter(**{f"{lat}__range": (south, north), f"{lng}__range": (west, east)})


def _saying(found: QuerySet[Case], text: str) -> QuerySet[Case]:
    if not text:
        return found
    if numbers.parse(text):
        return found.filter(number=text.strip().upper())
    return like_all(found, patterns(text).values())


def patterns(text: str) -> dict[str, str]:
    """Return by name what a search is for: text that is like all of them."""
    words = fold(text).split()[:MOST_WORDS]
    return {f"word{n}": f"%{connection.ops.prep_for_like_query(word)}%" for n, word in enumerate(words)}


def like_all(found: QuerySet[Case], wanted: Iterable[str]) -> QuerySet[Case]:
    """Return the cases whose words are like every pattern."""
    return found.filter(*(like("folded", pattern) for pattern in wanted))


def only_words(filters: CaseFilters) -> bool:
    """Test if a search for words is all that varies."""
    return bool(filters.text) and not numbers.parse(filters.text) and not varies(replace(filters, text=""))


def late_at_agency(at: datetime) -> Q:
    """Match what an agency is late with; a question to the citizen that was asked too late stops no clock."""
    at_work = Q(state__in=sorted(AT_AGENCY - {State.WAITING}), due_at__lt=at)
    return at_work | Q(state=State.WAITING, paused_at__gte=F("due_at"))


def late_with_centre(at: datetime) -> Q:
    """Match what the centre should have passed on by now."""
    return Q(state=State.RECEIVED, accept_due_at__lt=at)


def late_given_back(at: datetime) -> Q:
    """Match what an agency gave back, and should have been answered by now."""
    return Q(state=State.RECEIVED, started_at__isnull=False, due_at__lt=at)


def late_answers(at: datetime) -> Q:
    """Match what should have been answered by now, wherever it lies."""
    return late_at_agency(at) | late_given_back(at)


_LATE = {"overdue": lambda at: late_answers(at) | late_with_centre(at), "answer_late": late_answers}


def _late(found: QuerySet[Case], filters: CaseFilters, at: datetime) -> QuerySet[Case]:
    for mark, late in _LATE.items():
        if getattr(filters, mark):
            found = found.filter(late(at))
    return found


def _marked(found: QuerySet[Case], filters: CaseFilters) -> QuerySet[Case]:
    if filters.whole and not filters.text:
        found = found.filter(parent=None)
    for mark, rule in MARKS.items():
        if getattr(filters, mark):
            found = found.filter(rule)
    if filters.stars:
        found = found.filter(rating__gte=filters.stars)
    for chosen, rules in ((filters.kept, ANSWERED), (filters.verdict, SAID)):
        if chosen:
            found = found.filter(rules[chosen])
    return found


def verdict() -> Either:
    """Return the word for what the reporter of a case said last; none where it is too early, or was neither."""
    rules = [When(rule, then=Value(word)) for word, rule in VERDICTS.items()]
    return Either(*rules, default=Value(""), output_field=CharField())


def paged(found: QuerySet[Case], column: str, after: str, *, newest: bool = False) -> QuerySet[Case]:
    """Return the cases in the order of a column and id, from the row after the mark on."""
    return placed(found, column, *place_in(column, after), newest=newest)


def place_in(column: str, after: str) -> tuple[Place, UUID | None]:
    """Return the place in the order of a column and id that a mark means; of no mark it is the beginning."""
    found = pages.place_of_count(after) if column in COUNTS else pages.place(after)
    return found or (None, None)


def placed(found: QuerySet[Case], column: str, place: Place, case_id: UUID | None, *, newest: bool) -> QuerySet[Case]:
    """Return the cases in the order of a column and id, from the row after that of a place on."""
    sign, beyond = ("-", "lt") if newest else ("", "gt")
    if place is not None and case_id is not None:
        # The row comparison of SQL, spelled so that the index of both columns answers it.
        found = found.filter(
            Q(**{f"{column}__{beyond}": place}) | Q(**{column: place, f"id__{beyond}": case_id}),
            **{f"{column}__{beyond}e": place},
        )
    return found.order_by(f"{sign}{column}", f"{sign}id")


def reaching(found: QuerySet[Case], column: str, place: Place, case_id: UUID, *, newest: bool) -> QuerySet[Case]:
    """Return the cases of that order up to the row of a place, that row too."""
    within = "gt" if newest else "lt"
    return found.filter(Q(**{f"{column}__{within}": place}) | Q(**{column: place, f"id__{within}e": case_id}))


def first_photo() -> Subquery:
    """Return the photo that stands for a case in a list."""
    shown = CasePhoto.objects.filter(case_id=OuterRef("pk"), role="report", hidden=False)
    return Subquery(shown.order_by("order").values("photo_id")[:1])


def excerpt() -> Left:
    """Return the beginning of what the reporter wrote, or of what a part is to do."""
    return Left(Coalesce(NullIf("task", Value("")), "text"), EXCERPT)
