"""What the room of consent tells the journal."""

from dataclasses import dataclass
from typing import ClassVar

from hues.kernel.journal.events import Event


@dataclass(frozen=True, kw_only=True, slots=True)
class AccessNoted(Event):
    """
    The subject is the ledger's row, not the person.

    An entry for the case that was opened has the same instant and reader: a person here would give the reporter away.
    """

    name: ClassVar[str] = "consent.access.noted"


@dataclass(frozen=True, kw_only=True, slots=True)
class ConsentGiven(Event):
    name: ClassVar[str] = "consent.consent.given"
    purpose: str
    version: int


@dataclass(frozen=True, kw_only=True, slots=True)
class ConsentWithdrawn(Event):
    name: ClassVar[str] = "consent.consent.withdrawn"
    purpose: str


@dataclass(frozen=True, kw_only=True, slots=True)
class RowsForgotten(Event):
    name: ClassVar[str] = "consent.rows.forgotten"
    model: str
    rows: int
