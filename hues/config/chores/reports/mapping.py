"""A map: which column of theirs is which field of ours, and which of their values means what."""

import tomllib
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from hues.config.chores.reports import reading
from hues.config.chores.reports.reading import BadRow, Row
from hues.engines.cases.rules.outcomes import ANSWERS, REFUSALS, UNDER_SEAL, Outcome
from hues.engines.cases.rules.workflow import State
from hues.kit.text import whole
from hues.kit.years import in_utc

FIELDS = ("number", "opened_at", "ended_at", "category", "text", "address", "lat", "lng", "state", "agency", "answer")
MORE = ("outcome", "photos")
NEEDED = ("number", "opened_at", "category", "text", "lat", "lng")
# What no column can say is left out: until when it was promised, of which it is a copy, to whom it went under the law.
ENDINGS: Mapping[str, frozenset[Outcome]] = {
    State.CLOSED: ANSWERS - UNDER_SEAL - {Outcome.PROMISED},
    State.REFUSED: REFUSALS - {Outcome.DUPLICATE},
}
STATES = ("received", "assigned", "in_progress", "closed", "refused")
OUTCOMES = sorted(ENDINGS[State.CLOSED] | ENDINGS[State.REFUSED])
ANY = "*"


class BadMap(ValueError):
    """The map itself can't be used."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Plan:
    """
    A map as it was read. `values` holds, for category, state, agency and outcome, their value → ours.

    With `keywords` the city's own list of words finds the category of what the map lacks; `guessed` counts which.
    The columns of `optional` may be missing.
    """

    columns: Mapping[str, Sequence[str]]
    values: Mapping[str, Mapping[str, str]]
    zone: ZoneInfo
    formats: Sequence[str] = ()
    prefix: str = ""
    outside: bool = False
    keywords: bool = False
    optional: Sequence[str] = ()
    guessed: dict[str, int] = field(default_factory=dict)
    unmapped: dict[tuple[str, str], int] = field(default_factory=dict)

    def lacking(self, lacks: Collection[str]) -> dict[str, list[str]]:
        """Return by field the columns that a file lacks and may not."""
        wrong = set(lacks) - set(self.optional)
        found = {name: [one for one in columns if one in wrong] for name, columns in self.columns.items()}
        return {name: columns for name, columns in found.items() if columns}

    def words(self, row: Row, name: str, join: str = " · ") -> str:
        """Return what a row says in the columns of a field."""
        found = [reading.value(row, column) for column in self.columns.get(name, ())]
        return join.join(dict.fromkeys(word for word in found if word))

    def ours(self, row: Row, name: str) -> str:
        """Return our word for theirs, or "" where the map has none, which is then counted."""
        said = self.words(row, name, " / ")
        found = self.named(row, name) or self.values.get(name, {}).get(ANY, "")
        if not found and said:
            self.unmapped[name, said] = self.unmapped.get((name, said), 0) + 1
        return found

    def named(self, row: Row, name: str) -> str:
        """Return our word for theirs if the map names it, whatever it says of all others."""
        said, known = self.words(row, name, " / "), self.values.get(name, {})
        return known.get(said) or known.get(said.partition(" / ")[0], "")

    def instant(self, row: Row, name: str) -> datetime | None:
        """
        Return an instant; one without an offset is read on the clock of `zone`.

        :raises BadRow: if it is none
        """
        said = self.words(row, name)
        if not said:
            return None
        try:
            found = in_utc(self._read(said), self.zone)
        except ValueError:
            raise BadRow(f"{name}: “{said}” is no date and time") from None
        if found is None:
            raise BadRow(f"{name}: “{said}” is of no year between 2000 and 2100")
        return found

    def _read(self, said: str) -> datetime:
        for form in self.formats:
            try:
                return datetime.strptime(said, form)  # noqa: DTZ007 - made aware by whoever asks
            except ValueError:
                continue
        return datetime.fromisoformat(said)


def read(file: Path) -> Plan:
    """
    Read a map.

    :raises BadMap: if it is no TOML, names what we do not have, lacks what is needed, or holds what is none
    """
    try:
        return _plan(tomllib.loads(whole(file.read_text("utf-8"))))
    except RecursionError as wrong:
        raise BadMap(f"{file.name}: it is nested too deep") from wrong
    except ValueError as wrong:
        raise BadMap(f"{file.name}: {wrong}") from wrong


def _plan(said: dict[str, Any]) -> Plan:
    if unknown := sorted(set(said) - {*KINDS, *TABLES.values(), "columns"}):
        raise BadMap(f"there is no {', '.join(unknown)}; there are {', '.join((*KINDS, 'columns', *TABLES.values()))}")
    for name, (kind, what) in KINDS.items():
        if name in said and not (isinstance(said[name], kind) and (kind is not list or _are_words(said[name]))):
            raise BadMap(f"{name} must be {what}")
    if said.get("outside", "refuse") not in ("refuse", "keep"):
        raise BadMap('outside must be "refuse" or "keep"')
    values = {name: _table(said, table) for name, table in TABLES.items()}
    if wrong := sorted(set(values["state"].values()) - set(STATES)):
        raise BadMap(f"there is no state {', '.join(wrong)}; there are {', '.join(STATES)}")
    if wrong := sorted(set(values["outcome"].values()) - set(OUTCOMES)):
        raise BadMap(f"there is no outcome {', '.join(wrong)}; there are {', '.join(OUTCOMES)}")
    columns = _columns(said)
    if idle := [TABLES[name] for name, known in values.items() if set(known) - {ANY} and name not in columns]:
        raise BadMap(f"[columns] does not say where to find what [{'], ['.join(idle)}] is of")
    return Plan(
        columns=columns,
        values=values,
        zone=_zone(said.get("zone", "Asia/Ho_Chi_Minh")),
        formats=said.get("formats", ()),
        prefix=said.get("prefix", ""),
        outside=said.get("outside") == "keep",
        keywords=said.get("keywords", False),
        optional=[whole(column) for column in said.get("optional", ())],
    )


def _columns(said: dict[str, Any]) -> dict[str, list[str]]:
    given = said.get("columns", {})
    if not isinstance(given, dict):
        raise BadMap("[columns] must be a table")
    columns = {name: [column] if isinstance(column, str) else column for name, column in given.items()}
    if unknown := sorted(set(columns) - {*FIELDS, *MORE}):
        raise BadMap(f"there is no field {', '.join(unknown)}; there are {', '.join((*FIELDS, *MORE))}")
    if wrong := [name for name, named in columns.items() if not (isinstance(named, list) and _are_words(named))]:
        raise BadMap(f"[columns] must give {', '.join(wrong)} a name in quotes, or a list of such")
    needed = [name for name in NEEDED if name != "category" or not said.get("keywords", False)]
    if missing := [name for name in needed if not columns.get(name)]:
        raise BadMap(f"[columns] does not say where to find {', '.join(missing)}")
    return {name: [whole(column) for column in named] for name, named in columns.items()}


def _table(said: dict[str, Any], name: str) -> dict[str, str]:
    found = said.get(name, {})
    if not (isinstance(found, dict) and _are_words(found.values())):
        raise BadMap(f"[{name}] must be a table that gives each of their values a word of ours in quotes")
    return found


def _are_words(found: Iterable[Any]) -> bool:
    return all(isinstance(one, str) for one in found)


def _zone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise BadMap(f"there is no time zone “{name}”") from None


TABLES = {"category": "categories", "state": "states", "agency": "agencies", "outcome": "outcomes"}
KINDS: Mapping[str, tuple[type, str]] = {
    "zone": (str, "a name in quotes"),
    "prefix": (str, "letters in quotes"),
    "formats": (list, "a list of formats in quotes"),
    "outside": (str, '"refuse" or "keep"'),
    "keywords": (bool, "true or false"),
    "optional": (list, "a list of columns in quotes"),
}
