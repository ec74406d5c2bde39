"""Promises of rounds that are over: they stay in the register, and a later round can still make them good."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import F, Value
from django.db.models.functions import Coalesce

from hues.engines.cases.actions.moving import Locked
from hues.engines.cases.models import Case, PastPromise
from hues.engines.cases.rules import rounds as rules
from hues.engines.cases.rules.facts import Facts


def keep_promise_of(locked: Locked, _after: Facts) -> dict[str, Any]:
    """Write down the promise of a case that is being reopened."""
    if left := rules.promise_left(locked.facts):
        PastPromise.objects.create(case_id=locked.id, **left)
    return {}


def make_good(case_id: UUID, *, at: datetime) -> None:
    """Let earlier promises of a case count as kept once its trouble is published as fixed, or the last one is kept."""
    owed = PastPromise.objects.filter(case_id=case_id, promise_kept_at=None)
    columns = ("outcome", "answered_at", "promise_shown_at", "promise_kept_at")
    row = Case.objects.filter(pk=case_id).values(*columns).first()
    if row is None or not owed.exists():
        return
    if shown := rules.mended_at(
        outcome=row["outcome"],
        answered_at=row["answered_at"],
        shown_at=row["promise_shown_at"],
        kept_at=row["promise_kept_at"],
    ):
        owed.update(promise_shown_at=Coalesce(F("promise_shown_at"), Value(shown)), promise_kept_at=at)
