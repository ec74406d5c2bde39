"""The wall: what is happening now, who is late."""

from datetime import datetime, timedelta

from django.http import HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from hues.engines.cases.declare import STATE_WORDS
from hues.engines.cases.queries import SPAN, CaseFilters, Counts, Lately, answered_lately, burdens, counts, ops_queue
from hues.engines.cases.rules.workflow import AT_AGENCY, State
from hues.kernel.people.asker import Asker
from hues.kit.clock import now
from hues.kit.kept import Kept
from hues.kit.text import Words, pick
from hues.surfaces.desks.lines import STATE_TONES, lines
from hues.surfaces.operations.places import WATCHERS, places, strips
from hues.surfaces.shell import addresses
from hues.surfaces.shell.access import AskedRequest, open_to

ROWS = 7
OPEN = (State.RECEIVED, State.ASSIGNED, State.IN_PROGRESS, State.WAITING, State.SPLIT, State.ANSWERED)


# Twenty screens that look every five seconds see the same: the whole city, whoever looks.
BOARDS = Kept[str, str](timedelta(seconds=2))
ANSWERS = Kept[str, Lately](timedelta(minutes=1))  # four weeks change slowly


@open_to(*WATCHERS)
@require_safe
def wall(request: AskedRequest) -> HttpResponse:
    """Show how many cases stand where, and those that are latest."""
    context = {"places": places(request.asker, "wall"), **_now(request.asker)}
    return render(request, "operations/wall.html", context)


@open_to(*WATCHERS)
@require_safe
def board(request: AskedRequest) -> HttpResponse:
    """Return what hangs on the wall now, for a page that has been open for a while."""
    return render(request, "operations/_wall_now.html", _now(request.asker))


def _now(asker: Asker) -> dict[str, object]:
    return {"strips": strips(asker), "board": _board(asker)}


def _board(asker: Asker) -> str:
    at, language = now(), addresses.language()
    return BOARDS.get(language, at, lambda: render_to_string("operations/_board.html", _shown(asker, language, at)))


def _calls(counted: Counts) -> tuple[tuple[Words, int, str], ...]:
    return (
        (_("Waiting too long for the centre"), counted.unaccepted, "bad"),
        (_("Overdue"), counted.answers_late, "bad"),
        (_("Due soon"), counted.due_soon, "wait"),
        (_("More time asked for"), counted.extension_asked, ""),
    )


def _shown(asker: Asker, language: str, at: datetime) -> dict[str, object]:
    counted = counts(asker, at=at)
    late = CaseFilters(answer_late=True, states=AT_AGENCY | {State.RECEIVED}, whole=True)
    latest = ops_queue(asker, late, limit=ROWS, order="due", at=at)
    newest = ops_queue(asker, CaseFilters(whole=True), limit=ROWS, order="newest", at=at)
    return {
        "states": [(STATE_WORDS[state], counted.of(state), STATE_TONES[state]) for state in OPEN],
        "calls": [(words, n, tone if n else "") for words, n, tone in _calls(counted)],
        "weeks": SPAN.days // 7,
        "answers": ANSWERS.get("", at, lambda: answered_lately(asker, at=at)),
        "latest": lines(latest.rows, address=str, at=at),
        "agencies": [(pick(b.agency, language), b.open, b.late) for b in burdens(asker, ROWS + 1, at=at)],
        "newest": lines(newest.rows, address=str, at=at),
    }
