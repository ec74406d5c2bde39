"""What was reported here already, shown while somebody writes: one tap joins it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import urlencode

from django.conf import settings
from django.core import signing
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from hues.engines.cases import actions, queries
from hues.engines.cases.declare import STATE_WORDS
from hues.functions.field_reports import catalogue, writing
from hues.functions.field_reports import queries as field_reports
from hues.functions.field_reports.drafting import Draft
from hues.functions.field_reports.forms import LONGEST_TEXT
from hues.functions.field_reports.keywords import Match
from hues.kernel.errors import NotFound, SignInNeeded
from hues.kernel.media import queries as media
from hues.kit import clock
from hues.kit.text import Words, tidy
from hues.surfaces.citizen.cards import TONES
from hues.surfaces.shell import addresses
from hues.surfaces.shell.access import ANYONE, AskedRequest, open_to

SHOWN_NEAR = "hues.field_reports.near"
A_DAY = timedelta(days=1)


@dataclass(frozen=True, kw_only=True, slots=True)
class Neighbour:
    """A report nearby as the panel draws it."""

    near: queries.Near
    join: str
    photo: str
    state: Words
    tone: str


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@open_to(ANYONE)
def near(request: AskedRequest) -> HttpResponse:
    """
    Show what was reported where the reader's draft is; on its own page for who has no script.

    What is being typed is posted, though nothing changes: addresses are kept in logs.
    """
    at = clock.now()
    draft = writing.found_draft(request, at)
    typed = tidy(request.POST.get("text", ""))[:LONGEST_TEXT]
    whole = not request.headers.get("HX-Request")
    found = _found(draft, typed or draft.text, at)
    context = {
        "neighbours": neighbours(found, at),
        "other": _other(draft, typed or draft.text),
        "draft": draft,
        "alone": whole,
    }
    answer = render(request, "field_reports/near.html" if whole else "field_reports/_near.html", context)
    answer["Cache-Control"] = "private, no-store"
    return answer


@require_http_methods(["GET", "HEAD", "POST"])
@open_to(ANYONE)
def join(request: AskedRequest, number: str) -> HttpResponse:
    """Count the reader in with a report nearby instead of sending the same again, or out; their own is opened."""
    at = clock.now()
    if queries.is_mine(request.asker, number):
        return writing.see_other(reverse("field_reports:report", args=[number]))
    found, follows = queries.nearby_case(number), queries.follows(request.asker, number)
    if not (found.is_public or follows or _was_shown(number, request.GET.get("near", ""))):
        raise NotFound
    if request.method == "POST":
        act = actions.withdraw_support if "back" in request.POST else actions.support
        try:
            act(number=number, by=request.asker, at=at)
        except SignInNeeded:
            return writing.see_other(
                f"{addresses.to(settings.LOGIN_URL)}?{urlencode({'next': request.get_full_path()})}"
            )
        if "back" in request.POST:
            return writing.see_other(writing.address_of("words"))
        return writing.see_other(reverse("field_reports:join", args=[number]))
    context = {
        "near": found,
        "state": STATE_WORDS[found.state],
        "tone": TONES[found.state],
        "mine": follows,
        "signed_in": request.asker.signed_in,
    }
    answer = render(request, "field_reports/joined.html", context)
    answer["Cache-Control"] = "private, no-store"
    return answer


def _join(near: queries.Near) -> str:
    """Return where one joins; of a report that is not public only whoever was shown it learns more than its number."""
    address = reverse("field_reports:join", args=[near.number])
    return (
        address if near.is_public else f"{address}?{urlencode({'near': signing.dumps(near.number, salt=SHOWN_NEAR)})}"
    )


def _was_shown(number: str, proof: str) -> bool:
    try:
        return bool(signing.loads(proof, salt=SHOWN_NEAR, max_age=A_DAY) == number)
    except signing.BadSignature:
        return False


def _other(draft: Draft, text: str) -> Match | None:
    """Return what the words speak of, if it is certainly something else than what was chosen."""
    found = field_reports.suggested(text) if draft.category else ()
    return found[0] if found and all(match.category != draft.category for match in found) else None


def _found(draft: Draft, text: str, at: datetime) -> tuple[queries.Near, ...]:
    if draft.spot is None or not draft.category:
        return ()
    return queries.near_duplicates(
        kind=catalogue.KIND,
        category=draft.category,
        text=text,
        lat=draft.spot.lat,
        lng=draft.spot.lng,
        source=draft.spot.source,
        at=at,
    )


def neighbours(found: Sequence[queries.Near], at: datetime) -> tuple[Neighbour, ...]:
    """Return reports nearby as the panel draws them."""
    photos = media.photos(near.photo_id for near in found if near.photo_id)
    return tuple(
        Neighbour(
            near=near,
            join=_join(near),
            photo=media.link_to(card, "thumb", at) if near.photo_id and (card := photos.get(near.photo_id)) else "",
            state=STATE_WORDS[near.state],
            tone=TONES[near.state],
        )
        for near in found
    )
