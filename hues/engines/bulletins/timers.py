"""What happens when an instant that a bulletin waits for has come."""

from datetime import datetime
from uuid import UUID

from hues.engines.bulletins import actions
from hues.engines.bulletins.actions.issuing import EXPIRE
from hues.engines.bulletins.actions.publishing import EXPIRE as NOTICE_EXPIRE
from hues.engines.bulletins.actions.publishing import PUBLISH
from hues.kernel.clocks.actions import on_timer


@on_timer(EXPIRE)
def over(subject: UUID, now: datetime) -> None:
    """The end that the bulletin named has come."""
    actions.expire(bulletin_id=subject, at=now)


@on_timer(PUBLISH)
def notice_due(subject: UUID, now: datetime) -> None:
    """The instant for which a notice was approved has come."""
    actions.publish_in_time(notice_id=subject, at=now)


@on_timer(NOTICE_EXPIRE)
def notice_over(subject: UUID, now: datetime) -> None:
    """The end that a notice named has come."""
    actions.expire_notice(notice_id=subject, at=now)
