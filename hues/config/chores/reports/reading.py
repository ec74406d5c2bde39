"""Rows of a file of reports: CSV, JSON or JSON lines, nested fields reached by dots."""

import csv
import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from hues.kit.text import whole

LISTS = ("results", "features", "data", "service_requests", "requests")  # where exports keep their rows
DELIMITERS = (",", ";", "\t")
type Row = Mapping[str, Any]


class Unreadable(ValueError):
    """The file as a whole can't be read."""


class BadRow(ValueError):
    """One row can't be taken; the sentence says why."""


def rows(file: Path) -> Iterator[tuple[int, Row | BadRow]]:
    """
    Yield each row with its number, the first being 1, or why it is none.

    :raises Unreadable: if the file is neither CSV nor JSON, or not UTF-8
    """
    try:
        if file.suffix.lower() in (".csv", ".tsv"):
            yield from enumerate(_csv(file), start=1)
        elif file.suffix.lower() in (".jsonl", ".ndjson"):
            with file.open(encoding="utf-8-sig") as lines:
                yield from enumerate((_line(line) for line in lines if line.strip()), start=1)
        else:
            yield from enumerate(_listed(_json(file.read_text("utf-8-sig"))), start=1)
    except UnicodeDecodeError as wrong:
        raise Unreadable(f"{file.name} is not UTF-8: {wrong}") from wrong
    except RecursionError as wrong:
        raise Unreadable(f"{file.name} can't be read: it is nested too deep") from wrong
    except (ValueError, csv.Error) as wrong:
        raise Unreadable(f"{file.name} can't be read: {wrong}") from wrong


def value(row: Row, name: str) -> str:
    """Return the words under a name such as `location.coordinates.1`, composed (NFC); "" where there are none."""
    try:
        found = reached(row, name)
    except LookupError:
        return ""
    return "" if found is None or isinstance(found, Mapping | list) else whole(str(found))


def reached(row: Row, name: str) -> Any:
    """
    Return what stands under a name.

    :raises LookupError: if the row has nothing of that name
    """
    if name in row:
        return row[name]
    found: Any = row
    for part in name.split("."):
        if isinstance(found, Mapping):
            found = found[part]
        elif isinstance(found, list) and part.isdecimal():
            found = found[int(part)]
        else:
            raise LookupError(name)
    return found


def _csv(file: Path) -> Iterator[Row | BadRow]:
    with file.open(encoding="utf-8-sig", newline="") as lines:
        delimiter = _delimiter(lines.readline(), usual="\t" if file.suffix.lower() == ".tsv" else ",")
        lines.seek(0)
        cells = csv.DictReader(lines, delimiter=delimiter)
        cells.fieldnames = list(_named(cells.fieldnames or ()))
        for row in cells:
            # Beyond the names, under None: words with a comma that nobody quoted have moved all cells behind them.
            yield BadRow("it has more cells than the first row") if None in row else row


def _delimiter(head: str, *, usual: str) -> str:
    """Return what divides the first row into the most cells: where the comma divides numbers, spreadsheets write ;."""
    return max((usual, *DELIMITERS), key=lambda one: len(next(csv.reader([head], delimiter=one), ())))


def _named(head: Iterable[str]) -> Iterator[str]:
    """Yield the names of columns; one that has none or that of another gets one of its own, so that none is lost."""
    seen = Counter[str]()
    for place, cell in enumerate(head, start=1):
        name = whole(cell) or f"column {place}"
        seen[name] += 1
        yield name if seen[name] == 1 else f"{name} ({seen[name]})"


def _line(line: str) -> Row | BadRow:
    try:
        return _row(_json(line))
    except RecursionError:
        return BadRow("it is nested too deep")
    except ValueError as wrong:
        return BadRow(f"it is no JSON: {wrong}")


def _json(text: str) -> Any:
    return json.loads(text, object_pairs_hook=_composed)


def _composed(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    return {whole(name): found for name, found in pairs}


def _listed(found: Any) -> Iterator[Row | BadRow]:
    if isinstance(found, Mapping):
        found = next((found[name] for name in LISTS if isinstance(found.get(name), list)), None)
    if not isinstance(found, list):
        raise Unreadable(f"There is no list of reports in it (a list, or one under {', '.join(LISTS)}).")
    yield from map(_row, found)


def _row(found: Any) -> Row | BadRow:
    return found if isinstance(found, Mapping) else BadRow("it is no object with names and values")
