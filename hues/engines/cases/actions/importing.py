"""Many cases with their history at once: the same rules and entries as one by one, written with COPY."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256
from itertools import batched
from typing import Any
from uuid import UUID

from django.db import connection, models, transaction
from psycopg.types.json import Jsonb

from hues.engines.cases.actions import wording
from hues.engines.cases.actions.moving import FACTS
from hues.engines.cases.events import MOVED, CaseEvent
from hues.engines.cases.models import Case, CasePhoto, CaseSeal, Step
from hues.engines.cases.queries import catalogue
from hues.engines.cases.rules import intake, moving, numbers, publishing, telling, timing
from hues.engines.cases.rules.breach import Breach
from hues.engines.cases.rules.facts import NOTHING, Facts, Given, Law
from hues.engines.cases.rules.intake import Place
from hues.engines.cases.rules.workflow import MOVES, Side, Verb
from hues.kernel.areas import queries as areas
from hues.kernel.city import city
from hues.kernel.clocks import actions as clocks
from hues.kernel.journal import actions as journal
from hues.kernel.media import actions as media
from hues.kernel.people import queries as people
from hues.kit import cells
from hues.kit.text import fold, tidy

CHUNK = 2_000
type Progress = Callable[[int], None]


@dataclass(frozen=True, kw_only=True, slots=True)
class PreparedMove:
    """
    One move of a prepared case; `by` is the member of staff, empty where the reporter or the city acts.

    `text` is meant for the reporter, `internal` for staff. The photos are proof of an answer, else they belong to
    the report; they must be stored already.
    """

    verb: Verb
    at: datetime
    by: UUID | None = None
    side: Side | None = None
    given: Given = NOTHING
    text: str = ""
    internal: str = ""
    photos: Sequence[UUID] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class PreparedCase:
    """A case with all that happened to it, in order. Without a `number` it gets the next one of its year."""

    category: str
    text: str
    place: Place
    at: datetime
    reporter: UUID | None = None
    contact: str = ""
    show_name: bool = False
    kind: str = "report"
    channel: str = "web"
    number: str = ""
    answers: Mapping[str, Any] = field(default_factory=dict)
    photos: Sequence[UUID] = ()
    moves: Sequence[PreparedMove] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class ImportedCases:
    """How many cases and steps were written."""

    cases: int = 0
    steps: int = 0


@dataclass(slots=True)
class _Rows:
    """What one chunk writes."""

    cases: list[tuple[Any, ...]] = field(default_factory=list)
    seals: list[tuple[Any, ...]] = field(default_factory=list)
    steps: list[tuple[Any, ...]] = field(default_factory=list)
    photos: list[tuple[Any, ...]] = field(default_factory=list)
    events: list[CaseEvent] = field(default_factory=list)
    timers: list[clocks.NewTimer] = field(default_factory=list)
    public: list[UUID] = field(default_factory=list)


@transaction.atomic
def import_cases(
    batch: Iterable[PreparedCase], *, at: datetime, progress: Progress | None = None
) -> ImportedCases:
    """
    Write prepared cases as if every move had been made at its time; nobody is told.

    The same batch gives the same rows, ids included. Timers later than `at` are set for cases still open.

    :raises Invalid: if a case or a move breaks a rule
    :raises LookupError: if the table of moves has no such move, or there is no such category
    """
    law, cases, steps = catalogue.law(), 0, 0
    for chunk in batched(batch, CHUNK, strict=False):
        rows = _Rows()
        names = people.names_of(c.reporter for c in chunk if c.show_name and c.reporter)
        for prepared, number in zip(chunk, _numbered(chunk, law), strict=True):
            _replay(prepared, number, rows, names, law=law, at=at)
        _copy(rows, at)
        cases, steps = cases + len(rows.cases), steps + len(rows.steps)
        if progress:
            progress(cases)
    return ImportedCases(cases=cases, steps=steps)


def _replay(
    prepared: PreparedCase, number: str, rows: _Rows, names: Mapping[UUID, str], *, law: Law, at: datetime
) -> None:
    leaf = catalogue.by_code()[prepared.category]
    case_id = _id_of(number, prepared.at)
    row = _report_row(case_id, number, prepared, coarse=leaf.coarse)
    facts = moving.opened(leaf.code, leaf.service_class, law=law, at=prepared.at)
    on_behalf = prepared.channel in intake.ON_BEHALF
    opening = PreparedMove(
        verb=Verb.OPEN, at=prepared.at, side=Side.IOC if on_behalf else Side.CITIZEN, photos=prepared.photos
    )
    _note(opening, case_id, row, facts, facts, rows)
    shown, answer = "", ""
    for prepared_move in prepared.moves:
        before, facts = facts, _moved(facts, prepared_move, law)
        _note(prepared_move, case_id, row, before, facts, rows)
        answer = tidy(prepared_move.text) if prepared_move.verb == Verb.ANSWER else answer
        if prepared_move.verb == Verb.PUBLISH:
            row |= _public(row, answer)
            shown = names.get(prepared.reporter, "") if prepared.show_name and prepared.reporter else ""
    row |= {name: getattr(facts, name) for name in FACTS}
    rows.cases.append(tuple(_plain(row[column.attname]) for column in _columns(Case)))
    rows.seals.append((case_id, prepared.reporter, prepared.contact, shown, prepared.at))
    rows.timers += [
        clocks.NewTimer(kind=kind, subject=case_id, due_at=due)
        for kind, due in timing.timers(facts, law=law, at=at).items()
    ]
    if facts.published_at:
        rows.public += [p for p in (*prepared.photos, *(q for m in prepared.moves for q in m.photos))]


def _moved(facts: Facts, prepared: PreparedMove, law: Law) -> Facts:
    try:
        return moving.moved(prepared.verb, facts, prepared.given, law=law, at=prepared.at)
    except Breach as breach:
        raise wording.invalid([breach]) from breach


def _note(
    prepared: PreparedMove, case_id: UUID, row: Mapping[str, Any], before: Facts, after: Facts, rows: _Rows
) -> None:
    """Write down one move: its step, its journal entry, its photos."""
    verb = prepared.verb
    side = prepared.side or next(s for s in Side if s in MOVES[verb].sides)
    agency = telling.agency_of(side, before, after)
    facts = telling.step_facts(verb, before, after, prepared.given)
    words = (tidy(prepared.text), tidy(prepared.internal))
    rows.steps.append((case_id, after.version, prepared.at, verb, side, agency, *words, Jsonb(facts)))
    rows.events.append(
        MOVED[verb](
            at=prepared.at,
            by=None if side == Side.CITIZEN else prepared.by,
            subject=case_id,
            kind=row["kind"],
            number=row["number"],
            version=after.version,
            state=after.state,
            side=side,
            agency=agency,
            outcome=after.outcome,
        )
    )
    role = {Verb.OPEN: "report", Verb.ANSWER: "proof"}.get(verb, "extra")
    rows.photos += [
        (case_id, photo, role, order, False, prepared.at) for order, photo in enumerate(prepared.photos)
    ]


def _report_row(case_id: UUID, number: str, prepared: PreparedCase, *, coarse: bool) -> dict[str, Any]:
    place, text = prepared.place, tidy(prepared.text)
    ward = areas.ward_at(place.lat, place.lng)
    address = tidy(place.address)
    blank = {f.attname: f.get_default() for f in _columns(Case)}
    return blank | {
        "id": case_id,
        "number": number,
        "kind": prepared.kind,
        "channel": prepared.channel,
        "text": text,
        "answers": dict(prepared.answers),
        "folded": fold(f"{number} {address} {text}"),
        "show_name": prepared.show_name,
        "coarse": coarse,
        "address": address,
        "place_source": place.source,
        "lat": place.lat,
        "lng": place.lng,
        "cell": cells.cell_of(place.lat, place.lng),
        "ward_code": ward.code if ward else "",
    }


def _public(row: Mapping[str, Any], answer: str) -> publishing.PublicForm:
    return publishing.public_form(
        number=row["number"],
        text=row["text"],
        address=row["address"],
        lat=row["lat"],
        lng=row["lng"],
        coarse=row["coarse"],
        answer=answer,
    )


def _numbered(chunk: Sequence[PreparedCase], law: Law) -> Iterator[str]:
    """Return a number for each case: its own, or the next of its year."""
    prefix = city().number_prefix
    years = [c.at.astimezone(law.calendar.zone).year for c in chunk]
    free = {year: _reserve(year, chunk, years) for year in set(years)}
    for prepared, year in zip(chunk, years, strict=True):
        yield prepared.number or numbers.public_number(prefix, year, next(free[year]))


def _reserve(year: int, chunk: Sequence[PreparedCase], years: Sequence[int]) -> Iterator[int]:
    wanted = sum(1 for c, y in zip(chunk, years, strict=True) if y == year and not c.number)
    taken = [known[2] for c in chunk if (known := numbers.parse(c.number)) and known[1] == year]
    with connection.cursor() as cursor:
        if taken:
            # Numbers that came from elsewhere are never given out again.
            cursor.execute(
                "SELECT setval('cases_number_' || %s, greatest(cases_next_number(%s), %s))",
                [year, year, max(taken)],
            )
        cursor.execute("SELECT cases_next_number(%s) FROM generate_series(1, %s)", [year, wanted])
        return iter([count for (count,) in cursor.fetchall()])


def _copy(rows: _Rows, at: datetime) -> None:
    for table, found in (
        (Case, rows.cases),
        (CaseSeal, rows.seals),
        (Step, rows.steps),
        (CasePhoto, rows.photos),
    ):
        _copy_into(table, found)
    journal.record_many(rows.events)
    if rows.timers:
        clocks.set_timers(rows.timers, at=at)
    if rows.public:
        media.publish(rows.public, at=at)


def _copy_into(table: type[models.Model], rows: Iterable[tuple[Any, ...]]) -> None:
    names = ", ".join(f'"{f.column}"' for f in _columns(table))
    with (
        connection.cursor() as cursor,
        cursor.copy(f"COPY {table._meta.db_table} ({names}) FROM STDIN") as copy,
    ):
        for row in rows:
            copy.write_row(row)


def _columns(table: type[models.Model]) -> list[Any]:
    return list(table._meta.concrete_fields)


def _plain(value: Any) -> Any:
    return Jsonb(value) if isinstance(value, dict) else value


def _id_of(number: str, at: datetime) -> UUID:
    """Return the UUIDv7 of a prepared case: its opening in milliseconds, then bits that its number decides."""
    bits = int.from_bytes(sha256(number.encode()).digest()[:10])
    return UUID(
        int=int(at.timestamp() * 1000) << 80
        | 7 << 76
        | (bits >> 62 & 0xFFF) << 64
        | 2 << 62
        | bits & (1 << 62) - 1
    )
