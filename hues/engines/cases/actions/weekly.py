"""Once a week agencies and the duty leader hear how they stand."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from hues.engines.cases.events import WeekBegan
from hues.engines.cases.rules import timing
from hues.kernel.clocks import actions as clocks
from hues.kernel.clocks import queries as timers
from hues.kernel.journal import actions as journal

# The digest is about no case: a subject of its own, so that there is one timer of it however often it is asked for.
DIGEST = UUID("0b6d3f5e-5d0c-4b53-9f4e-9b7a3f1c7d11")


@transaction.atomic
def keep_weekly(*, at: datetime) -> None:
    """See to it that a week will begin; one that is already waited for stays."""
    if not any(timer.kind == timing.WEEKLY_DIGEST for timer in timers.timers_of(DIGEST)):
        _wait(at)


@transaction.atomic
def begin_week(*, at: datetime) -> None:
    """Note that a week begins, and wait for the next."""
    journal.record(WeekBegan(at=at, by=None, subject=None))
    _wait(at)


def _wait(at: datetime) -> None:
    due = timing.next_week(at, timers.calendar().zone)
    clocks.set_timer(kind=timing.WEEKLY_DIGEST, subject=DIGEST, due_at=due, at=at)
