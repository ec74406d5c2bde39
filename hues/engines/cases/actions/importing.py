"""Many cases with their history at once: the same rules and entries as one by one, written with COPY."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import batched
from typing import Any

from django.db import connection, models, transaction

from hues.engines.cases.actions import showing
from hues.engines.cases.actions.folding import fold_map
from hues.engines.cases.actions.replaying import Context, PreparedCase, PreparedMove, Written, replay
from hues.engines.cases.models import Case, CasePhoto, CaseSeal, PastPromise, Step
from hues.engines.cases.queries import catalogue
from hues.engines.cases.queries.kept import number_prefix
from hues.engines.cases.rules import numbers
from hues.engines.cases.rules.facts import Law
from hues.kernel.areas import queries as areas
from hues.kernel.clocks import actions as clocks
from hues.kernel.errors import Invalid
from hues.kernel.journal import actions as journal
from hues.kernel.media import actions as media
from hues.kernel.people import queries as people

__all__ = ["ImportedCases", "PreparedCase", "PreparedMove", "import_cases", "unfit"]

CHUNK = 500
type Progress = Callable[[int], None]


@dataclass(frozen=True, kw_only=True, slots=True)
class ImportedCases:
    """How many cases and steps were written."""

    cases: int = 0
    steps: int = 0


@transaction.atomic
def import_cases(batch: Iterable[PreparedCase], *, at: datetime, progress: Progress | None = None) -> ImportedCases:
    """
    Write prepared cases as if every move had been made at its time; nobody is told.

    The same batch gives the same rows, ids included. Timers later than `at` are set for cases still open.
    `progress` is told after each chunk how many cases are written.

    :raises Invalid: if a move breaks a rule
    :raises LookupError: if the table of moves has no such move, or there is no such category
    """
    law, cases, steps = catalogue.law(), 0, 0
    kinds: set[str] = set()
    for chunk in batched(batch, CHUNK, strict=False):
        written = Written()
        for prepared, context in zip(chunk, _contexts(chunk, _numbered(chunk, law), law, at), strict=True):
            replay(prepared, context, written)
        _write(written, at)
        kinds |= {prepared.kind for prepared in chunk}
        cases, steps = cases + len(written.cases), steps + len(written.steps)
        if progress:
            progress(cases)
    fold_map()
    for kind in sorted(kinds):
        showing.show(kind, at=at)
    if cases >= CHUNK:
        _look_again()
    return ImportedCases(cases=cases, steps=steps)


def unfit(batch: Sequence[PreparedCase], *, at: datetime) -> dict[int, str]:
    """Return by place in the batch what keeps a case from being written, in words; nothing is written."""
    wrong = dict[int, str]()
    contexts = _contexts(batch, [prepared.number for prepared in batch], catalogue.law(), at)
    for place, (prepared, context) in enumerate(zip(batch, contexts, strict=True)):
        try:
            replay(prepared, context, Written())
        except (Invalid, LookupError) as breach:
            wrong[place] = str(breach)
    return wrong


def _contexts(chunk: Sequence[PreparedCase], named: Iterable[str], law: Law, at: datetime) -> Iterator[Context]:
    leaves = catalogue.by_code()
    names = people.names_of(c.reporter for c in chunk if c.show_name and c.reporter)
    wards = areas.wards_at([(c.place.lat, c.place.lng) for c in chunk])
    for prepared, number, ward in zip(chunk, named, wards, strict=True):
        name = names.get(prepared.reporter, "") if prepared.reporter else ""
        leaf = leaves[prepared.category]
        yield Context(law=law, leaf=leaf, number=number, ward_code=ward or "", name=name, at=at)


def _look_again() -> None:
    """Have the database learn what is there now: until it does by itself, it sorts the whole table for a page."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE cases_case, cases_step, cases_casephoto, cases_maptally")


def _numbered(chunk: Sequence[PreparedCase], law: Law) -> Iterator[str]:
    """Return a number for each case: its own, or the next of its year."""
    _pass_over(chunk)
    years = [c.at.astimezone(law.calendar.zone).year for c in chunk]
    wanted = Counter(year for c, year in zip(chunk, years, strict=True) if not c.number)
    free = {year: iter(_reserve(year, count)) for year, count in sorted(wanted.items())}
    for prepared, year in zip(chunk, years, strict=True):
        yield prepared.number or numbers.public_number(number_prefix(prepared.kind), year, next(free[year]))


def _pass_over(chunk: Sequence[PreparedCase]) -> None:
    """Have numbers that came from elsewhere never given out again, whichever year their report is of."""
    last = dict[int, int]()
    for prepared in chunk:
        found = numbers.parse(prepared.number) if prepared.number else None
        # Another system's numbers are none of ours, however much they look alike; nor are those that we never reach.
        if found and found[0] == number_prefix(prepared.kind) and found[2] <= numbers.MOST_COUNT:
            last[found[1]] = max(found[2], last.get(found[1], 0))
    with connection.cursor() as cursor:
        for year, count in sorted(last.items()):
            cursor.execute("SELECT cases_next_number(%s)", [year])
            furthest = max(count, *cursor.fetchone())
            cursor.execute("SELECT setval(('cases_number_' || %s)::regclass, %s)", [year, furthest])


def _reserve(year: int, count: int) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT cases_next_number(%s) FROM generate_series(1, %s)", [year, count])
        return [number for (number,) in cursor.fetchall()]


def _write(written: Written, at: datetime) -> None:
    _copy(Case, written.cases)
    _copy(CaseSeal, written.seals)
    _copy(Step, written.steps)
    _copy(CasePhoto, written.photos)
    _copy(PastPromise, written.promises)
    journal.record_many(written.events)
    if written.timers:
        clocks.set_timers(written.timers, at=at)
    if written.public_photos:
        media.publish(written.public_photos, at=at)


def _copy(table: type[models.Model], rows: Iterable[tuple[Any, ...]]) -> None:
    names = ", ".join(f'"{f.column}"' for f in table._meta.concrete_fields)
    with (
        connection.cursor() as cursor,
        cursor.copy(f"COPY {table._meta.db_table} ({names}) FROM STDIN") as copy,
    ):
        for row in rows:
            copy.write_row(row)
