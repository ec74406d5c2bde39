"""What people agreed to, and who looked."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from hues.kernel.consent.declare import Purpose
from hues.kernel.consent.models import Access, Consent
from hues.kernel.registry import declared


@dataclass(frozen=True, kw_only=True, slots=True)
class AccessCard:
    """Who looked (`by`), at what (`what`, as room:number), why and when."""

    by: UUID
    purpose: str
    what: str
    at: datetime


@dataclass(frozen=True, kw_only=True, slots=True)
class ConsentCard:
    """A consent in force or withdrawn; `is_current` is false when the words have changed since."""

    purpose: str
    version: int
    given_at: datetime
    withdrawn_at: datetime | None
    is_current: bool


def accesses_of(person_id: UUID, *, limit: int = 500) -> tuple[AccessCard, ...]:
    """Return who looked at what this person entrusted to the city, newest first; for that person's eyes."""
    found = Access.objects.filter(subject=person_id).order_by("-at", "-id")[:limit]
    return tuple(AccessCard(**row) for row in found.values("by", "purpose", "what", "at"))


def accesses_by(reader_id: UUID, *, limit: int = 500) -> tuple[AccessCard, ...]:
    """Return what one reader looked at, newest first; for auditors, who learn not of whom."""
    found = Access.objects.filter(by=reader_id).order_by("-at", "-id")[:limit]
    return tuple(AccessCard(**row) for row in found.values("by", "purpose", "what", "at"))


def purposes() -> Mapping[str, Purpose]:
    """Return every purpose that an installed function declares, by its key."""
    return declared(Purpose)


def has(person_id: UUID, purpose: str) -> bool:
    """Test if this person agrees to `purpose` in the words that hold today."""
    known = purposes().get(purpose)
    if known is None:
        return False
    in_force = Consent.objects.filter(person_id=person_id, purpose=purpose, withdrawn_at=None)
    return in_force.filter(version=known.version).exists()


def consents_of(person_id: UUID) -> tuple[ConsentCard, ...]:
    """Return what this person agreed to, now or before, newest first."""
    known = purposes()
    found = Consent.objects.filter(person_id=person_id).order_by("-given_at", "-id")
    return tuple(
        ConsentCard(is_current=_current(known.get(row["purpose"]), row["version"]), **row)
        for row in found.values("purpose", "version", "given_at", "withdrawn_at")
    )


def _current(purpose: Purpose | None, version: int) -> bool:
    return purpose is not None and purpose.version == version
