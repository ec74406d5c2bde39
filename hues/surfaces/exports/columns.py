"""The columns of a list as a file of its own."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from hues.kit.sheets import Column, SheetCell
from hues.surfaces.desks.columns import TITLES, codes


def columns() -> list[Column]:
    """Return the columns in the language that is active."""
    return [Column(title=str(title), width=width) for title, width in TITLES.values()]


def cells(rows: Iterable[Mapping[str, Any]], language: str) -> Iterator[list[SheetCell]]:
    """Yield the cells of each row in the order of the columns, in words where the row has a code for them."""
    spoken = codes(language)
    for row in rows:
        said = {name: words.get(row[name], row[name]) for name, words in spoken.items()}
        yield [{**row, **said}[name] for name in TITLES]
