"""Give the city an address, and take it away again."""

import ipaddress
import re
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from hues.kernel.delivery.actions import preparing
from hues.kernel.delivery.actions.preferring import MOST_PLACES
from hues.kernel.delivery.channels import Way
from hues.kernel.delivery.encrypting import Shared, agree_with, bytes_of, text_of
from hues.kernel.delivery.mail import ANSWERS, NAMED
from hues.kernel.delivery.models import BrowserPlace, Parcel, Subscription
from hues.kernel.errors import Invalid, TooMany
from hues.kernel.people.phones import normal
from hues.kernel.turns import take_turn

LONGEST, LONGEST_KEY = 1_000, 200
KEYS = {"p256dh": 65, "auth": 16}  # bytes
# Host and port are short enough to name a line (`Line`), and nothing is written in a second way: no user, no capitals
# before the path, no port 0.
PUSH_ADDRESS = re.compile(r"https://[a-z0-9.:\[\]-]{1,180}(?<!:0)(?:[/?#][!-~]*)?")
ENCODED = re.compile(r"=\?|\?=|[\"\\]")
MOST = 20  # addresses of one person
CLOCKS = timedelta(seconds=5)  # by which those of others may differ from ours


@transaction.atomic
def subscribe(
    *,
    way: Way,
    address: str,
    keys: Mapping[str, Any] | None = None,
    person_id: UUID | None,
    language: str,
    session: str = "",
    parts: bool = False,
    at: datetime,
) -> int:
    """
    Be told at an address from now on; one that is known is the latest person's. Return the subscription's id.

    A session may have ended by itself: whoever is signed in nowhere leaves an address to its person, unless they say
    that it `parts` from them.

    `keys` are the two that a browser gives with a push address, `session` what it is signed in by. What is still owed
    to its former person alone goes there no more.

    :raises Invalid: if the address or a key is none that we can send to
    :raises TooMany: if one person gives too many addresses
    """
    address, kept, shared = _checked(way, address, keys or {})
    if person_id:
        take_turn(f"delivery.address:{person_id}")
        if Subscription.objects.filter(person=person_id).exclude(address=address).count() >= MOST:
            raise TooMany
    said = {"keys": kept, "language": language, "guest": "", "at": at}
    whose = {"person_id": person_id, "session": session}
    if person_id or parts:
        former = Subscription.objects.filter(channel=way, address=address).exclude(person=person_id)
        Parcel.objects.filter(subscription__in=former, broadcast=None, sent_at=None).delete()
        said |= whose
    row, _made = Subscription.objects.update_or_create(
        channel=way, address=address, defaults=said, create_defaults={**said, **whose, "since": at}
    )
    if shared:
        preparing.keep(row.pk, kept, shared)
    return row.pk


def answer_to(*, way: Way, address: str, message_id: str) -> None:
    """Have the next messages to who wrote answer what they wrote last, by the name that their program gave it."""
    keys = {ANSWERS: message_id} if NAMED.fullmatch(message_id) else {}
    Subscription.objects.filter(channel=way, address=address).update(keys=keys)


@transaction.atomic
def choose_wards(*, subscription: int, wards: Iterable[str], at: datetime) -> None:
    """
    Let a browser hear of these wards from now on, beside those of whoever is signed in there; the caller knows them.

    :raises Invalid: if they are too many
    """
    wanted = set(wards)
    if len(wanted) > MOST_PLACES:
        raise Invalid(fields={"wards": _("Choose ten wards at most.")})
    take_turn(f"delivery.browser:{subscription}")
    now = BrowserPlace.objects.filter(subscription=subscription, until__isnull=True)
    present = set(now.values_list("ward", flat=True))
    now.exclude(ward__in=wanted).update(until=at)
    new = [BrowserPlace(subscription_id=subscription, ward=ward, since=at) for ward in sorted(wanted - present)]
    BrowserPlace.objects.bulk_create(new, ignore_conflicts=True)


@transaction.atomic
def unsubscribe(*, way: Way, address: str, person_id: UUID | None = None, known_before: datetime | None = None) -> bool:
    """
    Send nothing there any more; with a person, only if the address is that person's. Return if there was one.

    One that was given since `known_before` stays: what was said then comes late, or a second time.
    """
    found = Subscription.objects.filter(channel=way, address=address)
    if known_before is not None:
        found = found.filter(at__lte=known_before + CLOCKS)
    if person_id is not None:
        found = found.filter(person=person_id)
    return bool(found.delete()[0])


def _checked(way: Way, address: str, keys: Mapping[str, Any]) -> tuple[str, dict[str, str], Shared | None]:
    if way is Way.PUSH:
        return _push_address(address), *_push_keys(keys)
    if way in (Way.MAIL, Way.LETTER):
        return checked_mail(address), {}, None
    return (normal(address) if way is Way.SMS else address), {}, None


def checked_mail(address: str) -> str:
    """
    Return an e-mail address as it is kept.

    :raises Invalid: if it is none
    """
    address = address.strip()
    try:
        validate_email(address)
        # What a mail program might read as other signs than these: “=?…?=”, or a name in quotes.
        if ENCODED.search(address):
            raise ValidationError("encoded")
    except ValidationError as wrong:
        raise Invalid(fields={"email": _("This is no e-mail address.")}) from wrong
    return address


def _push_address(address: str) -> str:
    """Return the address of a browser without what its host is never told; one host, one spelling of it."""
    try:
        host = urlsplit(address).hostname or ""
    except ValueError:
        host = ""
    fine = len(address) <= LONGEST and PUSH_ADDRESS.fullmatch(address)
    if not fine or not host or (not settings.HUES.demo and _is_inside(host)):
        raise Invalid(fields={"endpoint": _("This is no address of a push service.")})
    return address.partition("#")[0]


def _is_inside(host: str) -> bool:
    """Test if a host is named so that only this house would know it; what names resolve to is looked at on sending."""
    try:
        return not ipaddress.ip_address(host).is_global
    except ValueError:
        return "." not in host or host.endswith((".local", ".internal", ".localhost"))


def _push_keys(keys: Mapping[str, Any]) -> tuple[dict[str, str], Shared]:
    """Return the two keys as they are kept: nothing of what was sent but their bytes."""
    given = {name: str(keys.get(name, ""))[:LONGEST_KEY] for name in KEYS}
    try:
        shared, bare = agree_with(given), {name: bytes_of(key) for name, key in given.items()}
    except ValueError:
        shared, bare = None, {}
    if shared is None or {name: len(key) for name, key in bare.items()} != KEYS:
        raise Invalid(fields={"keys": _("These are no keys of a browser.")})
    return {name: text_of(key) for name, key in bare.items()}, shared
