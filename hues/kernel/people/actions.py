"""Open an account, and change what it says of its owner."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from hues.kernel.errors import Invalid, NotFound
from hues.kernel.journal import actions as journal
from hues.kernel.people import events, queries
from hues.kernel.people.models import Person
from hues.kernel.people.phones import normal
from hues.kit.ids import new_id
from hues.kit.text import Words, tidy

LONGEST_NAME = 120


@dataclass(frozen=True, kw_only=True, slots=True)
class Opening:
    """What an account is opened with."""

    phone: str
    name: str = ""
    language: str = "vi"


def open_account(*, phone: str, name: str = "", language: str = "vi", at: datetime) -> UUID:
    """
    Open an account for a phone number and return its id; a number that has one gets that one, unchanged.

    :raises Invalid: if the number, name or language can't be taken
    """
    (person_id,) = open_accounts([Opening(phone=phone, name=name, language=language)], at=at).values()
    return person_id


@transaction.atomic
def open_accounts(openings: Iterable[Opening], *, at: datetime) -> dict[str, UUID]:
    """
    Open many accounts at once and return their ids by number; those that exist stay unchanged.

    :raises Invalid: if one number, name or language can't be taken
    """
    people = {normal(opening.phone): _person(opening, at) for opening in openings}
    # Two sign-ins at once with a new number: the unique number decides, and nobody sees an error.
    Person.objects.bulk_create(people.values(), batch_size=500, ignore_conflicts=True)
    found = queries.accounts_of(people)
    opened = [person.pk for phone, person in people.items() if found[phone] == person.pk]
    journal.record_many(events.AccountOpened(at=at, by=pk, subject=pk) for pk in opened)
    return found


@transaction.atomic
def open_guest(*, name: str, at: datetime) -> UUID:
    """Open an account that nobody can sign in to, for somebody who writes to the city, and return its id."""
    guest = Person(id=new_id(), phone=None, name=" ".join(tidy(name).split())[:LONGEST_NAME], created_at=at)
    guest.set_unusable_password()
    guest.save(force_insert=True)
    journal.record(events.AccountOpened(at=at, subject=guest.pk))
    return guest.pk


@transaction.atomic
def verify_phone(*, person_id: UUID, at: datetime) -> None:
    """Note that the person has shown to hold the phone of the account; only the first time counts."""
    if Person.objects.filter(pk=person_id, phone_verified_at=None).update(phone_verified_at=at):
        journal.record(events.PhoneVerified(at=at, by=person_id, subject=person_id))


@transaction.atomic
def note_proof(*, person_id: UUID, way: str, at: datetime) -> None:
    """Write down that a signed-in person has shown once more who they are, and how (phone or app)."""
    journal.record(events.ProvedAgain(at=at, by=person_id, subject=person_id, way=way))


@transaction.atomic
def note_refusal(*, person_id: UUID, at: datetime) -> None:
    """Write down that a session of this person tried too many wrong codes and was ended."""
    journal.record(events.ProofRefused(at=at, by=person_id, subject=person_id))


@transaction.atomic
def rename(*, person_id: UUID, name: str, at: datetime) -> None:
    """
    Give an account the name its owner wants to be called by.

    :raises Invalid: if the name is too long
    :raises NotFound: if there is no such account
    """
    if _change(person_id, "name", _name(name)):
        journal.record(events.Renamed(at=at, by=person_id, subject=person_id))


@transaction.atomic
def set_language(*, person_id: UUID, language: str, at: datetime) -> None:
    """
    Set the language in which the city writes to this person.

    :raises Invalid: if the city does not speak it
    :raises NotFound: if there is no such account
    """
    if _change(person_id, "language", _language(language)):
        journal.record(events.LanguageSet(at=at, by=person_id, subject=person_id, language=language))


@transaction.atomic
def set_home_ward(*, person_id: UUID, ward: str, at: datetime) -> None:
    """
    Set the ward a person lives in, or none (""); the caller has looked up that the ward exists.

    :raises NotFound: if there is no such account
    """
    if _change(person_id, "home_ward", ward):
        journal.record(events.HomeWardSet(at=at, by=person_id, subject=person_id, ward=ward))


def _person(opening: Opening, at: datetime) -> Person:
    person = Person(
        id=new_id(),
        phone=normal(opening.phone),
        name=_name(opening.name),
        language=_language(opening.language),
        created_at=at,
    )
    # Nobody has a password, but sessions are tied to this field: a fresh one signs a person out everywhere.
    person.set_unusable_password()
    return person


def _change(person_id: UUID, field: str, value: str) -> bool:
    person = Person.objects.select_for_update().filter(pk=person_id).first()
    if person is None:
        raise NotFound
    if getattr(person, field) == value:
        return False
    setattr(person, field, value)
    person.save(update_fields=[field])
    return True


def _name(text: str) -> str:
    name = " ".join(tidy(text).split())
    if len(name) > LONGEST_NAME:
        raise _invalid("name", _("A name may have at most 120 characters."))
    return name


def _language(code: str) -> str:
    if code not in dict(settings.LANGUAGES):
        raise _invalid("language", _("The city does not speak this language yet."))
    return code


def _invalid(field: str, sentence: Words) -> Invalid:
    return Invalid(sentence, {field: sentence})
