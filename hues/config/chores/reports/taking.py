"""Take the reports of a file: what is new is written, batch by batch; everything else is told."""

import itertools
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from uuid import UUID

from django.db import transaction

from hues.config.chores.reports import mapping, reading
from hues.config.chores.reports.history import covered
from hues.config.chores.reports.mapping import BadMap, Plan
from hues.config.chores.reports.preparing import Prepared, prepare
from hues.config.chores.reports.reading import BadRow, Row
from hues.config.chores.reports.surveying import survey
from hues.engines.cases import queries as cases
from hues.engines.cases.actions import PreparedCase, import_cases, unfit
from hues.functions.field_reports import actions as reports
from hues.functions.field_reports import months
from hues.kernel.errors import Refusal
from hues.kernel.media import actions as media
from hues.kernel.turns import take_turn

BATCH = 500
MOST_NAMED = 60
TURN = "reports.import"
type Progress = Callable[[int], None]


@dataclass(kw_only=True, slots=True)
class Taken:
    """
    What an import did or would do; `wrong` holds a sentence per bad row, `unmapped` their values and how often,
    `cut` a sentence per what has no room, `counted` how often what else is not as it was,
    `unused` the columns that the map leaves out and how many cells of them are filled,
    `guessed` the categories that the city's words found, `covered` one per row of which contacts are not shown.
    """

    new: int = 0
    known: int = 0
    changed: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    covered: list[str] = field(default_factory=list)
    cut: list[str] = field(default_factory=list)
    counted: Counter[str] = field(default_factory=Counter)
    unmapped: dict[tuple[str, str], int] = field(default_factory=dict)
    unused: Mapping[str, int] = field(default_factory=dict)
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

    :raises BadMap: if the map can't be used, or asks for columns that the file lacks
    :raises Unreadable: if the file can't be read
    """
    plan = mapping.read(plan_file)
    unused = _checked(file, plan, plan_file)
    run = _Run(plan=plan, photos=photos, dry=dry_run, last=cases.last_counts(), at=at)
    touched = set[str]()
    for batch in itertools.batched(reading.rows(file), BATCH, strict=False):
        touched |= run.take(batch)
        progress(len(batch))
    for month in sorted(touched) if not dry_run else ():
        reports.recount(month, at=at)
    return replace(run.taken, unmapped=plan.unmapped, unused=unused, guessed=plan.guessed)


def _checked(file: Path, plan: Plan, plan_file: Path) -> Mapping[str, int]:
    """Return what of a file the map leaves out, and how often; what it asks for in vain is an error."""
    found = survey(file, itertools.chain.from_iterable(plan.columns.values()))
    if lacking := plan.lacking(found.lacks):
        asked = ", ".join(f"“{'”, “'.join(columns)}” ({name})" for name, columns in lacking.items())
        there = ", ".join(sorted(found.there)[:MOST_NAMED])
        raise BadMap(f"{plan_file.name}: {file.name} has no {asked}; it has {there}. What may be missing is optional.")
    return found.unused


@dataclass(frozen=True, kw_only=True, slots=True)
class _Ready:
    """What can be taken of a row."""

    row: int
    case: PreparedCase
    found: Prepared

    def told(self, words: str) -> str:
        """Return words about it that lead to its row."""
        return f"row {self.row}, {self.case.number}: {words}"


@dataclass(frozen=True, kw_only=True, slots=True)
class _Run:
    """One import; `last` is how far the city's own numbers went before it, `rows` which row each number stands in."""

    plan: Plan
    photos: Path | None
    dry: bool
    last: Mapping[int, int]
    at: datetime
    taken: Taken = field(default_factory=Taken)
    rows: dict[str, int] = field(default_factory=dict)

    def take(self, batch: Iterable[tuple[int, Row | BadRow]]) -> set[str]:
        """Take what is new in a batch, or in a dry run what would be; return the months of it."""
        ready = list(self._ready(batch))
        there = cases.kept_numbers([one.case.number for one in ready])
        here = [one.case for one in ready if one.case.number in there]
        self.taken.known += len(here)
        self.taken.changed += [one.number for one in here if there[one.number] != (one.text, one.at)]
        fresh = list(self._pictured(self._fitting([one for one in ready if one.case.number not in there])))
        new = len(fresh) if self.dry else _import([one.case for one in fresh], self.at)
        self.taken.new, self.taken.known = self.taken.new + new, self.taken.known + len(fresh) - new
        for one in fresh:
            self._tell(one)
        return _months(one.case for one in fresh)

    def _tell(self, one: _Ready) -> None:
        """Note what is not as it was in what is taken."""
        words, answer = covered(one.case)
        if words or answer:
            self.taken.covered.append(one.told(f"{words} in the text, {answer} in the answer"))
        self.taken.cut += map(one.told, one.found.cut)
        self.taken.counted.update(one.found.counted)

    def _ready(self, batch: Iterable[tuple[int, Row | BadRow]]) -> Iterator[_Ready]:
        """Yield what can be taken of a batch, and note what can't."""
        for number, row in batch:
            try:
                if isinstance(row, BadRow):
                    raise row
                found = prepare(row, self.plan, last=self.last, at=self.at)
                case = found.case
                if case.number in self.rows:
                    raise BadRow(f"number: {case.number} stands twice in the file")
                for name in found.pictures if self.photos else ():
                    _file(self.photos, name)
            except BadRow as wrong:
                self.taken.wrong.append(f"row {number}, {wrong}")
                continue
            self.rows[case.number] = number
            yield _Ready(row=number, case=case, found=found)

    def _fitting(self, fresh: Sequence[_Ready]) -> Iterator[_Ready]:
        """Yield what breaks no rule of ours: the others of a batch are not lost for one that does."""
        wrong = unfit([one.case for one in fresh], at=self.at)
        for place, one in enumerate(fresh):
            if place in wrong:
                self.taken.wrong.append(one.told(wrong[place]))
            else:
                yield one

    def _pictured(self, fresh: Iterable[_Ready]) -> Iterator[_Ready]:
        """Yield the same with their pictures stored, or in a dry run looked through."""
        for one in fresh:
            names = one.found.pictures if self.photos else ()
            try:
                photos = [stored for name in names for stored in self._picture(name)]
            except BadRow as wrong:
                self.taken.wrong.append(f"row {one.row}, {wrong}")
                continue
            yield replace(one, case=replace(one.case, photos=photos))

    def _picture(self, name: str) -> Iterator[UUID]:
        try:
            content = _file(self.photos, name).read_bytes()
            if self.dry:
                media.check_photo(content)
            else:
                yield media.store_photo(content, by=None, at=self.at).id
        except (Refusal, OSError) as refused:
            raise BadRow(f"photos: {name}: {refused}") from refused


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


def _file(photos: Path | None, name: str) -> Path:
    """Return the picture of that name in the folder, whatever path stands before it."""
    # A Mac spells its names of files decomposed, and an archive keeps them so.
    spelled = (unicodedata.normalize(form, Path(name).name) for form in ("NFC", "NFD"))
    for file in ((photos or Path()) / one for one in spelled):
        with suppress(OSError):  # too long a name
            if file.is_file() and not file.is_symlink():
                return file
    raise BadRow(f"photos: there is no {Path(name).name} in {photos}")
