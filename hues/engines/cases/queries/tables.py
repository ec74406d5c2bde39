"""Lists of cases whole, a page at a time: as CSV that the database writes, or as rows for other files."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import Case as Either
from django.db.models import CharField, F, Q, QuerySet, Value, When
from django.db.models.expressions import Combinable
from django.db.models.functions import Coalesce, Least

from hues.engines.cases.declare import APPROXIMATE, EXACT, STANDING_WORDS, STATE_WORDS
from hues.engines.cases.models import Case
from hues.engines.cases.queries import desk, narrowing, parts
from hues.engines.cases.queries.choices import ALL, CaseFilters
from hues.engines.cases.rules.deadlines import Standing
from hues.engines.cases.rules.publishing import FROM_WORDS
from hues.engines.cases.rules.workflow import ENDED, State
from hues.kernel.areas import queries as areas
from hues.kernel.copying import Harmless, LocalMoment, Moment, Named
from hues.kernel.people.asker import Asker
from hues.kernel.statements import planned_anew
from hues.kit import pages
from hues.kit.tables import csv_lines
from hues.kit.text import pick

PAGE = 5_000
FEW = 1_000  # rows held at a time

INSTANTS = ("opened_at", "accept_due_at", "due_at", "answered_at")
NEVER = Q(pk__in=[])
WORDS = ("address", "text")  # that people have written

type Columns = Mapping[str, Combinable]
type Row = dict[str, Any]


@dataclass(frozen=True, kw_only=True, slots=True)
class Wording:
    """How a table speaks to people: what stands above its columns, words for the codes of some, and on whose clock."""

    heads: Mapping[str, str] = field(default_factory=dict)
    codes: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    zone: str = "UTC"


PLAIN = Wording()


def public_table(filters: CaseFilters = ALL, *, language: str, at: datetime) -> Iterator[bytes]:
    """Yield the published cases, the last published first, as everybody may know them."""
    names = _names(language)
    columns: dict[str, Combinable] = {
        "number": F("number"),
        "category": F("category"),
        "category_title": names["category"],
        "ward": F("ward_code"),
        "ward_name": names["ward_code"],
        "agency": names["counted_as"],
        "state": F("state"),
        "outcome": F("outcome"),
        "clock": standing(at),
        "opened_at": Moment("opened_at"),
        **{name: Moment(name) for name in ("published_at", "answered_at", "first_due_at", "due_at")},
        **{name: F(name) for name in ("kept_before", "reopened")},
        "supports": F("supports"),
        "rating": F("rating"),
        "days": narrowing.DAYS,
        "verdict": narrowing.verdict(),
        "lat": F("public_lat"),
        "lng": F("public_lng"),
        "place": _place("exact", "approximate", rough=Q(coarse=True)),
        "address": Harmless("public_address"),
        "text": Harmless("public_text"),
    }
    published = Case.objects.filter(published_at__isnull=False)
    found = narrowing.narrowed(published, filters, at, public=True).annotate(counted_as=narrowing.COUNTED)
    return _pages(found, columns, "published_at", newest=True)


def desk_table(
    asker: Asker, filters: CaseFilters, *, order: str, language: str, wording: Wording = PLAIN, at: datetime
) -> Iterator[bytes]:
    """
    Yield the cases of the asker's agencies, as `desk_inbox` lists them, with their whole words.

    :raises NotAllowed: if the asker works for no agency
    """
    return _staff(desk.of_own_agencies(asker, filters, at), filters, order, language, wording, at)


def ops_table(
    asker: Asker, filters: CaseFilters, *, order: str, language: str, wording: Wording = PLAIN, at: datetime
) -> Iterator[bytes]:
    """
    Yield cases of the whole city, as `ops_queue` lists them, with their whole words.

    :raises NotAllowed: if the asker is not of the operations centre
    """
    return _staff(desk.of_the_city(asker), filters, order, language, wording, at)


def desk_rows(asker: Asker, filters: CaseFilters, *, order: str, language: str, at: datetime) -> Iterator[Row]:
    """
    Yield what `desk_table` tells, a row at a time, with instants as such.

    :raises NotAllowed: if the asker works for no agency
    """
    return _staff_rows(desk.of_own_agencies(asker, filters, at), filters, order, language, at)


def ops_rows(asker: Asker, filters: CaseFilters, *, order: str, language: str, at: datetime) -> Iterator[Row]:
    """
    Yield what `ops_table` tells, a row at a time, with instants as such.

    :raises NotAllowed: if the asker is not of the operations centre
    """
    return _staff_rows(desk.of_the_city(asker), filters, order, language, at)


def desk_about(asker: Asker, filters: CaseFilters, *, order: str, most: int, at: datetime) -> int:
    """
    Return how many rows `desk_rows` has now, counted up to `most`.

    :raises NotAllowed: if the asker works for no agency
    """
    return desk.listed(desk.of_own_agencies(asker, filters, at), filters, desk.ordered_by(order)[0], at)[:most].count()


def ops_about(asker: Asker, filters: CaseFilters, *, order: str, most: int, at: datetime) -> int:
    """
    Return how many rows `ops_rows` has now, counted up to `most`.

    :raises NotAllowed: if the asker is not of the operations centre
    """
    return desk.listed(desk.of_the_city(asker), filters, desk.ordered_by(order)[0], at)[:most].count()


def standing(at: datetime) -> Either:
    """Return what `parts.standing_of` says of a case, as SQL."""
    answered = Q(answered_at__isnull=False)
    rules = [
        When(narrowing.late_with_centre(at) | narrowing.late_given_back(at), then=Value(Standing.OVERDUE)),
        When(state=State.RECEIVED, then=Value(Standing.RUNNING)),
        When(state__in=sorted(ENDED), answered_at=None, then=Value(Standing.NO_CLOCK)),
        *(When(rule, then=Value(kept)) for kept, rule in narrowing.KEPT.items()),
        When(~answered & Q(state=State.WAITING, paused_at__lt=F("due_at")), then=Value(Standing.PAUSED)),
        When(due_at__lt=at, then=Value(Standing.OVERDUE)),
        When(warn_at__lte=at, then=Value(Standing.SOON)),
    ]
    return Either(*rules, default=Value(Standing.RUNNING), output_field=CharField())


def due_now() -> Either:
    """Return what `parts.due_now_of` says of a case, as SQL."""
    given_back = When(state=State.RECEIVED, started_at__isnull=False, then=Least("accept_due_at", "due_at"))
    return Either(given_back, When(state=State.RECEIVED, then=F("accept_due_at")), default=F("due_at"))


def _staff(
    found: QuerySet[Case], filters: CaseFilters, order: str, language: str, wording: Wording, at: datetime
) -> Iterator[bytes]:
    column, newest = desk.ordered_by(order)
    columns = {name: _safe(name, told, wording) for name, told in _told(language, at).items()}
    listed = desk.listed(found, filters, column, at)
    heads = [wording.heads.get(name, name) for name in columns]
    return _pages(listed, columns, column, newest=newest, heads=heads)


def _staff_rows(found: QuerySet[Case], filters: CaseFilters, order: str, language: str, at: datetime) -> Iterator[Row]:
    column, newest = desk.ordered_by(order)
    return _rows(desk.listed(found, filters, column, at), _told(language, at), column, newest=newest)


def _told(language: str, at: datetime) -> dict[str, Combinable]:
    names, stands = _names(language), standing(at)
    words = {kept.value: str(said) for kept, said in STANDING_WORDS.items()}
    return {
        "number": F("number"),
        "category": F("category"),
        "category_title": names["category"],
        "class": F("service_class"),
        "state": Named("state", {state.value: str(said) for state, said in STATE_WORDS.items()}),
        "outcome": F("outcome"),
        "clock": Named(stands, words),
        "agency": names["agency_id"],
        "ward": F("ward_code"),
        "ward_name": names["ward_code"],
        **{name: F(name) for name in INSTANTS},
        "due_at": due_now(),
        **{name: F(name) for name in ("supports", "reopened", "lat", "lng")},
        "place": _place(str(EXACT), str(APPROXIMATE)),
        **{name: F(name) for name in WORDS},
    }


def _place(exact: str, approximate: str, *, rough: Q = NEVER) -> Either:
    """Return how well the place of a case is known."""
    found = When(rough | Q(place_source=FROM_WORDS), then=Value(approximate))
    return Either(found, default=Value(exact), output_field=CharField())


def _safe(name: str, told: Combinable, wording: Wording) -> Combinable:
    """Return what a column tells as it stands in a CSV file."""
    if name in INSTANTS:
        return LocalMoment(told, wording.zone)
    if name in WORDS:
        return Harmless(name)
    return Coalesce(Named(told, wording.codes[name]), told) if name in wording.codes else told


def _names(language: str) -> dict[str, Combinable]:
    categories = {code: pick(title, language) for code, (title, _icon) in parts.titles().items()}
    agencies = {str(id_): pick(name, language) for id_, name in parts.agency_names().items()}
    return {
        "category": Coalesce(Named("category", categories), F("category")),
        "ward_code": Named("ward_code", {ward.code: pick(ward.name, language) for ward in areas.wards()}),
        "agency_id": Named("agency_id", agencies),
        "counted_as": Named("counted_as", agencies),
    }


def _pages(
    found: QuerySet[Case], columns: Columns, column: str, *, newest: bool, heads: Iterable[str] = ()
) -> Iterator[bytes]:
    def placed(instant: Any, case_id: Any) -> QuerySet[Case]:
        return narrowing.placed(found, column, instant, case_id, newest=newest)

    # Composed once a file, not for each page of it.
    @planned_anew
    def ends(*, instant: Any, case_id: Any) -> Any:
        return placed(instant, case_id).values(column, "id")[PAGE - 1 : PAGE]

    @planned_anew
    def rest(*, instant: Any, case_id: Any) -> Any:
        return placed(instant, case_id).values_list(*columns.values())

    # To the very row that the next page begins after, whatever comes in between the two statements.
    @planned_anew
    def page(*, instant: Any, case_id: Any, until: Any, last: Any) -> Any:
        reached = narrowing.reaching(placed(instant, case_id), column, until, last, newest=newest)
        return reached.values_list(*columns.values())

    yield "".join(csv_lines(list(heads) or list(columns), ())).encode()
    place: Row = {"instant": None, "case_id": None}
    while end := next(iter(ends(**place)), None):
        yield page.as_csv(**place, until=end[column], last=end["id"])
        place = {"instant": end[column], "case_id": end["id"]}
    yield rest.as_csv(**place)


def _rows(found: QuerySet[Case], columns: Columns, column: str, *, newest: bool) -> Iterator[Row]:
    after = ""
    while True:
        page = list(
            narrowing.paged(found, column, after, newest=newest).values_list(*columns.values(), column, "id")[:FEW]
        )
        for *cells, _place, _id in page:
            yield dict(zip(columns, cells, strict=True))
        if len(page) < FEW:
            return
        after = pages.mark(*page[-1][-2:])
