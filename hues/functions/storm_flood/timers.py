"""Calls of the second line are told by the minute, all of them together: a flood is no reason for silence."""

from datetime import UTC, datetime
from uuid import UUID

from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from hues.engines.rescue import queries
from hues.engines.rescue.declare import RESCUERS
from hues.kernel.agencies import queries as agencies
from hues.kernel.clocks import actions as clocks
from hues.kernel.clocks.actions import on_timer
from hues.kernel.delivery import actions as delivery
from hues.kernel.delivery.channels import Urgency
from hues.kernel.languages import in_each
from hues.kit.text import Words

TOGETHER = "rescue.told_together"
"""The timer's subject is the minute, counted since 1970, whose calls are told."""


def tell_together(at: datetime) -> None:
    """Have the calls of this minute told once it is over; whoever comes later in it moves nothing."""
    minute = int(at.timestamp()) // 60
    clocks.set_timer(kind=TOGETHER, subject=UUID(int=minute), due_at=_start(minute + 1), at=at)


@on_timer(TOGETHER)
def minute_over(subject: UUID, now: datetime) -> None:
    """Tell how many came in one minute and still wait; of one that was written down later it is told again."""
    more, in_danger = queries.came_behind(_start(subject.int), _start(subject.int + 1))
    if not more:
        return
    with translation.override("vi"):  # a link is kept without a language
        link = f"{reverse('rescue_desk:queue')}?line=behind"
    delivery.plan(
        rescuers(now),
        reason=f"{TOGETHER}:{subject.int}:{now.isoformat()}",
        title=in_each(_title(more, in_danger), n=str(more), danger=str(in_danger)),
        body=in_each(
            _("In the second line: many come from one network or number, or from another site. Real ones may be there.")
        ),
        link=link,
        urgency=Urgency.EXTREME if in_danger else Urgency.HIGH,
        work=True,
        at=now,
    )


def _title(more: int, in_danger: int) -> Words:
    if not in_danger:
        return ngettext_lazy("Rescue: %(n)s more call", "Rescue: %(n)s more calls", more)
    if in_danger < more:
        return _("Rescue: %(n)s more calls, %(danger)s with life in danger")
    return ngettext_lazy(
        "Rescue: %(n)s more call with life in danger", "Rescue: %(n)s more calls with life in danger", more
    )


def rescuers(at: datetime) -> set[UUID]:
    """Return who can send help."""
    return {person for role in RESCUERS for person in agencies.people_with(role, at)}


def _start(minute: int) -> datetime:
    return datetime.fromtimestamp(60 * minute, UTC)
