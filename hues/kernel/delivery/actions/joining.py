"""Join somebody's Zalo to their account: who sends the code that the account was shown has both in hand."""

import re
import secrets
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from hues.kernel.delivery.actions import parcels
from hues.kernel.delivery.actions.subscribing import subscribe
from hues.kernel.delivery.channels import Urgency, Way, Words
from hues.kernel.delivery.models import JoinCode, Subscription
from hues.kernel.languages import in_each
from hues.kernel.people.models import Person

HOLDS = timedelta(minutes=30)
DIGITS = 8
CODE = re.compile(r"\s*hue[\s-]*(\d{4})[\s-]*(\d{4})\s*[.!]?\s*", re.IGNORECASE)
JOINED = _("Warnings come here from now on")
FAILED = _("This code does not hold any more")
HOW_TO_GO_ON = _("Ask for a new one at Hue-S under “How I am told”. After five codes in an hour we look at no more.")
HOUR = timedelta(hours=1)
HOW_TO_STOP = _("You end this at Hue-S under “How I am told”, or by following this account no more.")


@transaction.atomic
def begin_joining(*, person_id: UUID, at: datetime) -> str:
    """Return a code that joins whoever sends it within half an hour; one asked for before holds no more."""
    code = f"{secrets.randbelow(10**DIGITS):0{DIGITS}}"
    kept = {"digest": _digest(code), "until": at + HOLDS}
    JoinCode.objects.update_or_create(person_id=person_id, defaults=kept)
    return f"HUE {code[:4]} {code[4:]}"


def is_code(said: str) -> bool:
    """Test if somebody's words look like a code that joins their Zalo account."""
    return CODE.fullmatch(said) is not None


@transaction.atomic
def join(*, said: str, address: str, at: datetime) -> bool:
    """
    Join the Zalo account that sent these words, if they are a code that holds, and tell it so; return if they were.

    A Zalo account is joined to one person, the one who did it last, and a person has one.
    """
    found = CODE.fullmatch(said)
    if found is None:
        return False
    code = JoinCode.objects.select_for_update().filter(digest=_digest("".join(found.groups())), until__gt=at).first()
    if code is None:
        return False
    person = Person.objects.filter(pk=code.person_id, is_active=True).first()
    if person is None:
        return False
    code.delete()
    Subscription.objects.filter(channel=Way.OA, person=person).exclude(address=address).delete()
    pk = subscribe(way=Way.OA, address=address, person_id=person.pk, language=person.language, at=at)
    reason = f"delivery.joined:{pk}:{at.timestamp():.0f}"
    title, body = in_each(JOINED), in_each(HOW_TO_STOP)
    words = Words(key=reason, topic=reason, urgency=Urgency.NORMAL, title=title, body=body, link="/me/telling/", at=at)
    # They have just written to us: this one goes as an answer, which costs nothing.
    parcels.put([parcels.of(words, Way.ZALO, subscription=pk, due_at=at)], at=at)
    return True


@transaction.atomic
def say_failed(*, address: str, at: datetime) -> None:
    """Tell a Zalo account, once an hour, that its code joins nothing; one that is joined or unknown hears nothing."""
    if Subscription.objects.filter(channel=Way.OA, address=address).exists():
        return
    pk = Subscription.objects.filter(channel=Way.ZALO, address=address).values_list("pk", flat=True).first()
    if pk is None:
        return
    reason = f"delivery.join_failed:{pk}:{int(at.timestamp() // HOUR.total_seconds())}"
    title, body = in_each(FAILED), in_each(HOW_TO_GO_ON)
    words = Words(key=reason, topic=reason, urgency=Urgency.NORMAL, title=title, body=body, link="/me/telling/", at=at)
    parcels.put([parcels.of(words, Way.ZALO, subscription=pk, due_at=at)], at=at)


@transaction.atomic
def part_from_zalo(*, person_id: UUID) -> None:
    """Send a person nothing by Zalo any more, and let no code join it."""
    JoinCode.objects.filter(person_id=person_id).delete()
    Subscription.objects.filter(channel=Way.OA, person=person_id).delete()


def _digest(code: str) -> str:
    return salted_hmac("hues.delivery.join", code, algorithm="sha256").hexdigest()
