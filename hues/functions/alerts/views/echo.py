"""What people say back to an alert, and the board on which the desk sees it arrive."""

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import datetime
from http import HTTPStatus
from typing import Any
from uuid import UUID

from django.http import HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from hues.engines.bulletins import actions, queries
from hues.engines.bulletins.declare import ANSWER_WORDS, READERS
from hues.functions.alerts.sheet import sheet, way_to_rescue
from hues.kernel.areas import queries as areas
from hues.kernel.delivery.channels import Outcome
from hues.kernel.delivery.queries import Why
from hues.kernel.delivery.reasons import WITHOUT_ACCOUNT
from hues.kit import clock
from hues.kit.tables import csv_lines
from hues.kit.text import Words, pick
from hues.surfaces.desks.answers import see_other
from hues.surfaces.operations.deliveries import ENDS, REASONS, WAYS
from hues.surfaces.operations.places import places
from hues.surfaces.shell import addresses
from hues.surfaces.shell.access import ANYONE, AskedRequest, open_to
from hues.surfaces.shell.refusing import sign_in_address
from hues.surfaces.shell.telling import local

# What a count of the file is of: a message that was tried again is no further message, and was handed over to nobody.
CAME: Mapping[str, str] = {
    Outcome.SENT: "handed over",
    Outcome.ARRIVED: "confirmed",
    Outcome.AGAIN: "tried in vain",
    Outcome.REFUSED: "given up",
    Outcome.GONE: "given up",
    Outcome.REPLACED: "not needed",
    Outcome.OVER: "not needed",
}
SILENT: Mapping[Why, Words] = {
    Why.CLOSED: gettext_lazy("the city has not set it up"),
    Why.MILD: gettext_lazy("kept for graver alerts"),
    Why.WAITING: gettext_lazy("still being handed over"),
    Why.NOBODY: gettext_lazy("nobody there chose it"),
}
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
        "board": shown.board,
        "left": sum(ward.told for ward in shown.board.elsewhere),
        "left_opened": sum(ward.opened for ward in shown.board.elsewhere),
        "totals": [(words, ICONS[code], shown.total(code)) for code, words in ANSWER_WORDS.items()],
        "wards": list(_wards(shown)),
        "ends": [
            (end, WAYS.get(end.channel, end.channel), *ENDS.get(end.outcome, (end.outcome, "")))
            for end in shown.board.ends
        ],
        "failures": [
            (one, WAYS.get(one.channel, one.channel), REASONS.get(one.reason, one.reason), _ward(one.ward))
            for one in shown.board.failures
        ],
        "silent": [(WAYS[way], SILENT[why]) for way, why in shown.board.silent],
        "at": clock.now(),
        "places": places(request.asker, "alerts_desk:list"),
    }
    whole = not request.headers.get("HX-Request")
    return render(request, "alerts/board.html" if whole else "alerts/_board.html", context)


@never_cache
@open_to(*READERS)
@require_safe
def table(request: AskedRequest, bulletin_id: UUID) -> StreamingHttpResponse:
    """Send the board as CSV: a row for each ward, then one for each way, end and minute; a try is no message."""
    shown = queries.echo(request.asker, bulletin_id)
    columns = ("what", "ward", "channel", "outcome", "minute", "count")
    answer = StreamingHttpResponse(csv_lines(columns, _rows(shown)), content_type="text/csv; charset=utf-8")
    answer.headers["Content-Disposition"] = (
        f'attachment; filename="{shown.bulletin.identifier or bulletin_id}-reach.csv"'
    )
    return answer


def _wards(shown: queries.Echo) -> Iterator[dict[str, Any]]:
    reached = {ward.ward: ward for ward in shown.board.wards}
    left = {ward.ward: ward for ward in shown.board.elsewhere}
    failed = Counter[str]()
    for one in shown.board.failures:
        failed[one.ward] += one.n
    for code in sorted({*shown.bulletin.reach.wards, *reached, *left, *failed, *(ward for ward, _said in shown.said)}):
        card = reached.get(code)
        yield {
            "name": _ward(code),
            "failed": failed[code],
            "told": card.told if card else 0,
            "opened": card.opened if card else 0,
            "left": left[code].told if code in left else 0,
            "said": [shown.said.get((code, answer), 0) for answer in ANSWER_WORDS],
        }


def _ward(code: str) -> str:
    if code == WITHOUT_ACCOUNT:
        return _("Devices without an account")
    ward = areas.ward(code) if code else None
    return pick(ward.name, addresses.language()) if ward else _("No home ward")


def _rows(shown: queries.Echo) -> Iterator[tuple[str | int, ...]]:
    for ward in shown.board.wards:
        yield "told", ward.ward, "inbox", "", "", ward.told
        yield "opened", ward.ward, "inbox", "", "", ward.opened
    for ward in shown.board.elsewhere:
        yield "told it is over there", ward.ward, "inbox", "", "", ward.told
        yield "opened that it is over there", ward.ward, "inbox", "", "", ward.opened
    for (ward_code, said), n in sorted(shown.said.items()):
        yield f"answered {said}", ward_code, "", "", "", n
    for end in shown.board.ends:
        yield CAME.get(end.outcome, "ended"), "", end.channel, end.outcome, _minute(end.at), end.n
    for one in shown.board.failures:
        yield (
            "failed",
            "without an account" if one.ward == WITHOUT_ACCOUNT else one.ward,
            one.channel,
            one.reason,
            _minute(one.at),
            one.n,
        )


def _minute(at: datetime) -> str:
    return local(at).isoformat(timespec="minutes")
