"""Rows of a file of reports: CSV, JSON or JSON lines, nested fields reached by dots."""

import csv
import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

LISTS = ("results", "features", "data", "service_requests", "requests")  # where exports keep their rows
type Row = Mapping[str, Any]


class Unreadable(ValueError):
    """The file as a whole can't be read."""


def rows(file: Path) -> Iterator[tuple[int, Row]]:
    """
    Yield each row with its number, the first being 1.

    :raises Unreadable: if it is neither CSV nor JSON, or not UTF-8
    """
    try:
        if file.suffix.lower() in (".csv", ".tsv"):
            yield from _csv(file)
        elif file.suffix.lower() in (".jsonl", ".ndjson"):
            with file.open(encoding="utf-8-sig") as lines:
                yield from enumerate((json.loads(line) for line in lines if line.strip()), start=1)
        else:
            yield from enumerate(_listed(json.loads(file.read_text("utf-8-sig"))), start=1)
    except UnicodeDecodeError as wrong:
        raise Unreadable(f"{file.name} is not UTF-8: {wrong}") from wrong
    except (json.JSONDecodeError, csv.Error) as wrong:
        raise Unreadable(f"{file.name} can't be read: {wrong}") from wrong


def value(row: Row, name: str) -> str:
    """Return the words under a name such as `location.coordinates.1`; "" where there are none."""
    if name in row:
        return _words(row[name])
    found: Any = row
    for part in name.split("."):
        if isinstance(found, Mapping):
            found = found.get(part)
        elif isinstance(found, list) and part.isdigit() and int(part) < len(found):
            found = found[int(part)]
        else:
            return ""
    return _words(found)


def _csv(file: Path) -> Iterator[tuple[int, Row]]:
    with file.open(encoding="utf-8-sig", newline="") as lines:
        yield from enumerate(csv.DictReader(lines, delimiter="\t" if file.suffix.lower() == ".tsv" else ","), start=1)


def _listed(found: Any) -> list[Row]:
    if isinstance(found, Mapping):
        found = next((found[name] for name in LISTS if isinstance(found.get(name), list)), None)
    if not isinstance(found, list):
        raise Unreadable(f"There is no list of reports in it (a list, or one under {', '.join(LISTS)}).")
    return [one if isinstance(one, Mapping) else {} for one in found]


def _words(found: Any) -> str:
    return "" if found is None or isinstance(found, Mapping | list) else str(found).strip()
