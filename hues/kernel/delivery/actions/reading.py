"""Note what was read."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db import transaction

from hues.kernel.delivery.models import InboxItem, ReadBroadcast
from hues.kernel.delivery.queries import reach
from hues.kernel.errors import SignInNeeded
from hues.kernel.people.asker import Asker


@transaction.atomic
def mark_read(*, by: Asker, items: Iterable[UUID] | None = None, at: datetime) -> int:
    """
    Note that the asker has read some items of the own inbox, or all (None); return how many were unread.

    :raises SignInNeeded: if nobody is signed in
    """
    if by.person_id is None:
        raise SignInNeeded
    unread = InboxItem.objects.filter(person=by.person_id, read_at__isnull=True)
    told = reach.unread_broadcasts(by.person_id)
    if items is not None:
        wanted = frozenset(items)
        unread = unread.filter(pk__in=wanted)
        told &= wanted
    rows = [ReadBroadcast(person_id=by.person_id, broadcast_id=broadcast, at=at) for broadcast in sorted(told)]
    ReadBroadcast.objects.bulk_create(rows, ignore_conflicts=True)
    return unread.update(read_at=at) + len(rows)


def read_there(*, by: Asker, link: str, at: datetime) -> None:
    """Note that the asker has read what their inbox says of a page: they stand on it."""
    InboxItem.objects.filter(person=by.person_id, read_at__isnull=True, link=link).update(read_at=at)
