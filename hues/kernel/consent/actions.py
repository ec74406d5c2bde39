"""Note who looked, take and give back consent, and forget what has had its time."""

from datetime import datetime, timedelta
from uuid import UUID

from django.apps import apps
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from hues.kernel.consent import events, queries
from hues.kernel.consent.models import Access, Consent
from hues.kernel.errors import NotFound, Stale
from hues.kernel.journal import actions as journal
from hues.kernel.registry import Retention, retentions

BATCH = 2_000


@transaction.atomic
def note_access(*, subject: UUID, by: UUID, purpose: str, what: str, at: datetime) -> None:
    """
    Write down that `by` looked at something `subject` entrusted to the city, and what for.

    `what` names the thing by its room and number, such as "cases:PA-2026-000123". The subject can read all of it.
    """
    row = Access.objects.create(subject=subject, by=by, purpose=purpose, what=what, at=at)
    journal.record(events.AccessNoted(at=at, by=by, subject=row.pk))


@transaction.atomic
def give(*, person_id: UUID, purpose: str, version: int, at: datetime) -> None:
    """
    Agree to a purpose in the version of its words that the person read.

    :raises NotFound: if nobody declares that purpose
    :raises Stale: if the words have changed since they were read
    """
    known = queries.purposes().get(purpose)
    if known is None:
        raise NotFound
    if known.version != version:
        raise Stale(_("The words have changed while you were reading. Please read them again."))
    in_force = Consent.objects.select_for_update().filter(person_id=person_id, purpose=purpose, withdrawn_at=None)
    if any(row.version == version for row in in_force):
        return
    in_force.update(withdrawn_at=at)
    Consent.objects.create(person_id=person_id, purpose=purpose, version=version, given_at=at)
    journal.record(events.ConsentGiven(at=at, by=person_id, subject=person_id, purpose=purpose, version=version))


@transaction.atomic
def withdraw(*, person_id: UUID, purpose: str, at: datetime) -> None:
    """Take a consent back; as easy as giving it, and harmless if there is none."""
    in_force = Consent.objects.filter(person_id=person_id, purpose=purpose, withdrawn_at=None)
    if in_force.update(withdrawn_at=at):
        journal.record(events.ConsentWithdrawn(at=at, by=person_id, subject=person_id, purpose=purpose))


def sweep(now: datetime) -> int:
    """Delete, batch by batch, every row whose model's retention rule says its time is over; return how many."""
    return sum(_forget(rule, now) for rule in retentions() if rule.days is not None)


def _forget(rule: Retention, now: datetime) -> int:
    table = apps.get_model(rule.model)._base_manager
    over = table.filter(**{f"{rule.since}__lt": now - timedelta(days=rule.days or 0)})
    total = 0
    while True:
        with transaction.atomic():
            batch = list(over.order_by(rule.since).values_list("pk", flat=True)[:BATCH])
            if not batch:
                return total
            table.filter(pk__in=batch).delete()
            journal.record(events.RowsForgotten(at=now, model=rule.model, rows=len(batch)))
            total += len(batch)
