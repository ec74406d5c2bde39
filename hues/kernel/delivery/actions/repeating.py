"""Say something again to those who have not opened it."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from django.db import transaction

from hues.kernel.delivery.actions import parcels, stories
from hues.kernel.delivery.actions.broadcasting import owe
from hues.kernel.delivery.channels import Way
from hues.kernel.delivery.lanes import Kind
from hues.kernel.delivery.models import Area, Broadcast, Chunk, OpenedThere, Parcel, ReadBroadcast, Subscription
from hues.kernel.delivery.queries import reach
from hues.kernel.people.models import Person
from hues.kernel.turns import take_turn
from hues.kit.ids import new_id

KEPT: Final = timedelta(days=7)  # of what is older nothing is pushed again
REST: Final = timedelta(minutes=15)  # between two times
SAID: Final = ("topic", "subject", "urgency", "title", "body", "link", "ends_at")


@transaction.atomic
def repeat(*, key: str, spare: Iterable[UUID] = (), at: datetime) -> bool:
    """
    Push a broadcast once more to the browsers of those it is for, but of nobody who has opened it.

    `spare` are people who are to be left in peace for another reason.
    Nothing else is sent again, and no inbox shows it twice. Return False if it was never told, just now, or is over.
    """
    take_turn(f"delivery.repeat:{key}")
    first = Broadcast.objects.filter(key=key, training=False, again_of=None).first()
    if first is None or stories.is_over(first, at=at):
        return False
    told = Broadcast.objects.filter(again_of=first).order_by("-at")
    last = told.first() or first
    if at < last.at + REST:
        return False
    said = {name: getattr(first, name) for name in SAID}
    row = Broadcast(id=new_id(), key=f"{key}:again:{told.count() + 1}", again_of=first, training=False, at=at, **said)
    row.save(force_insert=True)
    kept = Area.objects.filter(broadcast=first).values("ward", "subject", "circle", "as_of", "excluded")
    Area.objects.bulk_create([Area(broadcast=row, **area) for area in kept])
    known = Person.objects.filter(pk__in=set(spare)).values_list("pk", flat=True)
    spared = [ReadBroadcast(person_id=person, broadcast=row, at=at) for person in known]
    ReadBroadcast.objects.bulk_create(spared, batch_size=2_000)
    for _ in range(min(owe(row, Way.PUSH), Kind.PUSHES.threads)):
        parcels.wake(Kind.PUSHES, at, at=at)
    return True


@transaction.atomic
def note_opened_at(*, address: str, link: str, at: datetime) -> None:
    """
    Note that the browser of a push address has opened the page `link` that it was told of.

    Without an account it counts only if it was there when that was told, and the push was handed over to it.
    """
    there = Subscription.objects.filter(channel=Way.PUSH, address=address).first()
    recent = Broadcast.objects.filter(at__gt=at - KEPT, link=link, training=False, again_of=None)
    for row in recent.order_by("pk") if there else ():
        if there and there.person_id:
            note_opened(key=row.key, person_id=there.person_id, at=at)
        elif there and reach.targets(row.pk, Way.PUSH, there.pk, there.pk + 1) and _has_got(there, row):
            OpenedThere.objects.bulk_create([OpenedThere(subscription=there, broadcast=row)], ignore_conflicts=True)


def _has_got(there: Subscription, told: Broadcast) -> bool:
    return any(_went_to(there, row) for row in (told, *Broadcast.objects.filter(again_of=told)))


def _went_to(there: Subscription, row: Broadcast) -> bool:
    """Test if its part of the browsers was begun after it came, and nothing is still owed to it or was given up."""
    part = Chunk.objects.filter(broadcast=row, channel=Way.PUSH, high__gt=there.pk).order_by("high").first()
    if part is None or (there.since and there.since > row.at) or (part.low <= there.pk and not part.tries):
        return False
    return not Parcel.objects.filter(key=f"{row.key}:{there.pk}", sent_at=None, lease=None).exists()


@transaction.atomic
def note_opened(*, key: str, person_id: UUID, at: datetime) -> None:
    """Note that a person has seen what a broadcast says, wherever they saw it: it is not said to them again."""
    found = Broadcast.objects.filter(key=key).values_list("pk", flat=True).first()
    if found:
        ReadBroadcast.objects.bulk_create(
            [ReadBroadcast(person_id=person_id, broadcast_id=found, at=at)], ignore_conflicts=True
        )
