"""What the city does by itself when a time has come."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from hues.engines.cases.actions.moving import move
from hues.engines.cases.events import ClockRang
from hues.engines.cases.models import Case
from hues.engines.cases.rules.timing import Timer
from hues.engines.cases.rules.workflow import State, Verb
from hues.kernel.journal import actions as journal
from hues.kernel.people.asker import CITY

# The column of what a clock rings for, where that is not the due time.
RINGS_FOR = {
    Timer.ACCEPT_OVERDUE: "accept_due_at",
    Timer.REVIEW_OVERDUE: "version",
    Timer.PROMISE: "promise_on",
    Timer.PROMISE_BROKEN: "promise_on",
}


@transaction.atomic
def close_old(*, case_id: UUID, at: datetime) -> None:
    """Close a case whose answer nobody contested; one that has moved on meanwhile stays as it is."""
    if _in(case_id, State.PUBLISHED):
        move(Verb.CLOSE, case_id, by=CITY, seen=None, at=at)


@transaction.atomic
def resume_waiting(*, case_id: UUID, at: datetime) -> None:
    """Have the agency go on with a case whose reporter did not reply in time."""
    if _in(case_id, State.WAITING):
        move(Verb.RESUME, case_id, by=CITY, seen=None, at=at)


@transaction.atomic
def ring(*, case_id: UUID, clock: Timer, states: frozenset[State], at: datetime) -> None:
    """Note that a time of a case has come, if it still stands in one of `states`."""
    of = RINGS_FOR.get(clock, "due_at")
    row = Case.objects.filter(pk=case_id, state__in=sorted(states)).values("number", "agency_id", of).first()
    if row:
        about = {"number": row["number"], "agency": row["agency_id"], "of": str(row[of])}
        journal.record(ClockRang(at=at, subject=case_id, clock=clock, **about))


def _in(case_id: UUID, state: State) -> bool:
    # Locked, so that a citizen who reopens at this moment comes either before or after. Who moves it now is not waited
    # for: they may wait for the timer that rings here, which is tried again in a minute.
    return Case.objects.select_for_update(nowait=True).filter(pk=case_id, state=state).exists()
