"""What is owed, what was given up, how the lines are, and how far broadcasts got: for those who keep the machine."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, Min, OuterRef, Q, Sum

from hues.kernel.delivery import sirens
from hues.kernel.delivery.channels import Way
from hues.kernel.delivery.models import Broadcast, Chunk, Line, Parcel, ReadBroadcast, Tally
from hues.kernel.delivery.queries.board import OF_A_CIRCLE
from hues.kit.few import roughly
from hues.kit.text import Bilingual


@dataclass(frozen=True, kw_only=True, slots=True)
class Owing:
    """How much is not yet sent, and since when; a chunk is up to a thousand messages."""

    chunks: int
    parcels: int
    oldest_at: datetime | None
    dead: int


@dataclass(frozen=True, kw_only=True, slots=True)
class DeadLetter:
    """A message that was given up; `site` is which siren it was for."""

    id: UUID
    channel: str
    title: Bilingual
    site: str
    tries: int
    last_error: str
    failed_at: datetime


@dataclass(frozen=True, kw_only=True, slots=True)
class LineCard:
    """How another side does that we speak to; until `closed_until` nobody tries."""

    name: str
    failures: int
    closed_until: datetime | None
    last_error: str
    at: datetime


@dataclass(frozen=True, kw_only=True, slots=True)
class Reach:
    """How far a broadcast got: chunks left, endings by way ("push", "sent"), and how many have opened it."""

    id: UUID
    title: Bilingual
    urgency: str
    at: datetime
    left: int
    ends: tuple[tuple[str, str, int], ...]
    opened: int
    rough: bool = False  # for a circle: nobody is to be told how many exactly, `opened` is a sum of rough numbers


def owing() -> Owing:
    """Return how much is owed."""
    chunks = Chunk.objects.filter(done_at__isnull=True).aggregate(n=Count("pk"), oldest=Min("due_at"))
    waits, given_up = Q(sent_at__isnull=True, failed_at__isnull=True), Q(failed_at__isnull=False)
    parcels = Parcel.objects.filter(waits | given_up).aggregate(
        n=Count("pk", filter=waits), oldest=Min("due_at", filter=waits), dead=Count("pk", filter=given_up)
    )
    since = [found["oldest"] for found in (chunks, parcels) if found["oldest"]]
    return Owing(chunks=chunks["n"], parcels=parcels["n"], oldest_at=min(since, default=None), dead=parcels["dead"])


def dead_letters(limit: int = 50) -> tuple[DeadLetter, ...]:
    """Return the messages given up last."""
    found = Parcel.objects.filter(failed_at__isnull=False).order_by("-failed_at", "pk")
    columns = ("id", "channel", "words__title", "address", "tries", "last_error", "failed_at")
    return tuple(_dead_letter(**row) for row in found.values(*columns)[:limit])


def _dead_letter(*, words__title: Bilingual, address: str, channel: str, **columns: Any) -> DeadLetter:
    site = sirens.site_of(address) if channel == Way.SIREN else ""
    return DeadLetter(title=words__title, channel=channel, site=site, **columns)


def lines() -> tuple[LineCard, ...]:
    """Return the lines that have trouble, the worst first."""
    found = Line.objects.filter(failures__gt=0).order_by("-failures", "name")
    return tuple(LineCard(**row) for row in found.values("name", "failures", "closed_until", "last_error", "at"))


def reached(limit: int = 10) -> tuple[Reach, ...]:
    """Return how far the last broadcasts got."""
    last = Broadcast.objects.filter(training=False).annotate(rough=Exists(OF_A_CIRCLE.filter(broadcast=OuterRef("pk"))))
    rows = list(last.order_by("-at", "-id")[:limit])
    ids = [row.pk for row in rows]
    left = Chunk.objects.filter(broadcast__in=ids).values("broadcast")
    chunks = dict(left.annotate(n=Count("pk", filter=Q(done_at__isnull=True))).values_list("broadcast", "n"))
    read = ReadBroadcast.objects.filter(broadcast__in=ids, broadcast__again_of=None)  # the others were spared
    by_ward = read.order_by().values("broadcast", "person__home_ward").annotate(n=Count("pk"))
    openings: dict[UUID, list[int]] = defaultdict(list)
    for broadcast, n in by_ward.values_list("broadcast", "n"):
        openings[broadcast].append(n)
    ends: dict[UUID, list[tuple[str, str, int]]] = defaultdict(list)
    tallies = Tally.objects.filter(broadcast__in=ids).values("broadcast", "channel", "outcome").annotate(sum=Sum("n"))
    for broadcast, channel, outcome, n in tallies.order_by("channel", "-outcome").values_list(
        "broadcast", "channel", "outcome", "sum"
    ):
        ends[broadcast].append((channel, outcome, n))
    return tuple(
        Reach(
            id=row.pk,
            title=row.title,
            urgency=row.urgency,
            at=row.at,
            left=chunks.get(row.pk, 0),
            ends=tuple(ends[row.pk]),
            opened=sum(map(roughly, openings[row.pk]) if row.rough else openings[row.pk]),
            rough=row.rough,
        )
        for row in rows
    )
