"""What follows an instant: the days of a file are over."""

from datetime import datetime
from uuid import UUID

from hues.kernel.clocks.actions import on_timer
from hues.surfaces.exports import actions


@on_timer(actions.GO)
def let_go(subject: UUID, now: datetime) -> None:
    """Delete the bytes of a file."""
    actions.let_go(subject, now)
