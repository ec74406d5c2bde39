"""Write to the journal, and run what an entry owes."""

import json
import logging
from collections.abc import Iterable
from dataclasses import asdict
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from procrastinate.contrib.django import app as queue

from hues.kernel.journal.events import Event
from hues.kernel.journal.models import Entry
from hues.kernel.journal.reacting import event_from, reactions_to, reacts_to

__all__ = ["record", "record_many", "reacts_to", "run_entry"]

logger = logging.getLogger(__name__)
RUN_ENTRY = "hues.journal.run_entry"


def record(event: Event) -> int:
    """
    Append `event` in the caller's transaction, together with the one job that runs its reactions.

    Returns the entry's id. The change, its entry and what it owes are all there, or none is.
    """
    entry = Entry.objects.create(**_row(event))
    if reactions_to(event.name):
        queue.configure_task(RUN_ENTRY, queue="reactions").defer(entry_id=entry.pk)
    return entry.pk


def record_many(events: Iterable[Event]) -> int:
    """Append events that owe nothing (imports); return how many."""
    return len(Entry.objects.bulk_create((Entry(**_row(e)) for e in events), batch_size=2_000))


@transaction.atomic
def run_entry(entry_id: int) -> None:
    """Run every reaction to an entry in one transaction: it settles whole or is tried again whole."""
    entry = Entry.objects.get(pk=entry_id)
    event = event_from(entry.event, entry.facts)
    for reaction in reactions_to(entry.event):
        reaction(event)


def _row(event: Event) -> dict[str, Any]:
    facts = json.loads(json.dumps(asdict(event), default=_plain))
    return {"event": event.name, "at": event.at, "by": event.by, "subject": event.subject, "facts": facts}


def _plain(value: object) -> str:
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, UUID):
        return str(value)
    raise TypeError(f"an event may hold ids, codes, numbers and instants, not {type(value).__name__}")
