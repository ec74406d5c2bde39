"""What the open door tells the journal."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar
from uuid import UUID

from hues.kernel.journal.events import Event


@dataclass(frozen=True, kw_only=True, slots=True)
class KeyIssued(Event):
    """The subject is the key, not the secret; who runs the program is in the table of keys alone."""

    name: ClassVar[str] = "open.key.issued"
    agency: UUID | None = None
    until: datetime | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class KeyRevoked(Event):
    """The subject is the key."""

    name: ClassVar[str] = "open.key.revoked"
