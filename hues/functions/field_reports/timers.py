"""Count a month whose reports have changed."""

from datetime import datetime
from uuid import UUID

from hues.functions.field_reports import actions, months
from hues.kernel.clocks.actions import on_timer


@on_timer(actions.RECOUNT)
def recount(subject: UUID, now: datetime) -> None:
    """The five minutes are over in which reports of a month have changed."""
    actions.recount(months.month_from(subject), at=now)
