"""Take what is owed, so that nobody else sends it meanwhile. A lease that runs out is another's."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID

from django.db import connection

from hues.kernel.delivery.channels import Urgency
from hues.kernel.delivery.lanes import Kind
from hues.kit.ids import new_id

LEASE: Final = timedelta(seconds=90)
# As long as a broker may keep us waiting; told twice, a siren sounds once.
LEASE_OF_SIRENS: Final = timedelta(seconds=30)
BATCH: Final = 200
# The gravest first; of two as grave the one that is less far, so that an alert does not wait for the end of another.
_CHUNK = """
  UPDATE delivery_chunk SET leased_until = %(until)s, lease = %(lease)s, tries = tries + 1 WHERE id = (
    SELECT c.id FROM delivery_chunk c JOIN delivery_broadcast b ON b.id = c.broadcast_id
    WHERE c.done_at IS NULL AND c.due_at <= %(at)s AND (c.channel = 'push') = %(pushes)s
      AND (c.leased_until IS NULL OR c.leased_until <= %(at)s)
    ORDER BY array_position('{extreme,high,normal,low}', b.urgency::text), c.low, c.due_at, c.id
    LIMIT 1 FOR UPDATE OF c SKIP LOCKED) RETURNING id
"""
_PARCELS = """
  UPDATE delivery_parcel SET leased_until = %(until)s, lease = %(lease)s, tries = tries + 1 WHERE id IN (
    SELECT id FROM delivery_parcel WHERE sent_at IS NULL AND failed_at IS NULL AND due_at <= %(at)s
      AND (leased_until IS NULL OR leased_until <= %(at)s) AND {theirs}
    ORDER BY due_at, id LIMIT %(most)s FOR UPDATE SKIP LOCKED) RETURNING id
"""
_BY_URGENCY = " AND words->>'urgency' = %(urgency)s"  # one after the other: each finds its own in an index
_THEIRS = {
    # All together: of one story a siren has to hear the calmer stop after what it stops, and before what sounds anew.
    Kind.SIRENS: "channel = 'siren'",
    Kind.PUSHES: "channel = 'push' AND broadcast_id IS NOT NULL" + _BY_URGENCY,
    Kind.HOOKS: "channel = 'webhook'" + _BY_URGENCY,
    Kind.SINGLE: "channel NOT IN ('siren', 'webhook') AND (channel <> 'push' OR broadcast_id IS NULL)" + _BY_URGENCY,
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Leased:
    """What a worker holds until its lease runs out."""

    lease: UUID
    ids: tuple[Any, ...]


def chunk(kind: Kind, *, at: datetime) -> Leased:
    """Take a part of a broadcast, committed at once, so that a worker killed later leaves it to the next."""
    return _lease(_CHUNK, at, LEASE, pushes=kind is Kind.PUSHES)


def parcels(kind: Kind, *, at: datetime) -> Leased:
    """Take some single messages of a kind in the same way: all of sirens, of the others the gravest that are due."""
    if kind is Kind.SIRENS:
        return _lease(_PARCELS.format(theirs=_THEIRS[kind]), at, LEASE_OF_SIRENS, most=BATCH)
    found = Leased(lease=new_id(), ids=())
    for urgency in reversed(Urgency):
        if not found.ids:
            found = _lease(_PARCELS.format(theirs=_THEIRS[kind]), at, LEASE, most=BATCH, urgency=urgency.value)
    return found


def _lease(sql: str, at: datetime, lasts: timedelta, **more: int | str) -> Leased:
    token = new_id()
    with connection.cursor() as cursor:
        cursor.execute(sql, {"at": at, "until": at + lasts, "lease": token, **more})
        return Leased(lease=token, ids=tuple(row[0] for row in cursor.fetchall()))
