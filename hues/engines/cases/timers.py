"""What happens when an instant that a case waits for has come."""

from datetime import datetime
from uuid import UUID

from hues.engines.cases import actions
from hues.engines.cases.rules.timing import WEEKLY_DIGEST, Timer
from hues.engines.cases.rules.workflow import AT_AGENCY, State
from hues.kernel.clocks.actions import on_timer

AT_WORK = frozenset({State.ASSIGNED, State.IN_PROGRESS, State.SPLIT})
ENDED_WELL = frozenset({State.PUBLISHED, State.CLOSED})


@on_timer(Timer.ACCEPT_OVERDUE)
def accept_overdue(subject: UUID, now: datetime) -> None:
    """The operations centre has not routed the case in time."""
    actions.ring(case_id=subject, clock=Timer.ACCEPT_OVERDUE, states=frozenset({State.RECEIVED}), at=now)


@on_timer(Timer.REVIEW_OVERDUE)
def review_overdue(subject: UUID, now: datetime) -> None:
    """Nobody at the operations centre has looked at what an agency answered, or showed of a promise."""
    actions.ring(case_id=subject, clock=Timer.REVIEW_OVERDUE, states=ENDED_WELL | {State.ANSWERED}, at=now)


@on_timer(Timer.DUE_SOON)
def due_soon(subject: UUID, now: datetime) -> None:
    """Little of the agency's time is left."""
    actions.ring(case_id=subject, clock=Timer.DUE_SOON, states=AT_AGENCY, at=now)


@on_timer(Timer.WAITS_BEYOND)
def waits_beyond(subject: UUID, now: datetime) -> None:
    """The due time passes while a question waits for its reply."""
    actions.ring(case_id=subject, clock=Timer.WAITS_BEYOND, states=frozenset({State.WAITING}), at=now)


@on_timer(Timer.OVERDUE)
def overdue(subject: UUID, now: datetime) -> None:
    """The agency has not answered in time."""
    actions.ring(case_id=subject, clock=Timer.OVERDUE, states=AT_WORK, at=now)


@on_timer(Timer.ESCALATED)
def still_overdue(subject: UUID, now: datetime) -> None:
    """The agency and its head were told, and still nobody has answered."""
    actions.ring(case_id=subject, clock=Timer.ESCALATED, states=AT_AGENCY, at=now)


@on_timer(WEEKLY_DIGEST)
def weekly_digest(subject: UUID, now: datetime) -> None:
    """A week begins: every agency hears how it stands."""
    actions.begin_week(at=now)


@on_timer(Timer.PROMISE)
def promised_day(subject: UUID, now: datetime) -> None:
    """The day has come for which the agency promised."""
    actions.ring(case_id=subject, clock=Timer.PROMISE, states=ENDED_WELL, at=now)


@on_timer(Timer.PROMISE_BROKEN)
def promise_broken(subject: UUID, now: datetime) -> None:
    """The promised day went by without proof."""
    actions.ring(case_id=subject, clock=Timer.PROMISE_BROKEN, states=ENDED_WELL, at=now)


@on_timer(Timer.RESUME)
def no_reply(subject: UUID, now: datetime) -> None:
    """The reporter has not replied for too long."""
    actions.resume_waiting(case_id=subject, at=now)


@on_timer(Timer.CLOSE)
def uncontested(subject: UUID, now: datetime) -> None:
    """Nobody contested the answer."""
    actions.close_old(case_id=subject, at=now)
