"""The board on which the desk sees how a notice reached people."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from hues.engines.bulletins import queries
from hues.engines.bulletins.declare import READERS
from hues.kit import clock
from hues.kit.text import pick
from hues.surfaces.operations import reached
from hues.surfaces.operations.places import places
from hues.surfaces.shell import addresses
from hues.surfaces.shell.access import AskedRequest, open_to


@never_cache
@open_to(*READERS)
@require_safe
def board(request: AskedRequest, notice_id: UUID) -> HttpResponse:
    """Show whom a notice reached, by ward and minute; it renews itself."""
    found, counted = queries.notice_board(request.asker, notice_id)
    context: dict[str, Any] = {
        "notice": found,
        "title": pick(found.title, addresses.language()),
        "left_words": _("Told that it has changed"),
        **reached.shown(counted, said={}),
        "at": clock.now(),
        "places": places(request.asker, "notices_desk:list"),
    }
    whole = not request.headers.get("HX-Request")
    return render(request, "notices/board.html" if whole else "operations/_reached.html", context)


@never_cache
@open_to(*READERS)
@require_safe
def table(request: AskedRequest, notice_id: UUID) -> StreamingHttpResponse:
    """Send the board as CSV."""
    found, counted = queries.notice_board(request.asker, notice_id)
    return reached.file(counted, f"{found.number or notice_id}-reach.csv", said={})
