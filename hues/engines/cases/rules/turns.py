"""Whose turn it is: the clock that runs now, and until when."""

from datetime import datetime

from hues.engines.cases.rules.workflow import State


def due_now(*, state: State, accept_due_at: datetime, started_at: datetime | None, due_at: datetime) -> datetime:
    """
    Return the due time that runs now: the centre's until it has accepted, then the agency's.

    Of a case that was given back both run, for its reporter waits on: the earlier one tells how it stands.
    """
    if state != State.RECEIVED:
        return due_at
    return accept_due_at if started_at is None else min(accept_due_at, due_at)
