"""Take the reports of a file: what is new is written, batch by batch; everything else is told."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from itertools import batched
from pathlib import Path
from uuid import UUID

from django.db import transaction

from hues.config.chores.reports import mapping, reading
from hues.config.chores.reports.mapping import BadRow, Plan
from hues.config.chores.reports.preparing import covered, pictures_of, prepare
from hues.config.chores.reports.reading import Row
from hues.engines.cases import queries as cases
from hues.engines.cases.actions import PreparedCase, import_cases
from hues.functions.field_reports import actions as reports
from hues.functions.field_reports import months
from hues.kernel.errors import Refusal
from hues.kernel.media import actions as media
from hues.kernel.turns import take_turn

BATCH = 500
TURN = "reports.import"
type Progress = Callable[[int], None]


@dataclass(kw_only=True, slots=True)
class Taken:
    """
    What an import did or would do; `wrong` holds a sentence per bad row, `unmapped` their values and how often,
    `guessed` the categories that the city's words found, `covered` one per row of which contacts are not shown.
    """

    new: int = 0
    known: int = 0
    changed: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    covered: list[str] = field(default_factory=list)
    unmapped: dict[tuple[str, str], int] = field(default_factory=dict)
    guessed: dict[str, int] = field(default_factory=dict)


def take(
    file: Path,
    plan_file: Path,
    *,
    photos: Path | None = None,
    dry_run: bool = False,
    at: datetime,
    progress: Progress = lambda rows: None,
) -> Taken:
    """
    Take what is new in a file of reports; a number that is here already is left as it is, and told if it differs.

    :raises BadMap: if the map can't be used
    :raises Unreadable: if the file can't be read
    """
    plan = mapping.read(plan_file)
    taken, rows, touched = Taken(unmapped=plan.unmapped, guessed=plan.guessed), dict[str, int](), set[str]()
    for batch in batched(reading.rows(file), BATCH, strict=False):
        ready = list(_ready(batch, plan, taken, rows, photos, at=at))
        fresh = _take_batch(ready, taken, photos, dry_run=dry_run, at=at)
        taken.covered += [said for one in fresh if (said := _covered(one, rows[one.number]))]
        touched |= _months(fresh)
        progress(len(batch))
    for month in sorted(touched) if not dry_run else ():
        reports.recount(month, at=at)
    return taken


def _ready(
    batch: Iterable[tuple[int, Row]],
    plan: Plan,
    taken: Taken,
    rows: dict[str, int],
    photos: Path | None,
    *,
    at: datetime,
) -> Iterator[tuple[PreparedCase, list[str]]]:
    """Yield what can be taken of a batch with the names of its pictures; note what can't, and in `rows` its row."""
    for number, row in batch:
        try:
            one, names = prepare(row, plan, at=at), pictures_of(row, plan) if photos else []
            if one.number in rows:
                raise BadRow(f"number: {one.number} stands twice in the file")
            for name in names:
                _file(photos, name)
        except BadRow as wrong:
            taken.wrong.append(f"row {number}, {wrong}")
            continue
        rows[one.number] = number
        yield one, names


def _covered(one: PreparedCase, row: int) -> str:
    words, answer = covered(one)
    return f"row {row}, {one.number}: {words} in the text, {answer} in the answer" if words or answer else ""


def _take_batch(
    ready: Sequence[tuple[PreparedCase, list[str]]], taken: Taken, photos: Path | None, *, dry_run: bool, at: datetime
) -> list[PreparedCase]:
    """Take what is not here yet, and return it."""
    there = cases.kept_numbers([one.number for one, _names in ready])
    taken.known += len(there)
    here = [one for one, _names in ready if one.number in there]
    taken.changed += [one.number for one in here if there[one.number] != (one.text, one.at)]
    fresh = [(one, names) for one, names in ready if one.number not in there]
    if dry_run:
        taken.new += len(fresh)
        return [one for one, _names in fresh]
    prepared = []
    for one, names in fresh:
        try:
            prepared.append(replace(one, photos=_stored(photos, names, at)) if names else one)
        except BadRow as wrong:
            taken.wrong.append(f"{one.number}, {wrong}")
    try:
        new = _import(prepared, at)
        taken.new, taken.known = taken.new + new, taken.known + len(prepared) - new
    except (Refusal, LookupError):
        # One of them breaks a rule of ours: taken one by one, the others are not lost.
        for one in prepared:
            _take_one(one, taken, at=at)
    return prepared


def _take_one(one: PreparedCase, taken: Taken, *, at: datetime) -> None:
    try:
        new = _import([one], at)
        taken.new, taken.known = taken.new + new, taken.known + 1 - new
    except (Refusal, LookupError) as wrong:
        taken.wrong.append(f"{one.number}, {wrong}")


@transaction.atomic
def _import(prepared: Sequence[PreparedCase], at: datetime) -> int:
    """
    Write reports and take over their pictures, or neither: what nobody took over is forgotten by itself.

    Return how many: what another import wrote while this one read its file is here already.
    """
    take_turn(TURN)
    meanwhile = cases.kept_numbers([one.number for one in prepared])
    prepared = [one for one in prepared if one.number not in meanwhile]
    for one in (one for one in prepared if one.photos):
        media.attach(one.photos, by=None, at=at)
    for month in sorted(_months(prepared)):  # should this run be killed before it counts them itself
        reports.recount_soon(month, at=at)
    return import_cases(prepared, at=at).cases


def _months(some: Iterable[PreparedCase]) -> set[str]:
    return {months.month_of(one.at) for one in some}


def _stored(photos: Path | None, names: Sequence[str], at: datetime) -> list[UUID]:
    found = []
    for name in names:
        try:
            found.append(media.store_photo(_file(photos, name).read_bytes(), by=None, at=at).id)
        except Refusal as refused:
            raise BadRow(f"photos: {name}: {refused}") from refused
    return found


def _file(photos: Path | None, name: str) -> Path:
    """Return the picture of that name in the folder, whatever path stands before it."""
    file = (photos or Path()) / Path(name).name
    if file.is_symlink() or not file.is_file():
        raise BadRow(f"photos: there is no {Path(name).name} in {photos}")
    return file
