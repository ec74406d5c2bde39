"""One list, written to a file beside where it will lie: whole, or it is no file."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any, Final
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.files.base import File
from django.core.files.storage import default_storage
from django.http import QueryDict
from django.utils import translation
from django.utils.module_loading import import_string

from hues.kernel.people.asker import Asker
from hues.kernel.registry import rooms
from hues.kit.sheets import write_sheet
from hues.kit.tables import Cell, csv_lines, geojson
from hues.surfaces.desks.desk import Desk
from hues.surfaces.desks.queue import Shown, read_shown
from hues.surfaces.exports.columns import cells, columns

KINDS: Final = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
    "geojson": "application/geo+json; charset=utf-8",
}
MOST_ROWS: Final = 100_000
FOLDER: Final = "exports"
EACH: Final = 500  # rows between two words of how far it is

type Row = dict[str, Any]
type Tell = Callable[[int], None]


class Stop(Exception):
    """Nobody wants the file any more, or another worker writes it."""


def desk_of(space: str) -> Desk:
    """Return the desk whose lists are asked for under that name."""
    named = (getattr(room, "case_desk", "") for room in rooms())
    found: Iterator[Desk] = (import_string(name) for name in named if name)
    return next(desk for desk in found if desk.space == space)


def shown_of(desk: Desk, query: str) -> Shown:
    """Return the part of a queue that an address spoke of."""
    return read_shown(QueryDict(query.removeprefix("?")), desk.sections)


def write(
    desk: Desk, asker: Asker, shown: Shown, *, kind: str, language: str, to: str, tell: Tell, at: datetime
) -> int:
    """
    Write a part of a queue under a name of the storage and return how many bytes it has; `tell` hears of each step.

    The name is there with all its bytes or not at all, whenever the worker dies; what it leaves then is its draft.
    """
    draft = draft_of(to) / f"list.{kind}"
    draft.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with translation.override(language), _without(draft.parent):
        rows = _counted(desk.rows(asker, shown, language, at), tell)
        zone = ZoneInfo(settings.TIME_ZONE)
        if kind == "xlsx":
            write_sheet(draft, columns(), cells(rows, language), name=str(desk.title), zone=zone)
        else:
            with draft.open("w", encoding="utf-8", newline="") as out:
                out.writelines(_pieces(rows, kind, language, zone))
        with draft.open("rb") as whole:
            default_storage.save(to, File(whole))
        return draft.stat().st_size


def draft_of(name: str) -> Path:
    """Return the folder of this machine in which a file is written before it lies in the storage under its name."""
    return Path(settings.HUES.home) / FOLDER / Path(name).stem


def drop_draft(name: str) -> None:
    """Delete what a worker that died has left of a file."""
    shutil.rmtree(draft_of(name), ignore_errors=True)


@contextmanager
def _without(folder: Path) -> Iterator[None]:
    try:
        yield
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _counted(rows: Iterator[Row], tell: Tell) -> Iterator[Row]:
    done = 0
    for row in rows:
        if done == MOST_ROWS:
            break
        yield row
        done += 1
        if done % EACH == 0:
            tell(done)
    tell(done)


def _pieces(rows: Iterator[Row], kind: str, language: str, zone: ZoneInfo) -> Iterator[str]:
    """Yield a file of text: points with the names that programs know, or a table with words for people."""
    if kind == "geojson":
        return geojson({name: _plain(cell, zone) for name, cell in row.items()} for row in rows)
    heads = [column.title for column in columns()]
    return csv_lines(heads, ([_plain(cell, zone) for cell in line] for line in cells(rows, language)))


def _plain(cell: Any, zone: ZoneInfo) -> Cell:
    return cell.astimezone(zone).isoformat(timespec="seconds") if isinstance(cell, datetime) else cell
