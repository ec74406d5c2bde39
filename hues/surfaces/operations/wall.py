"""The wall: what is happening now, who is late."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from hues.engines.cases.declare import STATE_WORDS
from hues.engines.cases.queries import CaseFilters, burdens, counts, ops_queue
from hues.engines.cases.rules.workflow import AT_AGENCY, State
from hues.kit.clock import now
from hues.kit.text import pick
from hues.surfaces.desks.lines import STATE_TONES, lines
from hues.surfaces.operations.places import WATCHERS, places
from hues.surfaces.shell import addresses
from hues.surfaces.shell.access import AskedRequest, open_to

ROWS = 7
OPEN = (State.RECEIVED, State.ASSIGNED, State.IN_PROGRESS, State.WAITING, State.SPLIT, State.ANSWERED)


@open_to(*WATCHERS)
@require_safe
def wall(request: AskedRequest) -> HttpResponse:
    """Show how many cases stand where, and those that are latest."""
    at, language = now(), addresses.language()
    counted = counts(request.asker, at=at)
    latest = ops_queue(
        request.asker, CaseFilters(overdue=True, states=AT_AGENCY, whole=True), limit=ROWS, order="due", at=at
    )
    newest = ops_queue(request.asker, CaseFilters(whole=True), limit=ROWS, order="newest", at=at)
    context = {
        "at": at,
        "places": places(request.asker, "wall"),
        "states": [(STATE_WORDS[state], counted.of(state), STATE_TONES[state]) for state in OPEN],
        "calls": [
            (_("Waiting too long for the centre"), counted.unaccepted, "bad"),
            (_("Overdue"), counted.overdue - counted.unaccepted, "bad"),
            (_("Due soon"), counted.due_soon, "wait"),
            (_("More time asked for"), counted.extension_asked, ""),
        ],
        "latest": lines(latest.rows, address=str, at=at),
        "agencies": [(pick(b.agency, language), b.open, b.late) for b in burdens(request.asker, ROWS + 1, at=at)],
        "newest": lines(newest.rows, address=str, at=at),
    }
    return render(request, "operations/wall.html", context)
