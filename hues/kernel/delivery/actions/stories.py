"""Of one story people are told the newest: what waited too long must not come after it and take its place."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from django.conf import settings

from hues.kernel.delivery import quiet
from hues.kernel.delivery.channels import PERSONAL, Outcome, Result, Urgency
from hues.kernel.delivery.models import Broadcast, Parcel
from hues.kernel.delivery.queries import reach
from hues.kernel.delivery.queries.reach import Target


def told_newer(broadcast: Broadcast, channel: str, low: int, high: int, *, at: datetime) -> frozenset[int]:
    """Return which subscriptions of a range are told something newer of the story at this instant or were before."""
    newer = Broadcast.objects.filter(topic=broadcast.topic, at__gt=broadcast.at, training=False)
    return frozenset(
        target.id
        for pk, urgency in newer.values_list("pk", "urgency")
        for target in reach.targets(pk, channel, low, high)
        if quiet.wanted(Urgency(urgency), target.least) and due(target, Urgency(urgency), at) <= at
    )


def old_ones(rows: Iterable[Parcel], *, at: datetime) -> set[UUID]:
    """Return which parcels are to people who are told something newer."""
    found = set()
    for row in rows:
        if row.broadcast and row.subscription_id and row.channel in PERSONAL:
            here = row.subscription_id
            if told_newer(row.broadcast, row.channel, here, here + 1, at=at):
                found.add(row.pk)
    return found


def due(target: Target, urgency: Urgency, at: datetime) -> datetime:
    """Return when somebody may be told."""
    zone = ZoneInfo(settings.TIME_ZONE)
    return quiet.due(at, urgency, quiet_from=target.quiet_from, quiet_until=target.quiet_until, zone=zone)


def replaced(ref: object) -> Result:
    """Return what came of a message that is not told any more."""
    return Result(ref=str(ref), outcome=Outcome.REPLACED, line="", said="something newer was told")
