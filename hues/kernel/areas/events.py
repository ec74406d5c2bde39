"""What the room of areas tells the journal."""

from dataclasses import dataclass
from typing import ClassVar

from hues.kernel.journal.events import Event


@dataclass(frozen=True, kw_only=True, slots=True)
class WardsLoaded(Event):
    """The city's own list of wards and former units was taken in."""

    name: ClassVar[str] = "areas.wards.loaded"
    wards: int


@dataclass(frozen=True, kw_only=True, slots=True)
class BoundaryChanged(Event):
    """`digest` is the SHA-256 of the boundary as it is stored."""

    name: ClassVar[str] = "areas.boundary.changed"
    code: str
    approximate: bool
    digest: str
