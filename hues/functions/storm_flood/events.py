"""What the journal is told about river levels."""

from dataclasses import dataclass
from typing import ClassVar

from hues.kernel.journal.events import Event


@dataclass(frozen=True, kw_only=True, slots=True)
class ReadingEntered(Event):
    """Somebody entered the level of a gauge, in centimetres, as it was read at `read_at` (ISO 8601)."""

    name: ClassVar[str] = "storm_flood.reading.entered"
    gauge: str
    centimetres: int
    read_at: str


@dataclass(frozen=True, kw_only=True, slots=True)
class ReadingsImported(Event):
    """Somebody imported so many levels from a file."""

    name: ClassVar[str] = "storm_flood.readings.imported"
    rows: int
