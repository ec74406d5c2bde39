"""What field reports put on the pages of others."""

from collections.abc import Iterator
from datetime import datetime

from django.utils.translation import gettext as _

from hues.functions.field_reports import drafting, writing
from hues.surfaces.citizen.slots import Strip
from hues.surfaces.shell.access import AskedRequest


def unfinished(request: AskedRequest, at: datetime) -> Iterator[Strip]:
    """Yield the way back to a report that was begun and not sent."""
    draft = drafting.load(request, at)
    if draft is not None and draft.begun:
        yield Strip(
            title=_("You have an unfinished report"),
            text=_("Everything you wrote is kept."),
            address=writing.address_of(draft.gap),
            icon="edit",
            tone="wait",
        )
