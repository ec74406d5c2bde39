"""Set timers, cancel them, and do what is due."""

import logging
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from hues.kernel.clocks.models import Timer
from hues.kernel.clocks.timing import on_timer, ring_of
from hues.kernel.statements import planned
from hues.kit.ids import new_id

__all__ = ["NewTimer", "cancel_timers", "on_timer", "set_timer", "set_timers", "tick"]

logger = logging.getLogger(__name__)
LONGEST_WAIT = timedelta(hours=6)
# A sweep that finds more than this leaves the rest to the next one, a minute later or on another machine.
MOST_AT_ONCE = 5_000


@dataclass(frozen=True, kw_only=True, slots=True)
class NewTimer:
    """What is to happen to `subject`, and when."""

    kind: str
    subject: UUID
    due_at: datetime


_SET = """
INSERT INTO clocks_timer (id, kind, subject, due_at, next_at, tries, set_at)
SELECT id, kind, subject, due_at, due_at, 0, %s
FROM unnest(%s::uuid[], %s::text[], %s::uuid[], %s::timestamptz[]) AS given (id, kind, subject, due_at)
ON CONFLICT (subject, kind) DO UPDATE
SET due_at = EXCLUDED.due_at, next_at = EXCLUDED.next_at, tries = 0, set_at = EXCLUDED.set_at
"""


@transaction.atomic
def set_timer(*, kind: str, subject: UUID, due_at: datetime, at: datetime) -> None:
    """Have `kind` happen to `subject` at `due_at`; a timer of that kind that is there already is moved."""
    set_timers([NewTimer(kind=kind, subject=subject, due_at=due_at)], at=at)


@transaction.atomic(savepoint=False)
def set_timers(timers: Iterable[NewTimer], *, at: datetime) -> int:
    """Set many timers at once and return how many."""
    rows = [(new_id(), t.kind, t.subject, t.due_at) for t in timers]
    columns = [list(column) for column in zip(*rows, strict=True)]
    if rows:
        with planned() as cursor:
            cursor.execute(_SET, [at, *columns])
    return len(rows)


@transaction.atomic
def cancel_timers(subject: UUID, kind: str | None = None) -> int:
    """Take back what was to happen to `subject` (of one kind, or all of it) and return how many that were."""
    found = Timer.objects.filter(subject=subject)
    gone, _ = (found if kind is None else found.filter(kind=kind)).delete()
    return gone


def tick(now: datetime, *, limit: int = MOST_AT_ONCE) -> int:
    """
    Do all that is due at `now`, each in a transaction of its own, and return how much was done.

    Any number of sweeps may run at once: a timer that one of them holds is skipped by the others.
    """
    fired = 0
    for _ in range(limit):
        done = _fire_next(now)
        if done is None:
            break
        fired += done
    return fired


@transaction.atomic
def _fire_next(now: datetime) -> bool | None:
    due = Timer.objects.select_for_update(skip_locked=True).filter(next_at__lte=now)
    timer = due.order_by("next_at", "id").first()
    if timer is None:
        return None
    try:
        with transaction.atomic():
            # Before it rings, so that the ring may set the same timer anew.
            Timer.objects.filter(pk=timer.pk).delete()
            ring_of(timer.kind)(timer.subject, now)
    except Exception:
        logger.exception("timer %s failed, try %s", timer, timer.tries + 1)
        _try_later(timer, now)
        return False
    return True


def _try_later(timer: Timer, now: datetime) -> None:
    wait = min(timedelta(minutes=2 ** min(timer.tries, 12)), LONGEST_WAIT)
    Timer.objects.filter(pk=timer.pk).update(next_at=now + wait, tries=timer.tries + 1)
