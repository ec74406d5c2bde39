"""Alerts for everybody: what is in force, one alert in plain words, and whether a warning is real."""

from functools import partial
from hashlib import sha256
from http import HTTPStatus
from typing import Final

from django import forms
from django.conf import settings
from django.core.cache import cache
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from hues.engines.bulletins import queries
from hues.engines.bulletins.rules.numbers import IDENTIFIER, LONGEST
from hues.functions.alerts import card as drawn_card
from hues.functions.alerts.feeds import message_address
from hues.functions.alerts.sheet import aloud, area_picture, last_word, pack, passed_on, set_right, sheet, way_to_rescue
from hues.kernel import visits
from hues.kernel.errors import NotFound
from hues.kit import clock
from hues.surfaces.desks.forms import Line
from hues.surfaces.shell import addresses
from hues.surfaces.shell.access import ANYONE, AskedRequest, open_to
from hues.surfaces.shell.codes import code_of
from hues.surfaces.shell.refusing import sign_in_address
from hues.surfaces.shell.sharing import shared
from hues.surfaces.shell.telling import instant_words

KEPT_FOR: Final = 3600  # seconds that a picture of an alert is kept


class LookupForm(forms.Form):
    """The code of an alert or a notice, as it is printed below each, or a link with it."""

    code = Line(
        label=_("Code or link"),
        max_length=LONGEST,
        help_text=_("Such as VN-HUE-2026-000001 for an alert, TB-2026-000001 for a notice."),
    )


@require_safe
@open_to(ANYONE)
@shared
def listing(request: AskedRequest) -> HttpResponse:
    """List the alerts in force, then what was said before."""
    at = clock.now()
    context = {
        "in_force": [sheet(card, at) for card in queries.in_force(at)],
        "earlier": [sheet(card, at) for card in queries.earlier(at)],
    }
    return render(request, "alerts/list.html", context)


@require_safe
@open_to(ANYONE)
@shared
def alert(request: AskedRequest, identifier: str) -> HttpResponse:
    """Show one alert in plain words, whatever became of it."""
    at = clock.now()
    visits.count("alerts", "citizen")
    card = queries.alert(identifier)
    shown = sheet(card, at)
    said = passed_on(shown, at)
    context = {
        "sheet": shown,
        "set_right": set_right(identifier, at),
        "said": said,
        "sign_in": sign_in_address(request),
        "rescue": way_to_rescue(),
        "picture": area_picture(card),
        "xml": message_address(identifier),
        "aloud": aloud(shown) if shown.valid and not card.doubted else "",
        "card": settings.HUES.origin + reverse("alerts:picture", args=[identifier]),
        "pack": pack(said, _proof_of(said.identifier)),
    }
    return render(request, "alerts/alert.html", context)


@require_safe
@open_to(ANYONE)
@shared
def picture(request: AskedRequest, identifier: str) -> HttpResponse:
    """Send an alert as a picture that neighbours pass on; there is none of one that is doubted."""
    at, card = clock.now(), queries.alert(identifier)
    shown = sheet(card, at)
    said = passed_on(shown, at)
    if said.doubted:
        raise NotFound
    until = instant_words(card.expires_at)
    # Drawing costs as much as thirty pages: once for all who ask, in whatever address.
    key = sha256(repr((identifier, addresses.language(), shown.valid, said, until)).encode()).hexdigest()
    draw = partial(drawn_card.drawn, shown, said, address=_proof_of(said.identifier), until=until)
    drawn = cache.get_or_set(f"alerts.picture:{key}", draw, KEPT_FOR)
    headers = {"Content-Disposition": f'inline; filename="{identifier}.png"'}
    return HttpResponse(drawn, content_type="image/png", headers=headers)


@require_safe
@open_to(ANYONE)
@shared
def lookup(request: AskedRequest) -> HttpResponse:
    """Ask for the code of an alert or a notice, and lead to its proof."""
    form = LookupForm(request.GET if "code" in request.GET else None)
    if form.is_bound and form.is_valid():
        if code := queries.number_in(form.cleaned_data["code"]):
            return HttpResponseRedirect(reverse("alerts:verify", args=[code]))
        form.add_error("code", _("This is no code of a message. It ends with a year and a number."))
    return render(request, "alerts/lookup.html", {"form": form})


@require_safe
@open_to(ANYONE)
@shared
def verify(request: AskedRequest, identifier: str) -> HttpResponse:
    """
    Say what an alert is, who issued it, and whether it still holds; the signature is checked on the spot.

    A number in another spelling, or of a notice, leads to what it means. One that is none of ours has a page of its
    own: that is what a forged warning leads to.
    """
    at = clock.now()
    try:
        proof = queries.proof(identifier if IDENTIFIER.fullmatch(identifier) else "")
    except NotFound:
        if known := _meant(identifier):
            return HttpResponseRedirect(known)
        return render(request, "alerts/unknown.html", {"form": LookupForm()}, status=HTTPStatus.NOT_FOUND)
    page = _proof_of(identifier)
    context = {
        "sheet": sheet(proof.alert, at),
        "last": last_word(proof.alert),
        "proof": proof,
        "code": code_of(page),
        "page": page,
        "xml": message_address(identifier),
        "at": at,
    }
    return render(request, "alerts/verify.html", context)


def _meant(typed: str) -> str:
    """Return where the proof is of the number that somebody means, "" if it is none of ours."""
    number = queries.number_in(typed)
    if number != typed and queries.is_alert(number):
        return reverse("alerts:verify", args=[number])
    return addresses.if_there("notices:verify", number) if queries.is_notice(number) else ""


def _proof_of(identifier: str) -> str:
    return settings.HUES.origin + reverse("alerts:verify", args=[identifier])
