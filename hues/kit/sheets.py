"""A table as a spreadsheet (XLSX), written row by row: however long it is, one row is held at a time."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, tzinfo
from pathlib import Path
from typing import Any

import xlsxwriter

from hues.kit.tables import Cell, harmless

LONGEST = 32_767  # characters that a cell can hold
MORE = "…"
WIDTH = 16  # of a column, in characters

type SheetCell = Cell | datetime


@dataclass(frozen=True, kw_only=True, slots=True)
class Column:
    """A column: what stands above it, and how many characters wide it is drawn."""

    title: str
    width: int = WIDTH


def write_sheet(
    where: Path, columns: Sequence[Column], rows: Iterable[Sequence[SheetCell]], *, name: str, zone: tzinfo
) -> None:
    """Write `rows` below the titles of `columns`; numbers and instants, in `zone`, stay such, and words run nowhere."""
    options = {"constant_memory": True, "tmpdir": str(where.parent)}
    book = xlsxwriter.Workbook(str(where), options)
    sheet = book.add_worksheet(name[:31])
    head = book.add_format({"bold": True, "bottom": 1})
    moment = book.add_format({"num_format": "dd/mm/yyyy hh:mm"})
    for place, column in enumerate(columns):
        sheet.set_column(place, place, column.width)
        sheet.write_string(0, place, column.title, head)
    last = 0
    for last, row in enumerate(rows, 1):
        for place, cell in enumerate(row):
            _write(sheet, (last, place), cell, moment, zone)
    sheet.freeze_panes(1, 1)
    sheet.autofilter(0, 0, last, len(columns) - 1)
    # Not by `with`, which would put the file together although its rows ended in the middle.
    book.close()


def _write(sheet: Any, place: tuple[int, int], cell: SheetCell, moment: Any, zone: tzinfo) -> None:
    if cell is None or cell == "":
        return
    if isinstance(cell, datetime):
        sheet.write_datetime(*place, cell.astimezone(zone).replace(tzinfo=None, microsecond=0), moment)
    elif isinstance(cell, str):
        sheet.write_string(*place, _fitting(str(harmless(cell))))
    else:
        sheet.write_number(*place, cell)


def _fitting(words: str) -> str:
    return words if len(words) <= LONGEST else words[: LONGEST - len(MORE)] + MORE
