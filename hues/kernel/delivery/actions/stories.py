"""
Of one story people are told the newest: what waited too long must not come after it and take its place.

And who was told of it is told how it goes on, by the ways by which they heard of it, however calm it is by then.
"""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import QuerySet

from hues.kernel.delivery import quiet
from hues.kernel.delivery.channels import PERSONAL, Outcome, Result, Urgency
from hues.kernel.delivery.models import Broadcast, Chunk, Parcel
from hues.kernel.delivery.queries import reach
from hues.kernel.delivery.queries.reach import Target

OVER = "it was over before it could be sent"


def going_to(broadcast: Broadcast, channel: str, low: int, high: int) -> list[Target]:
    """Return to which subscriptions of a range it goes: who wants it, and who was told of the story by that way."""
    found = reach.targets(broadcast.pk, channel, low, high, broadcast.again_of_id)
    going = {target.id for target in found if _wants(broadcast, channel, target)}
    if len(going) < len(found) and not broadcast.again_of_id:
        going |= _told_before(broadcast, channel, low, high)
    return [target for target in found if target.id in going]


def told_newer(broadcast: Broadcast, channel: str, low: int, high: int, *, at: datetime) -> frozenset[int]:
    """Return to which subscriptions of a range something newer of the story goes by the same way, now or before."""
    return _told(_newer(broadcast, channel), channel, low, high, at)


def _newer(broadcast: Broadcast, channel: str) -> list[Broadcast]:
    return list(_by_way(broadcast, channel).filter(at__gt=broadcast.at))


def _told(said: Iterable[Broadcast], channel: str, low: int, high: int, at: datetime) -> frozenset[int]:
    return frozenset(
        target.id
        for one in said
        for target in going_to(one, channel, low, high)
        if due(target, Urgency(one.urgency), at) <= at
    )


def _told_before(broadcast: Broadcast, channel: str, low: int, high: int) -> set[int]:
    """Return which subscriptions were told of the story before, by what people wanted to hear of then."""
    return {
        target.id
        for earlier in _by_way(broadcast, channel).filter(at__lt=broadcast.at, again_of=None)
        for target in reach.targets(earlier.pk, channel, low, high, as_of=earlier.at)
        if _wants(earlier, channel, target)
    }


def _by_way(broadcast: Broadcast, channel: str) -> "QuerySet[Broadcast]":
    """Return what was said of a story by a way: not everything goes by all of them."""
    owed = Chunk.objects.filter(channel=channel, broadcast__topic=broadcast.topic).values("broadcast")
    return Broadcast.objects.filter(topic=broadcast.topic, training=False, pk__in=owed)


def _wants(broadcast: Broadcast, channel: str, target: Target) -> bool:
    urgency = Urgency(broadcast.urgency)
    return quiet.wanted(urgency, target.least) and quiet.worth(channel, urgency)


def old_ones(rows: Iterable[Parcel], *, at: datetime) -> set[UUID]:
    """Return which parcels are to people who are told something newer."""
    found, newer = set(), dict[tuple[Broadcast, str], list[Broadcast]]()
    for row in rows:
        if row.broadcast and row.subscription_id and row.channel in PERSONAL:
            here, story = row.subscription_id, (row.broadcast, row.channel)
            if story not in newer:
                newer[story] = _newer(*story)
            if _told(newer[story], row.channel, here, here + 1, at):
                found.add(row.pk)
    return found


def is_over(broadcast: Broadcast | None, *, at: datetime) -> bool:
    """Test if what is still owed of a broadcast comes too late."""
    return broadcast is not None and broadcast.ends_at is not None and broadcast.ends_at <= at


def due(target: Target, urgency: Urgency, at: datetime) -> datetime:
    """Return when somebody may be told."""
    zone = ZoneInfo(settings.TIME_ZONE)
    return quiet.due(at, urgency, quiet_from=target.quiet_from, quiet_until=target.quiet_until, zone=zone)


def ended(ref: object) -> Result:
    """Return what came of a message that is not sent any more since what it tells of has ended."""
    return Result(ref=str(ref), outcome=Outcome.OVER, line="", said=OVER)


def replaced(ref: object) -> Result:
    """Return what came of a message that is not told any more."""
    return Result(ref=str(ref), outcome=Outcome.REPLACED, line="", said="something newer was told")
