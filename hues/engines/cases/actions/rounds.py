"""Promises of rounds that are over: they stay in the register, and a later round can still make them good."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import F, Value
from django.db.models.functions import Coalesce

from hues.engines.cases.actions.moving import Locked
from hues.engines.cases.models import Case, PastPromise
from hues.engines.cases.rules.facts import Facts
from hues.engines.cases.rules.outcomes import Outcome


def keep_promise_of(locked: Locked, _after: Facts) -> dict[str, Any]:
    """Write down the promise of a case that is being reopened; proof nobody had looked at proves nothing now."""
    facts = locked.facts
    if facts.promise_on is not None and facts.published_at is not None:
        PastPromise.objects.create(
            case_id=locked.id,
            agency_id=facts.counted_for or facts.agency_id,
            promise_on=facts.promise_on,
            promise_shown_at=facts.promise_shown_at if facts.promise_kept_at else None,
            promise_kept_at=facts.promise_kept_at,
            published_at=facts.published_at,
        )
    return {}


def make_good(case_id: UUID, *, at: datetime) -> None:
    """Let earlier promises of a case count as kept once its trouble is published as fixed, or the last one is kept."""
    owed = PastPromise.objects.filter(case_id=case_id, promise_kept_at=None)
    columns = ("outcome", "answered_at", "promise_shown_at", "promise_kept_at")
    row = Case.objects.filter(pk=case_id).values(*columns).first()
    if row is None or not owed.exists():
        return
    fixed = row["answered_at"] if row["outcome"] == Outcome.FIXED else None
    if shown := row["promise_shown_at"] if row["promise_kept_at"] else fixed:
        owed.update(promise_shown_at=Coalesce(F("promise_shown_at"), Value(shown)), promise_kept_at=at)
