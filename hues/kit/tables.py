"""Tables as files: that any spreadsheet opens and none runs, or as points on a map."""

import csv
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence

# What a formula begins with, in wide letters too, and what may stand unseen before one.
FORMULA = (*"=+-@＝＋－＠", *"\t\r\n ", "\u00a0", "\ufeff")
ENOUGH = 200  # pieces
MARK = "\ufeff"  # by which spreadsheets know UTF-8

type Cell = str | float | int | None


class _Echo:
    """What the CSV writer takes for a file: each row comes straight back."""

    def write(self, words: str) -> str:
        """Return what was to be written."""
        return words


def csv_lines(columns: Sequence[str], rows: Iterable[Sequence[Cell]]) -> Iterator[str]:
    """Yield the lines of a CSV file, a few rows held at a time."""
    return gathered(_lines(columns, rows))


def _lines(columns: Sequence[str], rows: Iterable[Sequence[Cell]]) -> Iterator[str]:
    out = csv.writer(_Echo())
    yield MARK + str(out.writerow(columns))
    for row in rows:
        yield str(out.writerow([harmless(cell) for cell in row]))


def gathered(pieces: Iterable[str]) -> Iterator[str]:
    """Yield the same text in fewer pieces, since each costs as much to send as a long one."""
    held: list[str] = []
    for piece in pieces:
        held.append(piece)
        if len(held) == ENOUGH:
            yield "".join(held)
            held.clear()
    yield "".join(held)


def geojson(rows: Iterable[Mapping[str, Cell]]) -> Iterator[str]:
    """Yield the pieces of one collection of points, a few rows held at a time; `lat` and `lng` of a row say where."""
    return gathered(_features(rows))


def _features(rows: Iterable[Mapping[str, Cell]]) -> Iterator[str]:
    before = ""
    yield '{"type":"FeatureCollection","features":['
    for row in rows:
        facts = {name: cell for name, cell in row.items() if name not in ("lat", "lng")}
        point = {"type": "Point", "coordinates": [row["lng"], row["lat"]]}
        feature = {"type": "Feature", "geometry": point, "properties": facts}
        yield before + json.dumps(feature, ensure_ascii=False, separators=(",", ":"))
        before = ",\n"
    yield "]}"


def read_back(words: str) -> str:
    """Return what stood in a cell before `harmless` put an apostrophe to it."""
    return words[1:] if words.startswith("'") and _is_formula(words) else words


def harmless(value: Cell) -> Cell:
    """Return a cell that no spreadsheet runs: words that begin like a formula, also behind apostrophes, get one."""
    return f"'{value}" if isinstance(value, str) and _is_formula(value) else value


def _is_formula(words: str) -> bool:
    return words.lstrip("'").startswith(FORMULA)
