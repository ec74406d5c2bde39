"""What the room of letters tells the journal: never who wrote, for the sender may be a sealed reporter."""

from dataclasses import dataclass
from typing import ClassVar

from hues.kernel.journal.events import Event


@dataclass(frozen=True, kw_only=True, slots=True)
class LetterCame(Event):
    name: ClassVar[str] = "letters.letter.came"
    way: str


@dataclass(frozen=True, kw_only=True, slots=True)
class LetterWhole(Event):
    """Nothing of it is on its way any more."""

    name: ClassVar[str] = "letters.letter.whole"


@dataclass(frozen=True, kw_only=True, slots=True)
class LetterAnswered(Event):
    """The centre wrote to its sender; it waits as before."""

    name: ClassVar[str] = "letters.letter.answered"


@dataclass(frozen=True, kw_only=True, slots=True)
class LetterFiled(Event):
    """It became the report of that number, or joined it."""

    name: ClassVar[str] = "letters.letter.filed"
    number: str


@dataclass(frozen=True, kw_only=True, slots=True)
class LetterSetAside(Event):
    name: ClassVar[str] = "letters.letter.set_aside"
