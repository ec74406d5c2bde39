"""What was written about a thing."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from hues.kernel.journal.models import Entry


@dataclass(frozen=True, kw_only=True, slots=True)
class EntryCard:
    """One entry as it was written."""

    id: int
    event: str
    at: datetime
    by: UUID | None
    subject: UUID | None
    facts: dict[str, Any]


def entries_about(subject: UUID, *, limit: int = 500) -> Iterator[EntryCard]:
    """Return the entries about `subject`, oldest first; the caller has checked who asks."""
    found = Entry.objects.filter(subject=subject).order_by("id")[:limit]
    for row in found.values("id", "event", "at", "by", "subject", "facts"):
        yield EntryCard(**row)
