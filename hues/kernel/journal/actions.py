"""Write to the journal, and run what an entry owes."""

import json
import logging
from collections.abc import Iterable
from dataclasses import fields
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import connection, transaction

from hues.kernel.journal.events import Event
from hues.kernel.journal.models import Entry, Seal
from hues.kernel.journal.reacting import event_from, reactions_to, reacts_to
from hues.kernel.journal.sealing import digest_of
from hues.kernel.owing import owe
from hues.kernel.statements import planned

__all__ = ["reacts_to", "record", "record_many", "run_entry", "seal"]

logger = logging.getLogger(__name__)
RUN_ENTRY = "hues.journal.run_entry"
_fields: dict[str, tuple[str, ...]] = {}
# Bare, since every action of the city writes one.
_APPEND = "INSERT INTO journal_entry (event, at, by, subject, facts) VALUES (%s, %s, %s, %s, %s) RETURNING id"


def record(event: Event) -> int:
    """
    Append `event` in the caller's transaction, together with the one job that runs its reactions.

    Returns the entry's id. The change, its entry and what it owes are all there, or none is.
    """
    row = _row(event)
    with planned() as cursor:
        cursor.execute(_APPEND, [row["event"], row["at"], row["by"], row["subject"], json.dumps(row["facts"])])
        (entry_id,) = cursor.fetchone()
    if reactions_to(event.name):
        owe(RUN_ENTRY, lane="reactions", priority=event.priority, entry_id=entry_id)
    return int(entry_id)


def record_many(events: Iterable[Event]) -> int:
    """Append events that owe nothing (imports) with COPY; return how many."""
    written = 0
    with (
        connection.cursor() as cursor,
        cursor.copy("COPY journal_entry (event, at, by, subject, facts) FROM STDIN") as copy,
    ):
        for event in events:
            row = _row(event)
            copy.write_row((row["event"], row["at"], row["by"], row["subject"], json.dumps(row["facts"])))
            written += 1
    return written


@transaction.atomic
def run_entry(entry_id: int) -> None:
    """Run every reaction to an entry in one transaction: it settles whole or is tried again whole."""
    entry = Entry.objects.get(pk=entry_id)
    event = event_from(entry.event, entry.facts)
    for reaction in reactions_to(entry.event):
        reaction(event)


@transaction.atomic
def seal(*, at: datetime) -> int:
    """
    Seal what was written since the last seal and can no longer change its order; return how many entries.

    Ids commit out of order, so only transactions below the oldest one still open are read. No writer waits.
    """
    with connection.cursor() as cursor:
        # One sealer at a time; a second one has nothing to do.
        cursor.execute("SELECT pg_try_advisory_xact_lock(741), pg_snapshot_xmin(pg_current_snapshot())::text::bigint")
        alone, horizon = cursor.fetchone()
    if not alone:
        return 0
    last = Seal.objects.order_by("-id").first()
    fresh = Entry.objects.filter(xact__gt=last.last_xact if last else 0, xact__lt=horizon).order_by("xact", "id")
    rows = fresh.values("id", "event", "at", "by", "subject", "facts").iterator(chunk_size=5_000)
    digest, entries = digest_of(bytes(last.digest) if last else b"", rows)
    if entries:
        Seal.objects.create(at=at, last_xact=horizon - 1, entries=entries, digest=digest)
    return entries


def _row(event: Event) -> dict[str, Any]:
    facts = {name: _plain(getattr(event, name)) for name in _names(event)}
    return {"event": event.name, "at": event.at, "by": event.by, "subject": event.subject, "facts": facts}


def _names(event: Event) -> tuple[str, ...]:
    known = _fields.get(event.name)
    if known is None:
        known = _fields[event.name] = tuple(field.name for field in fields(event))
    return known


def _plain(value: object) -> Any:
    if value is None or isinstance(value, str | int | float):
        return value
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, UUID):
        return str(value)
    if isinstance(value, list | tuple | dict):
        return json.loads(json.dumps(value, default=_plain))
    raise TypeError(f"an event may hold ids, codes, numbers and instants, not {type(value).__name__}")
