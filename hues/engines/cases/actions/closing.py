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
    row = Case.objects.filter(pk=case_id, state__in=sorted(states)).values("number", "agency_id").first()
    if row:
        journal.record(ClockRang(at=at, subject=case_id, number=row["number"], clock=clock, agency=row["agency_id"]))


def _in(case_id: UUID, state: State) -> bool:
    # Locked, so that a citizen who reopens at this moment comes either before or after.
    return Case.objects.select_for_update().filter(pk=case_id, state=state).exists()
