"""Cases counted: for the tabs of a desk, for the map, for the public figures."""

from dataclasses import dataclass, field
from typing import NamedTuple
from uuid import UUID

from hues.engines.cases.rules.workflow import State
from hues.kit.text import Bilingual


@dataclass(frozen=True, kw_only=True, slots=True)
class Counts:
    """
    How many open cases stand where, for the tabs of a desk.

    `mine` are those at work that the asker has. Of those `overdue`, `unaccepted` are late with the operations centre
    and `answers_late` should be answered by now; what was given back may be both. `to_look_at` are those just received
    that need a look of their own.
    """

    by_state: dict[State, int] = field(default_factory=dict)
    overdue: int = 0
    unaccepted: int = 0
    answers_late: int = 0
    due_soon: int = 0
    extension_asked: int = 0
    mine: int = 0
    to_look_at: int = 0

    def of(self, *states: State) -> int:
        """Return how many stand in one of `states`."""
        return sum(self.by_state.get(state, 0) for state in states)


@dataclass(frozen=True, kw_only=True, slots=True)
class MapCell:
    """How many cases lie in a cell, and the middle of where they lie."""

    cell: int
    lat: float
    lng: float
    count: int


class MapPoint(NamedTuple):
    """One case on the map; of hundreds at once, hence the plainest of what is frozen."""

    number: str
    category: str
    state: State
    lat: float
    lng: float
    approximate: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class Tally:
    """
    Published cases of one group: a ward, an agency, a category or a month.

    `answered` = on_time + extended + late; `raw_seconds` went by, at night and on holidays too, from these reports to
    their answers. Of the reporters `spoke` (`confirmed`, `contested`, or neither) and `silent` as
    `narrowing.VERDICTS` has it; `rated` gave stars, `satisfied` 4 or 5 of them.
    """

    key: str
    opened: int
    answered: int
    on_time: int
    extended: int
    late: int
    reopened: int
    rated: int
    satisfied: int
    raw_seconds: int
    spoke: int
    confirmed: int
    contested: int
    silent: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Week:
    """How somebody stands as a week begins; `oldest` are whole days by the wall calendar."""

    open: int = 0
    late: int = 0
    soon: int = 0
    oldest: int = 0
    broken: int = 0

    def numbers(self) -> dict[str, int]:
        """Return the figures by name."""
        return {name: getattr(self, name) for name in ("open", "late", "soon", "oldest", "broken")}


@dataclass(frozen=True, kw_only=True, slots=True)
class Burden:
    """How many cases an agency has at work, and how many of them are late."""

    agency_id: UUID
    agency: Bilingual
    open: int
    late: int
