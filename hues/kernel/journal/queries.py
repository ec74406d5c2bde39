"""What was written about a thing."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from hues.kernel.journal.models import Entry, Seal
from hues.kernel.journal.sealing import digest_of
from hues.kernel.statements import composed


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


@dataclass(frozen=True, kw_only=True, slots=True)
class SealCard:
    """The digest of a run of entries."""

    id: int
    at: datetime
    entries: int
    digest: str


def latest() -> int:
    """Return the id of the last entry that one can read: as long as it is the same, hardly anything was written."""
    return max((row["id"] for row in _last()), default=0)


@composed
def _last() -> Any:
    return Entry.objects.order_by("-id").values("id")[:1]


def head() -> SealCard | None:
    """Return the newest seal, whose digest stands for the whole journal so far."""
    row = Seal.objects.order_by("-id").values("id", "at", "entries", "digest").first()
    if row is None:
        return None
    return SealCard(id=row["id"], at=row["at"], entries=row["entries"], digest=bytes(row["digest"]).hex())


def broken_seals() -> list[int]:
    """Return the ids of the seals that no longer fit the entries they cover."""
    broken, digest, floor = [], b"", 0
    for seal in Seal.objects.order_by("id"):
        rows = Entry.objects.filter(xact__gt=floor, xact__lte=seal.last_xact).order_by("xact", "id")
        again, _count = digest_of(digest, rows.values("id", "event", "at", "by", "subject", "facts").iterator())
        if again != bytes(seal.digest):
            broken.append(seal.pk)
        digest, floor = bytes(seal.digest), seal.last_xact
    return broken
