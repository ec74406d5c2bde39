"""How a person wants to be told, and whom else the city tells."""

from dataclasses import dataclass
from datetime import datetime, time
from uuid import UUID

from hues.kernel.delivery.channels import CITYWIDE, Urgency, Way
from hues.kernel.delivery.models import (
    Belongs,
    BrowserPlace,
    Hook,
    Place,
    Preference,
    SenderKey,
    Subscription,
    Unfollowed,
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Wishes:
    """
    A person's own settings: addresses by way, followed wards, the least urgency and the quiet hours.

    `unfollowed` are the subjects of which the person wants to hear nothing, `circles` those it belongs to.
    """

    mail: str = ""
    sms: str = ""
    zalo: bool = False
    devices: int = 0
    wards: tuple[str, ...] = ()
    unfollowed: frozenset[str] = frozenset()
    circles: frozenset[str] = frozenset()
    only_my_places: bool = False
    least: Urgency = Urgency.LOW
    quiet_from: time | None = None
    quiet_until: time | None = None
    work_by_text: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class HookCard:
    """Another system that is told."""

    id: UUID
    label: str
    url: str
    at: datetime


def wishes(person_id: UUID) -> Wishes:
    """Return how a person wants to be told."""
    addresses = list(Subscription.objects.filter(person=person_id).order_by("id").values_list("channel", "address"))
    own = {channel: address for channel, address in addresses if channel != Way.PUSH}
    followed = Place.objects.filter(person=person_id, is_home=False, until__isnull=True).order_by("ward")
    found = Unfollowed.objects.filter(person=person_id, until__isnull=True)
    left = set(found.values_list("subject", flat=True))
    circles = Belongs.objects.filter(person=person_id, until__isnull=True)
    row = Preference.objects.filter(pk=person_id).first() or Preference()
    return Wishes(
        mail=own.get(Way.MAIL, ""),
        sms=own.get(Way.SMS, ""),
        zalo=Way.OA in own,
        devices=sum(channel == Way.PUSH for channel, _address in addresses),
        wards=tuple(followed.values_list("ward", flat=True)),
        unfollowed=frozenset(left - {CITYWIDE}),
        only_my_places=CITYWIDE in left,
        circles=frozenset(circles.values_list("circle", flat=True)),
        least=Urgency(row.least),
        quiet_from=row.quiet_from,
        quiet_until=row.quiet_until,
        work_by_text=row.work_by_text,
    )


def is_subscribed(address: str) -> bool:
    """Test if a browser's push address is known."""
    return Subscription.objects.filter(channel=Way.PUSH, address=address).exists()


def wards_of(subscription: int) -> tuple[str, ...]:
    """Return of which wards a browser wants to hear, whoever is signed in there."""
    found = BrowserPlace.objects.filter(subscription=subscription, until__isnull=True).order_by("ward")
    return tuple(found.values_list("ward", flat=True))


def push_key() -> str:
    """Return the public key that browsers bind a subscription to, or "" before there is one."""
    return SenderKey.objects.values_list("public", flat=True).first() or ""


def hooks() -> tuple[HookCard, ...]:
    """Return the systems that are told of every broadcast."""
    return tuple(HookCard(**row) for row in Hook.objects.order_by("label").values("id", "label", "url", "at"))


def person_at(way: Way, address: str) -> UUID | None:
    """Return whose an address is."""
    return Subscription.objects.filter(channel=way, address=address).values_list("person", flat=True).first()
