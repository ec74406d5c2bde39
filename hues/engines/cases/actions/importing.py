"""Many cases with their history at once: the same rules and entries as one by one, written with COPY."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import batched
from typing import Any

from django.db import connection, models, transaction

from hues.engines.cases.actions import showing
from hues.engines.cases.actions.folding import fold_map
from hues.engines.cases.actions.replaying import Context, PreparedCase, PreparedMove, Written, replay
from hues.engines.cases.models import Case, CasePhoto, CaseSeal, Step
from hues.engines.cases.queries import catalogue
from hues.engines.cases.rules import numbers
from hues.engines.cases.rules.facts import Law
from hues.kernel.areas import queries as areas
from hues.kernel.city import city
from hues.kernel.clocks import actions as clocks
from hues.kernel.journal import actions as journal
from hues.kernel.media import actions as media
from hues.kernel.people import queries as people

__all__ = ["ImportedCases", "PreparedCase", "PreparedMove", "import_cases"]

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
    law, leaves, cases, steps = catalogue.law(), catalogue.by_code(), 0, 0
    kinds: set[str] = set()
    for chunk in batched(batch, CHUNK, strict=False):
        written = Written()
        names = people.names_of(c.reporter for c in chunk if c.show_name and c.reporter)
        wards = areas.wards_at([(c.place.lat, c.place.lng) for c in chunk])
        for prepared, number, ward in zip(chunk, _numbered(chunk, law), wards, strict=True):
            context = Context(
                law=law,
                leaf=leaves[prepared.category],
                number=number,
                ward_code=ward or "",
                name=names.get(prepared.reporter, "") if prepared.reporter else "",
                at=at,
            )
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


def _look_again() -> None:
    """Have the database learn what is there now: until it does by itself, it sorts the whole table for a page."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE cases_case, cases_step, cases_casephoto, cases_maptally")


def _numbered(chunk: Sequence[PreparedCase], law: Law) -> Iterator[str]:
    """Return a number for each case: its own, or the next of its year."""
    years = [c.at.astimezone(law.calendar.zone).year for c in chunk]
    free = {year: iter(_reserve(year, chunk, years)) for year in sorted(set(years))}
    for prepared, year in zip(chunk, years, strict=True):
        yield prepared.number or numbers.public_number(_prefix(prepared), year, next(free[year]))


def _prefix(prepared: PreparedCase) -> str:
    declared = catalogue.case_type(prepared.kind)
    return (declared.prefix if declared else "") or city().number_prefix


def _reserve(year: int, chunk: Sequence[PreparedCase], years: Sequence[int]) -> list[int]:
    wanted = sum(1 for c, y in zip(chunk, years, strict=True) if y == year and not c.number)
    # Another system's numbers are none of ours, however much they look alike.
    known = [(c, numbers.parse(c.number)) for c in chunk if c.number]
    taken = [found[2] for c, found in known if found and found[:2] == (_prefix(c), year)]
    with connection.cursor() as cursor:
        if taken:
            # Numbers that came from elsewhere are never given out again.
            cursor.execute("SELECT cases_next_number(%s)", [year])
            last = max(*taken, *cursor.fetchone())
            cursor.execute("SELECT setval(('cases_number_' || %s)::regclass, %s)", [year, last])
        cursor.execute("SELECT cases_next_number(%s) FROM generate_series(1, %s)", [year, wanted])
        return [count for (count,) in cursor.fetchall()]


def _write(written: Written, at: datetime) -> None:
    _copy(Case, written.cases)
    _copy(CaseSeal, written.seals)
    _copy(Step, written.steps)
    _copy(CasePhoto, written.photos)
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
