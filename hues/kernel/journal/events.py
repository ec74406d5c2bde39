"""The shape of what the journal is told."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar
from uuid import UUID


@dataclass(frozen=True, kw_only=True, slots=True)
class Event:
    """
    Something that happened, named `engine.noun.verb` in the past tense.

    Holds ids, codes, numbers and instants only: free text and names would outlive an erasure.
    `by` is the person who did it (None: the city itself), `subject` what it was done to.
    """

    name: ClassVar[str]
    priority: ClassVar[int] = 0  # what follows from an event with more runs before all that waits
    at: datetime
    by: UUID | None = None
    subject: UUID | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class JobsPutBack(Event):
    """Somebody let jobs run again that had been given up; `by` None: at the command line."""

    name: ClassVar[str] = "journal.jobs.put_back"
    number: int
