"""How a broadcast is doing: whom it is for, what was handed over, by which way and when, and who opened it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection

from hues.kernel.delivery.models import Broadcast, Tally
from hues.kernel.delivery.queries.reach import PREDICATE

# Where somebody lives now; an alert's own record of who was told is its predicate, not this count.
_BY_WARD = f"""
  SELECT p.home_ward, count(*), count(r.person_id)
  FROM people_person p
  LEFT JOIN delivery_readbroadcast r ON r.broadcast_id = %(broadcast)s AND r.person_id = p.id
  WHERE p.is_active AND {PREDICATE}
  GROUP BY p.home_ward ORDER BY p.home_ward
"""  # noqa: S608


@dataclass(frozen=True, kw_only=True, slots=True)
class WardReach:
    """Of those who live in a ward ("": nobody knows): how many have it in their inbox, and have opened it."""

    ward: str
    told: int
    opened: int


@dataclass(frozen=True, kw_only=True, slots=True)
class End:
    """How many messages of one way came to one end within the minute that begins at `at`."""

    channel: str
    outcome: str
    at: datetime
    n: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Board:
    """Everything that is counted of a broadcast; nobody is named."""

    wards: tuple[WardReach, ...] = ()
    ends: tuple[End, ...] = ()

    @property
    def told(self) -> int:
        """Return in how many inboxes it is."""
        return sum(ward.told for ward in self.wards)

    @property
    def opened(self) -> int:
        """Return how many people opened it."""
        return sum(ward.opened for ward in self.wards)


def board(keys: Sequence[str]) -> Board:
    """Return how the broadcasts of these keys are doing together; the first is whose inboxes are counted."""
    ids = dict(Broadcast.objects.filter(key__in=keys, training=False).values_list("key", "pk"))
    if not ids:
        return Board()
    found = Tally.objects.filter(broadcast__in=ids.values()).order_by("at", "channel", "outcome")
    ends = tuple(End(**row) for row in found.values("channel", "outcome", "at", "n"))
    return Board(wards=_by_ward(ids.get(keys[0])), ends=ends)


def told_of(keys: Sequence[str]) -> frozenset[str]:
    """Return which of these keys people were told of already."""
    return frozenset(Broadcast.objects.filter(key__in=keys).values_list("key", flat=True))


def _by_ward(broadcast_id: Any) -> tuple[WardReach, ...]:
    if broadcast_id is None:
        return ()
    with connection.cursor() as cursor:
        cursor.execute(_BY_WARD, {"broadcast": broadcast_id})
        return tuple(WardReach(ward=ward, told=told, opened=opened) for ward, told, opened in cursor.fetchall())
