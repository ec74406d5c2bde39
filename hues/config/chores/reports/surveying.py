"""What a file has beside what a map asks of it, before anything is taken."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from hues.config.chores.reports import reading
from hues.config.chores.reports.reading import BadRow, Row

DEEPEST, MOST_ITEMS = 8, 10  # what lies deeper, or further on in a list, is counted as one


@dataclass(frozen=True, kw_only=True, slots=True)
class Survey:
    """Which columns are there, which of those asked for the file `lacks`, and how many cells of others are filled."""

    there: frozenset[str] = frozenset()
    lacks: frozenset[str] = frozenset()
    unused: Mapping[str, int] = field(default_factory=dict)


def survey(file: Path, columns: Iterable[str]) -> Survey:
    """
    Look through a file; of one without a row nothing is said.

    :raises Unreadable: if the file can't be read
    """
    asked = frozenset(columns)
    lacks, there, filled = set(asked), set[str](), Counter[str]()
    for _number, row in reading.rows(file):
        if isinstance(row, BadRow):
            continue
        lacks -= {name for name in lacks if _has(row, name)}
        for name, found in _leaves(row):
            there.add(name)
            filled[name] += found is not None and found != "" and name not in asked
    return Survey(there=frozenset(there), lacks=frozenset(lacks if there else ()), unused=+filled)


def _has(row: Row, name: str) -> bool:
    try:
        return not isinstance(reading.reached(row, name), Mapping | list)
    except LookupError:
        return False


def _leaves(row: Row) -> Iterator[tuple[str, Any]]:
    """Yield what a row holds with the name that a map would call it by."""
    waiting: list[tuple[str, Any, int]] = [(name, found, 1) for name, found in row.items()]
    while waiting:
        name, found, depth = waiting.pop()
        if not isinstance(found, Mapping | list) or depth == DEEPEST:
            yield name, found
        elif isinstance(found, Mapping):
            waiting += [(f"{name}.{part}", one, depth + 1) for part, one in found.items()]
        else:
            waiting += [(f"{name}.{min(n, MOST_ITEMS)}", one, depth + 1) for n, one in enumerate(found)]
