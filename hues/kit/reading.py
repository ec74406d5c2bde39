"""Read what somebody sent as JSON or as a table, whatever it is."""

import csv
import io
import json
from typing import Any


class NotATable(ValueError):
    """What was sent cannot be read as a CSV file; `line` is that of a cell that is too long, or 0."""

    def __init__(self, line: int = 0) -> None:
        super().__init__(f"line {line}")
        self.line = line


def json_object(sent: bytes | str) -> dict[str, Any]:
    """Return the JSON object that was sent; what is none, or is nested beyond all reason, is empty."""
    try:
        found = json.loads(sent)
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


def csv_rows(text: str) -> tuple[frozenset[str], list[dict[str, str | None]]]:
    """
    Return the names of the columns and the rows of a CSV file; what has no name of its own is left out.

    :raises NotATable: if it is none, or one of its fields is beyond all reason
    """
    lines = csv.DictReader(io.StringIO(text.replace("\0", ""), newline=""))
    try:
        names = frozenset(lines.fieldnames or ())
        rows = [{name: value for name, value in row.items() if isinstance(name, str)} for row in lines]
    except csv.Error as wrong:
        raise NotATable(lines.reader.line_num if "field larger than" in str(wrong) else 0) from wrong
    return names, rows
