"""What stays of a case that has ended: the promise it made, and the chain it is part of if the trouble comes back."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from hues.engines.cases.rules.promises import Kept
from hues.engines.cases.rules.workflow import State
from hues.kit.text import Bilingual


@dataclass(frozen=True, kw_only=True, slots=True)
class Link:
    """One case of a chain."""

    number: str
    turn: int
    opened_at: datetime
    state: State
    outcome: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Chain:
    """
    The same trouble, back in the same place: this case is its `turn`th of `total`.

    `others` are the last ones this reader may open, newest first; `above` tells that it goes above the ward.
    """

    turn: int
    total: int
    above: bool
    others: tuple[Link, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class PromiseRow:
    """A promise in the public register."""

    number: str
    category_title: Bilingual
    icon: str
    agency_id: UUID | None
    agency: Bilingual
    address: str
    ward_code: str
    published_at: datetime
    promise_on: date
    shown_at: datetime | None
    standing: Kept


@dataclass(frozen=True, kw_only=True, slots=True)
class PromiseTally:
    """What became of an agency's promises: kept = proof by the promised day, late = proof after it."""

    agency_id: UUID
    agency: Bilingual
    open: int
    kept: int
    late: int
    broken: int

    @property
    def total(self) -> int:
        """Return how many promises that is."""
        return self.open + self.kept + self.late + self.broken
