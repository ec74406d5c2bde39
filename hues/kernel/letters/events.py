"""What the room of letters tells the journal: never who wrote, for the sender may be a sealed reporter."""

from dataclasses import dataclass
from typing import ClassVar

from hues.kernel.journal.events import Event


@dataclass(frozen=True, kw_only=True, slots=True)
class LetterCame(Event):
    name: ClassVar[str] = "letters.letter.came"
    way: str
