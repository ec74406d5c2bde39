"""Last page: this is what others will see. Then it is sent."""

from datetime import datetime

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from hues.engines.cases import actions, queries
from hues.engines.cases.queries import offered
from hues.engines.cases.rules.intake import Place
from hues.functions.field_reports import catalogue, writing
from hues.functions.field_reports.drafting import Draft, Spot
from hues.functions.field_reports.looked import about_look
from hues.functions.field_reports.sheet import answers_in_words
from hues.functions.field_reports.views.photos import thumbs
from hues.kernel.areas import queries as areas
from hues.kernel.errors import Invalid, Refusal, SignInNeeded
from hues.kernel.people.asker import Role
from hues.kit import clock
from hues.kit.text import Words
from hues.surfaces.shell.access import ANYONE, AskedRequest, open_to


@open_to(ANYONE)
def check(request: AskedRequest) -> HttpResponse:
    """Show the report as others will see it, and send it."""
    at = clock.now()
    draft = writing.found_draft(request, at) if request.method == "POST" else writing.last_draft(request, at)
    if draft.sent:
        return writing.see_other(reverse("field_reports:sent", args=[draft.sent]))
    if writing.has_lost_session(request) or (request.method == "POST" and not request.asker.signed_in):
        return writing.by_way_of_sign_in("check")
    if draft.spot is None or draft.gap != "check":
        return writing.see_other(writing.address_of(draft.gap if draft.begun else "photos"))
    if request.method != "POST" or request.POST.get("draft") != draft.key:
        return _show(request, draft, None, at)
    try:
        number = _send(request, draft, draft.spot, at)
    except SignInNeeded:
        return writing.by_way_of_sign_in("check")
    except Refusal as refusal:
        return _show(request, draft, refusal, at)
    return writing.see_other(reverse("field_reports:sent", args=[number]))


@open_to(Role.CITIZEN)
def sent(request: AskedRequest, number: str) -> HttpResponse:
    """Show the receipt: the number, by when, and what happens next."""
    case = queries.my_case(request.asker, number, at=clock.now())
    answer = render(request, "field_reports/sent.html", {"case": case, **about_look(case)})
    answer["Cache-Control"] = "private, no-cache"
    return answer


def _send(request: AskedRequest, draft: Draft, spot: Spot, at: datetime) -> str:
    return actions.send_draft(
        kind=catalogue.KIND,
        category=draft.category,
        text=draft.text,
        place=Place(lat=spot.lat, lng=spot.lng, address=spot.address, source=spot.source),
        photos=draft.photos,
        answers=dict(draft.answers),
        by=request.asker,
        show_name=draft.show_name,
        channel="web",
        key=draft.key,
        at=at,
    ).number


def _show(request: AskedRequest, draft: Draft, refusal: Refusal | None, at: datetime) -> HttpResponse:
    card = catalogue.leaf(draft.category)
    more = {
        "thumbs": thumbs(draft, at),
        "category": card,
        "group": next((group.card for group in catalogue.groups() if card and group.card.code == card.parent), None),
        "ward": areas.ward(draft.spot.ward) if draft.spot else None,
        "public": _for_everybody(draft),
        "answers": answers_in_words(draft.category, dict(draft.answers)),
        "refusal": refusal,
        "wrong": _by_step(refusal),
    }
    return writing.page(request, draft, "check", more, wrong=refusal is not None)


def _for_everybody(draft: Draft) -> dict[str, str]:
    """Return the words and the place as everybody will read them, where that is less than what was written."""
    address = draft.spot.address if draft.spot else ""
    less = {"words": offered.words(draft.text, address), "address": offered.street(address)}
    return less if less != {"words": draft.text, "address": address} else {}


STEP_OF = {"photos": "photos", "place": "place", "address": "place", "category": "category", "text": "words"}


def _by_step(refusal: Refusal | None) -> list[tuple[str, Words]]:
    """Return each thing that is wrong with the address of the page that asks for it."""
    if not isinstance(refusal, Invalid):
        return []
    return [
        (f"{writing.address_of(STEP_OF.get(name, 'words'))}?back=check", sentence)
        for name, sentence in refusal.fields.items()
    ]
