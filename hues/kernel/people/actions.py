"""Open an account, and change what it says of its owner."""

from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from hues.kernel.errors import Invalid, NotFound
from hues.kernel.journal import actions as journal
from hues.kernel.people import events
from hues.kernel.people.models import Person
from hues.kernel.people.phones import normal
from hues.kit.ids import new_id
from hues.kit.text import Words, tidy

LONGEST_NAME = 120


@transaction.atomic
def open_account(*, phone: str, name: str = "", language: str = "vi", at: datetime) -> UUID:
    """
    Open an account for a phone number and return its id; a number that has one gets that one, unchanged.

    :raises Invalid: if the number, name or language can't be taken
    """
    number = normal(phone)
    person = Person(id=new_id(), phone=number, name=_name(name), language=_language(language), created_at=at)
    # Nobody has a password, but sessions are tied to this field: a fresh one signs a person out everywhere.
    person.set_unusable_password()
    # Two sign-ins at once with a new number: the unique number decides, nobody sees an error.
    Person.objects.bulk_create([person], ignore_conflicts=True)
    found = Person.objects.values_list("pk", flat=True).get(phone=number)
    if found == person.pk:
        journal.record(events.AccountOpened(at=at, by=person.pk, subject=person.pk))
    return found


@transaction.atomic
def verify_phone(*, person_id: UUID, at: datetime) -> None:
    """Note that the person has shown to hold the phone of the account; only the first time counts."""
    if Person.objects.filter(pk=person_id, phone_verified_at=None).update(phone_verified_at=at):
        journal.record(events.PhoneVerified(at=at, by=person_id, subject=person_id))


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
