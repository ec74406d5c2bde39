"""What happens when the day of a change of agencies has come."""

from datetime import datetime
from uuid import UUID

from hues.kernel.agencies.actions import changing
from hues.kernel.clocks.actions import on_timer


@on_timer(changing.TIMER)
def day_of_change(subject: UUID, now: datetime) -> None:
    """Some agencies end, and others follow them."""
    changing.carry_out(subject, at=now)
