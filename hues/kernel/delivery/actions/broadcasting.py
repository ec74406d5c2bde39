"""Tell the whole city, or all who live in some wards: one row and a predicate."""

from collections.abc import Iterable, Sequence
from dataclasses import fields

from django.db import connection, transaction
from django.db.models import Max, Min

from hues.kernel.delivery import quiet
from hues.kernel.delivery.actions import alarming, parcels
from hues.kernel.delivery.channels import IN_ANSWER, Sirens, Urgency, Way, Whom, Words
from hues.kernel.delivery.lanes import Kind
from hues.kernel.delivery.models import Area, Broadcast, Chunk, Hook, Parcel, Subscription
from hues.kernel.delivery.ways import ways_out
from hues.kit.ids import new_id

CHUNK = 1_000
EVERYWHERE = ""
SILENT = Sirens()
OF_AREA = ("ward", "subject", "circle", "as_of")
SAID = tuple(one.name for one in fields(Words))  # a broadcast keeps each of its words in a column
_OWE = """
  INSERT INTO delivery_chunk (broadcast_id, training, channel, low, high, due_at, tries)
  SELECT %(broadcast)s, false, %(way)s, low, low + %(size)s, %(at)s, 0
  FROM generate_series(%(low)s::bigint, %(high)s::bigint, %(size)s::bigint) AS low
"""


@transaction.atomic
def broadcast(words: Words, to: Whom, *, sirens: Sirens = SILENT, training: bool = False) -> bool:
    """
    Tell all for whom it is at the instant of the words; return if it is new.

    With a subject, not those who do not follow it. What is for training is kept and leaves the house by no way.
    """
    said = {name: getattr(words, name) for name in SAID}
    row = Broadcast(id=new_id(), training=training, **said)
    if not _kept(row):
        return False
    areas = _areas(row, to)
    if not training:
        theirs = [area.ward for area in areas if not area.excluded]
        sound = theirs if sirens.wards is None else sirens.wards
        _send_out(row, alarming.commands(row, sirens.pattern, sound, hush=sirens.hush, warned=sirens.warned))
    return True


def _kept(row: Broadcast) -> bool:
    Broadcast.objects.bulk_create([row], ignore_conflicts=True)
    return Broadcast.objects.filter(pk=row.pk).exists()


def _areas(row: Broadcast, to: Whom) -> list[Area]:
    to_all = {"broadcast": row, "subject": row.subject, "circle": to.circle, "as_of": row.at}
    areas = [Area(ward=ward, **to_all) for ward in _named(to.wards)]
    areas += _areas_of(row, to.also, excluded=False)
    areas += _areas_of(row, to.without, excluded=True)
    return Area.objects.bulk_create(areas)


def _named(wards: Sequence[str] | None) -> list[str]:
    return [EVERYWHERE] if wards is None else sorted({ward for ward in wards if ward})


def _areas_of(row: Broadcast, keys: Iterable[str], *, excluded: bool) -> list[Area]:
    earlier = Area.objects.filter(broadcast__key__in=set(keys), excluded=False)
    return [
        Area(broadcast=row, excluded=excluded, **dict(zip(OF_AREA, kept, strict=True)))
        for kept in sorted(earlier.values_list(*OF_AREA).distinct())
    ]


def _send_out(row: Broadcast, commands: Sequence[str]) -> None:
    parcels.put([*(_parcel(row, Way.SIREN, command) for command in commands), *_to_hooks(row)], at=row.at)
    ways = [way for way in ways_out() if way not in IN_ANSWER]
    ways = [way for way in ways if _goes_by(way, row)]
    chunks = {way: owe(row, way) for way in sorted(ways)}
    for _ in range(min(chunks.get(Way.PUSH, 0), Kind.PUSHES.threads)):
        parcels.wake(Kind.PUSHES, row.at, at=row.at)
    if any(number for way, number in chunks.items() if way is not Way.PUSH):
        parcels.wake(Kind.PARTS, row.at, at=row.at)


def _goes_by(way: Way, row: Broadcast) -> bool:
    """Test if it is owed by a way: it is grave enough, or something before it was, and they hear its end."""
    told = Chunk.objects.filter(channel=way, broadcast__topic=row.topic)
    return quiet.worth(way, Urgency(row.urgency)) or told.exists()


def owe(row: Broadcast, way: Way) -> int:
    """Owe a broadcast to all subscriptions of a way, in chunks; return in how many."""
    # Asked for one way, its ends are two looks into an index, and nearly a thousand rows are made where they belong.
    ends = Subscription.objects.filter(channel=way).aggregate(low=Min("id"), high=Max("id"))
    with connection.cursor() as cursor:
        cursor.execute(_OWE, {"broadcast": row.pk, "way": way, "at": row.at, "size": CHUNK, **ends})
        return int(cursor.rowcount)


def words_of(row: Broadcast) -> Words:
    """Return what a broadcast says."""
    said = {name: getattr(row, name) for name in SAID}
    return Words(**said | {"urgency": Urgency(row.urgency)})


def _to_hooks(row: Broadcast) -> list[Parcel]:
    hooks = Hook.objects.order_by("pk").values_list("pk", flat=True)
    return [_parcel(row, Way.WEBHOOK, str(hook)) for hook in hooks]


def _parcel(row: Broadcast, way: Way, address: str) -> Parcel:
    return Parcel(
        id=new_id(),
        key=f"{row.key}:{way}:{address}",
        channel=way,
        broadcast=row,
        address=address,
        words=parcels.packed(words_of(row)),
        at=row.at,
        due_at=row.at,
    )
