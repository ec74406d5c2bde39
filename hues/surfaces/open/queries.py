"""Which key is whose."""

from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from uuid import UUID

from django.db.models import Q

from hues.kernel.errors import NotAllowed
from hues.kernel.people.asker import CITY, Asker, Role
from hues.surfaces.open.models import ApiKey

DEMO_KEY = "demo-key"


@dataclass(frozen=True, kw_only=True, slots=True)
class KeyCard:
    """A key without its secret."""

    id: UUID
    label: str
    person_id: UUID
    agency_id: UUID | None
    created_at: datetime
    until: datetime | None
    per_minute: int


_CARD = ("id", "label", "person_id", "agency_id", "created_at", "until", "per_minute")


def digest(secret: str) -> str:
    """Return what is kept of a key."""
    return sha256(secret.encode()).hexdigest()


def key_of(secret: str, at: datetime) -> KeyCard | None:
    """Return the key with that secret, if it is in force."""
    in_force = Q(until=None) | Q(until__gt=at)
    row = ApiKey.objects.filter(in_force, digest=digest(secret)).values(*_CARD).first()
    return KeyCard(**row) if row else None


def keys(by: Asker) -> tuple[KeyCard, ...]:
    """
    Return every key there was, the newest first.

    :raises NotAllowed: if `by` is neither the city itself nor an administrator or auditor
    """
    if by != CITY and not by.may(Role.ADMIN, Role.AUDITOR):
        raise NotAllowed
    return tuple(KeyCard(**row) for row in ApiKey.objects.order_by("-created_at", "-id").values(*_CARD))
