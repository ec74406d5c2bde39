"""The rescuers' desk: the queue by urgency and age, one call with its log, the moves, the file."""

from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from hues.engines.rescue import actions, queries
from hues.engines.rescue.declare import NEED_WORDS, RESCUERS, STATE_WORDS, URGENCY_WORDS, VERB_WORDS
from hues.engines.rescue.queries import LINES, RescueCall
from hues.engines.rescue.rules.workflow import Verb
from hues.functions.storm_flood import callfile
from hues.functions.storm_flood.deskpage import LINE_WORDS, MOVES, line, logged, moves
from hues.kernel.errors import Invalid, NotFound, Stale, WrongState
from hues.kernel.people import phones
from hues.kernel.people.queries import names_of
from hues.kit import clock
from hues.kit.tables import csv_lines
from hues.kit.text import number
from hues.surfaces.desks.answers import see_other
from hues.surfaces.operations.places import places
from hues.surfaces.shell.access import AskedRequest, open_to
from hues.surfaces.shell.telling import local


@open_to(*RESCUERS)
@require_safe
@never_cache
def queue(request: AskedRequest) -> HttpResponse:
    """Show one line of the queue with the counts of all."""
    shown = _line_of(request)
    found, counted = queries.queue(request.asker, shown), queries.numbers(request.asker)
    context = {
        "rows": [line(call) for call in found],
        "unplaced": sum(call.is_open and call.lat is None for call in found),
        "shown": shown,
        "lines": [(name, LINE_WORDS[name], getattr(counted, name), name == shown) for name in LINES],
        "counted": counted,
        "at": clock.now(),
        "points_url": f"{reverse('rescue_desk:points')}?line={shown}",
        "places": places(request.asker, "rescue_desk:queue"),
    }
    return render(request, "storm_flood/desk_queue.html", context)


@open_to(*RESCUERS)
@require_safe
@never_cache
def points(request: AskedRequest) -> HttpResponse:
    """Return where the calls of a line are, as GeoJSON."""
    found = queries.queue(request.asker, _line_of(request))
    features = [_feature(call) for call in found if call.lat is not None]
    return JsonResponse({"type": "FeatureCollection", "features": features}, content_type="application/geo+json")


@open_to(*RESCUERS)
@require_safe
@never_cache
def one(request: AskedRequest, rescue: str) -> HttpResponse:
    """Show a call with its log and what can be done."""
    return _page(request, rescue)


@open_to(*RESCUERS)
@require_POST
def make(request: AskedRequest, rescue: str, move: str) -> HttpResponse:
    """Do one thing about a call; of two people one wins, and the other keeps the words."""
    if move not in MOVES:
        raise NotFound
    seen, words = number(request.POST.get("seen", "")), request.POST.get("words", "")
    try:
        actions.move(verb=Verb(move), code=rescue, seen=seen, by=request.asker, words=words, at=clock.now())
    except (Stale, WrongState, Invalid) as refused:
        return _page(request, rescue, words=words, refused=str(refused), status=refused.status)
    messages.success(request, _("Noted: %(what)s.") % {"what": VERB_WORDS[Verb(move)]})
    return see_other(reverse("rescue_desk:one", args=[rescue]))


@open_to(*RESCUERS)
@require_POST
def export(request: AskedRequest) -> HttpResponse:
    """Send all calls as a file, and write down who took it."""
    at = clock.now()
    answer = HttpResponse(content_type="text/csv; charset=utf-8", headers={"Cache-Control": "private, no-store"})
    answer.headers["Content-Disposition"] = f'attachment; filename="rescue-{local(at):%Y%m%d-%H%M}.csv"'
    rows = callfile.lines(queries.everything(request.asker))
    answer.write("".join(csv_lines(callfile.heads(), rows)))
    actions.note_export(rows=len(rows), by=request.asker, at=at)
    return answer


def _page(
    request: AskedRequest, rescue: str, *, words: str = "", refused: str = "", status: int = HTTPStatus.OK
) -> HttpResponse:
    call = queries.call(request.asker, rescue)
    log = queries.log(request.asker, call.id)
    names = names_of(one.by for one in log if one.by)
    context: dict[str, Any] = {
        "row": line(call),
        "call": call,
        "needs": [NEED_WORDS[need] for need in call.needs],
        "log": [logged(one, names) for one in log],
        "moves": moves(call),
        "phone": phones.shown(call.phone) if call.phone else "",
        "words": words,
        "refused": refused,
        "places": places(request.asker, "rescue_desk:queue"),
    }
    return render(request, "storm_flood/desk_one.html", context, status=status)


def _line_of(request: AskedRequest) -> str:
    shown = request.GET.get("line", "")
    return shown if shown in LINES else LINES[0]


def _feature(call: RescueCall) -> dict[str, Any]:
    place = {"type": "Point", "coordinates": [call.lng, call.lat]}
    title = f"{URGENCY_WORDS[call.urgency]} · {STATE_WORDS[call.state]}"
    facts = {"count": 1, "title": title, "text": call.address, "href": reverse("rescue_desk:one", args=[call.code])}
    return {"type": "Feature", "geometry": place, "properties": facts}
