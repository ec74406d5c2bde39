"""Who has an account; these answers are for code that has already decided who may know."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from hues.kernel.people.models import Person


@dataclass(frozen=True, kw_only=True, slots=True)
class PersonCard:
    """One account as its own pages show it; a guest has no `phone`."""

    id: UUID
    phone: str
    name: str
    language: str
    home_ward: str
    is_active: bool
    created_at: datetime


_CARD = ("id", "phone", "name", "language", "home_ward", "is_active", "created_at")


def person_card(person_id: UUID) -> PersonCard | None:
    """Return the account of that id."""
    row = Person.objects.filter(pk=person_id).values(*_CARD).first()
    return PersonCard(**row | {"phone": row["phone"] or ""}) if row else None


def person_by_phone(phone: str) -> PersonCard | None:
    """Return the account that signs in with that E.164 number."""
    row = Person.objects.filter(phone=phone).values(*_CARD).first()
    return PersonCard(**row) if row else None


def names_of(people: Iterable[UUID]) -> dict[UUID, str]:
    """Return the names of several people at once."""
    return dict(Person.objects.filter(pk__in=set(people)).values_list("pk", "name"))


def accounts_of(phones: Iterable[str]) -> dict[str, UUID]:
    """Return which of these E.164 numbers have an account."""
    found = Person.objects.filter(phone__in=set(phones)).values_list("phone", "pk")
    return {phone: pk for phone, pk in found if phone}
