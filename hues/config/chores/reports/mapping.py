"""A map: which column of theirs is which field of ours, and which of their values means what."""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from hues.config.chores.reports import reading
from hues.config.chores.reports.reading import Row
from hues.kit.years import in_utc

FIELDS = ("number", "opened_at", "ended_at", "category", "text", "address", "lat", "lng", "state", "agency", "answer")
MORE = ("outcome", "photos")
NEEDED = ("number", "opened_at", "category", "text", "lat", "lng")
STATES = ("received", "assigned", "in_progress", "closed", "refused")
ANY = "*"


class BadMap(ValueError):
    """The map itself can't be used."""


class BadRow(ValueError):
    """One row can't be taken; the sentence says why."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Plan:
    """
    A map as it was read. `values` holds, for category, state, agency and outcome, their value → ours.

    With `keywords` the city's own list of words finds the category of what the map lacks; `guessed` counts which.
    """

    columns: Mapping[str, Sequence[str]]
    values: Mapping[str, Mapping[str, str]]
    zone: ZoneInfo
    formats: Sequence[str] = ()
    prefix: str = ""
    outside: bool = False
    keywords: bool = False
    guessed: dict[str, int] = field(default_factory=dict)
    unmapped: dict[tuple[str, str], int] = field(default_factory=dict)

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

    :raises BadMap: if it is no TOML, names fields that we do not have, or lacks one that is needed
    """
    try:
        said: dict[str, Any] = tomllib.loads(file.read_text("utf-8"))
        zone = ZoneInfo(said.get("zone", "Asia/Ho_Chi_Minh"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, ZoneInfoNotFoundError, ValueError) as wrong:
        raise BadMap(f"{file.name}: {wrong}") from wrong
    given = said.get("columns", {})
    columns = {name: [column] if isinstance(column, str) else list(column) for name, column in given.items()}
    if unknown := sorted(set(columns) - {*FIELDS, *MORE}):
        raise BadMap(f"{file.name}: there is no field {', '.join(unknown)}; there are {', '.join((*FIELDS, *MORE))}")
    needed = [name for name in NEEDED if name != "category" or said.get("keywords") is not True]
    if missing := [name for name in needed if name not in columns]:
        raise BadMap(f"{file.name}: [columns] does not say where to find {', '.join(missing)}")
    values = {name: dict(said.get(table, {})) for name, table in TABLES.items()}
    if wrong_states := sorted(set(values["state"].values()) - set(STATES)):
        raise BadMap(f"{file.name}: there is no state {', '.join(wrong_states)}; there are {', '.join(STATES)}")
    return Plan(
        columns=columns,
        values=values,
        zone=zone,
        formats=said.get("formats", ()),
        prefix=said.get("prefix", ""),
        outside=said.get("outside", "refuse") == "keep",
        keywords=said.get("keywords") is True,
    )


TABLES = {"category": "categories", "state": "states", "agency": "agencies", "outcome": "outcomes"}
