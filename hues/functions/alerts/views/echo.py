"""What people say back to an alert, and the board on which the desk sees it arrive."""

from http import HTTPStatus
from typing import Any
from uuid import UUID

from django.http import HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from hues.engines.bulletins import actions, queries
from hues.engines.bulletins.declare import ANSWER_WORDS, READERS
from hues.functions.alerts.sheet import sheet, way_to_rescue
from hues.kit import clock
from hues.kit.text import pick
from hues.surfaces.desks.answers import see_other
from hues.surfaces.operations import reached
from hues.surfaces.operations.places import places
from hues.surfaces.shell import addresses
from hues.surfaces.shell.access import ANYONE, AskedRequest, open_to
from hues.surfaces.shell.refusing import sign_in_address

ICONS = {"got": "check", "safe": "shield-check", "help": "bell-ringing"}


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@open_to(ANYONE)
def answer(request: AskedRequest, identifier: str) -> HttpResponse:
    """
    Ask whoever reads an alert in force how they are; who needs help is led to the call for rescue.

    The page of an alert asks for this once it is open: so it is here that its being opened is noted.
    """
    at = clock.now()
    if request.method == "POST":
        said = request.POST.get("said", "")
        actions.answer(identifier=identifier, said=said, by=request.asker, at=at)
        rescue = way_to_rescue() if said == "help" else ""
        return see_other(rescue if rescue.startswith("/") else reverse("alerts:answer", args=[identifier]))
    card = queries.alert(identifier)
    if request.method == "GET":
        actions.note_seen(identifier=identifier, by=request.asker, at=at)
    if "over" in request.GET:  # the page says by itself that it is over, and asks nothing
        return HttpResponse(status=HTTPStatus.NO_CONTENT)
    mine = queries.my_answer(request.asker, identifier) if request.asker.signed_in else ""
    context = {
        "sheet": sheet(card, at),
        "choices": [(code, words, ICONS[code]) for code, words in ANSWER_WORDS.items()],
        "mine": mine,
        "sign_in": "" if request.asker.signed_in else sign_in_address(request),
        "rescue": way_to_rescue(),
    }
    whole = not request.headers.get("HX-Request")
    return render(request, "alerts/answer.html" if whole else "alerts/_answer.html", context)


@never_cache
@open_to(*READERS)
@require_safe
def board(request: AskedRequest, bulletin_id: UUID) -> HttpResponse:
    """Show whom an alert reached, by ward and minute, and what they said; it renews itself."""
    shown = queries.echo(request.asker, bulletin_id)
    found = shown.bulletin
    context: dict[str, Any] = {
        "bulletin": found,
        "headline": pick({code[:2]: text.headline for code, text in found.content.texts.items()}, addresses.language()),
        "training": found.content.training,
        "left_words": _("Told that it is over there"),
        "totals": [(words, ICONS[code], shown.total(code)) for code, words in ANSWER_WORDS.items()],
        **reached.shown(shown.board, said=shown.said, answers=ANSWER_WORDS, aimed=shown.bulletin.reach.wards),
        "at": clock.now(),
        "places": places(request.asker, "alerts_desk:list"),
    }
    whole = not request.headers.get("HX-Request")
    return render(request, "alerts/board.html" if whole else "operations/_reached.html", context)


@never_cache
@open_to(*READERS)
@require_safe
def table(request: AskedRequest, bulletin_id: UUID) -> StreamingHttpResponse:
    """Send the board as CSV: a row for each ward, then one for each way, end and minute; a try is no message."""
    shown = queries.echo(request.asker, bulletin_id)
    return reached.file(
        shown.board, f"{shown.bulletin.identifier or bulletin_id}-reach.csv", said=shown.said, answers=ANSWER_WORDS
    )
