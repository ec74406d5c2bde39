"""How a broadcast is doing: whom it is for, what was handed over, by which way and when, and who opened it."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from django.db import connection
from django.db.models import Count, Q, Sum

from hues.kernel.delivery import quiet
from hues.kernel.delivery.channels import PERSONAL, RANK, RESIDENTS, Urgency, Way
from hues.kernel.delivery.models import Area, Broadcast, Chunk, Failure, OpenedThere, Tally
from hues.kernel.delivery.queries.reach import BELONGS, FOLLOWED
from hues.kernel.delivery.ways import ways_out
from hues.kit.few import roughly

# The set that the predicate of `reach` describes, found by ward instead of person by person: ten times as fast for
# some wards of a city of 867,589 accounts.
# Wards are where people live now; whom it was for was settled when it was issued.
_HIT = f"""
  SELECT w.person_id FROM delivery_area a JOIN delivery_whereabouts w
    ON w.ward = a.ward AND w.since <= a.as_of AND w.until > a.as_of
  WHERE a.broadcast_id = %(broadcast)s AND a.excluded = {{excluded}} AND a.ward <> ''
    AND {FOLLOWED.format(person="w.person_id")} AND {BELONGS.format(person="w.person_id")}
  UNION
  SELECT p.id FROM delivery_area a JOIN people_person p ON p.created_at <= a.as_of
  WHERE a.broadcast_id = %(broadcast)s AND a.excluded = {{excluded}} AND a.ward = ''
    AND {FOLLOWED.format(person="p.id")} AND {BELONGS.format(person="p.id")}
"""  # noqa: S608
_BY_WARD = f"""
  WITH told AS (({_HIT.format(excluded="false")}) EXCEPT ({_HIT.format(excluded="true")}))
  SELECT p.home_ward, count(*), count(r.person_id)
  FROM told JOIN people_person p ON p.id = told.person_id AND p.is_active AND p.phone IS NOT NULL
  LEFT JOIN delivery_readbroadcast r ON r.broadcast_id = %(broadcast)s AND r.person_id = p.id
  GROUP BY p.home_ward ORDER BY p.home_ward
"""  # noqa: S608
_UNDONE = Count("pk", filter=Q(done_at__isnull=True))
_END = ("channel", "outcome", "at")

# By these a broadcast is for people who said of themselves that they belong to a circle.
OF_A_CIRCLE = Area.objects.exclude(circle__in=("", RESIDENTS))


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
class Failed:
    """How many messages of one way to people of a ward failed for a reason within the minute that begins at `at`."""

    ward: str
    channel: str
    reason: str
    at: datetime
    n: int


class Why(StrEnum):
    """Why no message went out by a way."""

    CLOSED = "closed"  # the city has none
    MILD = "mild"  # it costs the city money, and this is not grave enough
    WAITING = "waiting"
    NOBODY = "nobody"  # of those it is for has chosen it


@dataclass(frozen=True, kw_only=True, slots=True)
class Board:
    """
    Everything that is counted of a broadcast; `elsewhere` of what others are told with it. Nobody is named.

    Of one that is for a circle (`rough`), nobody is to be told how many exactly.
    """

    wards: tuple[WardReach, ...] = ()
    elsewhere: tuple[WardReach, ...] = ()
    devices_opened: int = 0
    ends: tuple[End, ...] = ()
    failures: tuple[Failed, ...] = ()
    rough: bool = False
    silent: tuple[tuple[Way, Why], ...] = ()

    @property
    def told(self) -> int:
        """Return in how many inboxes it is; of a circle the sum of what may be told of each ward."""
        return sum(map(self._known, (ward.told for ward in self.wards)))

    @property
    def opened(self) -> int:
        """Return how many people opened it."""
        return sum(map(self._known, (ward.opened for ward in self.wards)))

    @property
    def told_elsewhere(self) -> int:
        """Return how many others are told with it, summed in the same way."""
        return sum(map(self._known, (ward.told for ward in self.elsewhere)))

    @property
    def opened_elsewhere(self) -> int:
        """Return how many of the others opened that."""
        return sum(map(self._known, (ward.opened for ward in self.elsewhere)))

    def _known(self, n: int) -> int:
        return roughly(n) if self.rough else n


def board(keys: Sequence[str]) -> Board:
    """
    Return in whose inboxes the broadcast of the first key is, and those of the others; and what was handed over of all,
    told again or not.
    """
    ids = dict(Broadcast.objects.filter(key__in=keys, training=False).values_list("key", "pk"))
    if not ids:
        return Board()
    found = Tally.objects.filter(Q(broadcast__in=ids.values()) | Q(broadcast__again_of__in=ids.values()))
    ends = tuple(End(**row) for row in found.order_by("at", "channel", "outcome").values(*_END).annotate(n=Sum("n")))
    failed = Failure.objects.filter(Q(broadcast__in=ids.values()) | Q(broadcast__again_of__in=ids.values()))
    columns = ("ward", "channel", "reason", "at")
    counted = failed.order_by("at", "channel", "reason", "ward").values(*columns).annotate(n=Sum("n"))
    return Board(
        wards=_by_ward(ids.get(keys[0])),
        elsewhere=tuple(ward for key in keys[1:] for ward in _by_ward(ids.get(key))),
        devices_opened=OpenedThere.objects.filter(broadcast__in=ids.values()).count(),
        ends=ends,
        failures=tuple(Failed(**row) for row in counted),
        rough=OF_A_CIRCLE.filter(broadcast__in=ids.values()).exists(),
        silent=tuple(_silent(list(ids.values()), {end.channel for end in ends})),
    )


def _silent(broadcasts: Sequence[Any], spoke: Collection[str]) -> Iterator[tuple[Way, Why]]:
    """Yield the ways to people by which nothing went out, and why."""
    rows = Broadcast.objects.filter(pk__in=broadcasts).values_list("urgency", flat=True)
    gravest = max((Urgency(urgency) for urgency in rows), key=lambda urgency: RANK[urgency])
    chunks = Chunk.objects.filter(broadcast__in=broadcasts)
    owed = {row["channel"]: row["n"] for row in chunks.order_by().values("channel").annotate(n=_UNDONE)}
    for way in PERSONAL:
        if way in spoke:
            continue
        if owed.get(way):
            yield way, Why.WAITING
        elif way not in owed and way not in ways_out():
            yield way, Why.CLOSED
        elif way not in owed and not quiet.worth(way, gravest):
            yield way, Why.MILD
        else:
            yield way, Why.NOBODY


def told_of(keys: Sequence[str]) -> frozenset[str]:
    """Return which of these keys people were told of already."""
    return frozenset(Broadcast.objects.filter(key__in=keys).values_list("key", flat=True))


def _by_ward(broadcast_id: Any) -> tuple[WardReach, ...]:
    if broadcast_id is None:
        return ()
    with connection.cursor() as cursor:
        cursor.execute(_BY_WARD, {"broadcast": broadcast_id})
        return tuple(WardReach(ward=ward, told=told, opened=opened) for ward, told, opened in cursor.fetchall())
