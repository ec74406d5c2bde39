"""Issue and revoke the keys of programs, and count what is sent with them."""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from hues.kernel.errors import Invalid, NotAllowed, NotFound, TooMany
from hues.kernel.journal import actions as journal
from hues.kernel.people import actions as people
from hues.kernel.people.asker import CITY, Asker, Role
from hues.kit.ids import new_id
from hues.kit.text import tidy
from hues.surfaces.open import events, queries
from hues.surfaces.open.models import ApiKey
from hues.surfaces.open.queries import KeyCard

LONGEST_LABEL = 120
PER_MINUTE = 120
# A number of the demo that belongs to none of its people.
DEMO_PHONE, DEMO_LABEL = "+84901100311", "Open311 demo"


@dataclass(frozen=True, kw_only=True, slots=True)
class IssuedKey:
    """A fresh key; its secret is told once and never again."""

    id: UUID
    secret: str


@transaction.atomic
def issue_key(
    *,
    label: str,
    phone: str,
    agency_id: UUID | None = None,
    until: datetime | None = None,
    per_minute: int = PER_MINUTE,
    by: Asker = CITY,
    at: datetime,
) -> IssuedKey:
    """
    Issue a key to a program; whoever runs it gets an account under `phone`, in whose name its requests come in.

    :raises NotAllowed: if `by` is neither the city itself nor an administrator
    :raises Invalid: if the label or phone can't be taken, or the key would end before it begins
    """
    _only_administrators(by)
    called = " ".join(tidy(label).split())
    if not called or len(called) > LONGEST_LABEL:
        raise Invalid(fields={"label": _("Please name the program, in at most 120 characters.")})
    if until is not None and until <= at:
        raise Invalid(fields={"until": _("A key must end after it begins.")})
    secret = secrets.token_urlsafe(32)
    person_id = people.open_account(phone=phone, name=called, at=at)
    key = ApiKey(
        digest=queries.digest(secret),
        label=called,
        person_id=person_id,
        agency_id=agency_id,
        created_at=at,
        until=until,
        per_minute=per_minute,
    )
    key.save(force_insert=True)
    journal.record(events.KeyIssued(at=at, by=by.person_id, subject=key.pk, agency=agency_id, until=until))
    return IssuedKey(id=key.pk, secret=secret)


@transaction.atomic
def revoke_key(*, key_id: UUID, by: Asker = CITY, at: datetime) -> None:
    """
    End a key now; what came with it stays.

    :raises NotAllowed: if `by` is neither the city itself nor an administrator
    :raises NotFound: if there is no such key
    """
    _only_administrators(by)
    key = ApiKey.objects.select_for_update().filter(pk=key_id).first()
    if key is None:
        raise NotFound
    if key.until is not None and key.until <= at:
        return
    key.until = at
    key.save(update_fields=["until"])
    journal.record(events.KeyRevoked(at=at, by=by.person_id, subject=key.pk))


def demo_key(at: datetime) -> KeyCard:
    """Return the key that everybody knows, made when it is first used; only for a demo city."""
    found = queries.key_of(queries.DEMO_KEY, at)
    return found or _make_demo_key(at)


def _make_demo_key(at: datetime) -> KeyCard:
    begun = at - timedelta(seconds=1)
    try:
        with transaction.atomic():
            person_id = people.open_account(phone=DEMO_PHONE, name=DEMO_LABEL, at=begun)
            ApiKey.objects.create(
                id=new_id(),
                digest=queries.digest(queries.DEMO_KEY),
                label=DEMO_LABEL,
                person_id=person_id,
                created_at=begun,
                per_minute=10 * PER_MINUTE,
            )
    except IntegrityError:
        pass  # somebody else used it for the first time in the same instant
    found = queries.key_of(queries.DEMO_KEY, at)
    if found is None:
        raise NotAllowed
    return found


@transaction.atomic
def spend(*, key_id: UUID, at: datetime) -> None:
    """
    Count one request that came with a key.

    :raises TooMany: if more came within this minute than the key may send
    """
    key = ApiKey.objects.select_for_update().get(pk=key_id)
    minute = at.replace(second=0, microsecond=0)
    key.minute, key.used = minute, key.used + 1 if key.minute == minute else 1
    if key.used > key.per_minute:
        raise TooMany
    key.save(update_fields=["minute", "used"])


def _only_administrators(by: Asker) -> None:
    if by != CITY and not by.may(Role.ADMIN):
        raise NotAllowed
