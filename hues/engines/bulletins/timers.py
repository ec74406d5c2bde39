"""What happens when an instant that a bulletin waits for has come."""

from datetime import datetime
from uuid import UUID

from hues.engines.bulletins import actions
from hues.engines.bulletins.actions.issuing import EXPIRE
from hues.kernel.clocks.actions import on_timer


@on_timer(EXPIRE)
def over(subject: UUID, now: datetime) -> None:
    """The end that the bulletin named has come."""
    actions.expire(bulletin_id=subject, at=now)
