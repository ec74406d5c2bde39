"""A banner that other sites may show in a frame of theirs: the alerts in force and the newest notice."""

from typing import Any

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.csp import CSP
from django.utils.translation import gettext as _
from django.views.decorators.clickjacking import xframe_options_exempt
from django.views.decorators.csp import csp_override
from django.views.decorators.http import require_safe

from hues.engines.bulletins import queries
from hues.engines.bulletins.declare import DOUBT, RISK_WORDS
from hues.engines.bulletins.queries import AlertCard, NoticeFilters
from hues.functions.notices.sheet import words_in
from hues.kernel.areas import queries as areas
from hues.kernel.city import city
from hues.kit import clock
from hues.kit.text import pick
from hues.surfaces.shell import addresses
from hues.surfaces.shell.access import ANYONE, AskedRequest, open_to
from hues.surfaces.shell.sharing import shared

# Nothing but our own look: no script, no form, nothing to press but links that open apart.
POLICY: dict[str, list[str]] = {
    "default-src": [CSP.NONE],
    "style-src": [CSP.SELF],
    "img-src": [CSP.SELF],
    "font-src": [CSP.SELF],
    "base-uri": [CSP.NONE],
    "form-action": [CSP.NONE],
    "frame-ancestors": ["*"],
}


SHOWN, NAMED = 2, 2  # alerts, the gravest first, and places of each: more is on the list that it leads to
HEIGHT = 440  # holds them on the narrowest phone; what is longer scrolls inside


@require_safe
@open_to(ANYONE)
@shared
@xframe_options_exempt
@csp_override(POLICY)
def banner(request: AskedRequest) -> HttpResponse:
    """Show the alerts in force, or else the newest notice; made for a frame on somebody else's page."""
    at = clock.now()
    found = queries.in_force(at)
    newest = next(iter(queries.notices(NoticeFilters(), at=at, limit=1).rows), None)
    notice = newest and {
        "title": words_in(newest.content).title,
        "href": reverse("notices:verify" if newest.doubted else "notices:notice", args=[newest.number]),
        "icon": newest.topic.icon,
        "doubted": newest.doubted,
    }
    context = {
        "doubt": DOUBT,
        "city": pick(city().name, addresses.language()),
        "alerts": [_shown(card) for card in found[:SHOWN]],
        "all": addresses.to("/f/alerts/"),
        "more": len(found[SHOWN:]),
        "notice": notice,
    }
    answer = render(request, "notices/banner.html", context)
    answer.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    return answer


def _shown(card: AlertCard) -> dict[str, Any]:
    """Return what the banner says of an alert; one that is doubted leads to its proof."""
    language, page = addresses.language(), f"/f/alerts/{card.identifier}/"
    return {
        "title": pick(card.headline, language),
        "href": addresses.to(f"/f/alerts/verify/{card.identifier}/" if card.doubted else page),
        "icon": card.event.icon,
        "risk": card.risk,
        "level": RISK_WORDS[card.risk],
        "where": _where(card, language),
        "until": card.expires_at,
        "doubted": card.doubted,
    }


def _where(card: AlertCard, language: str) -> str:
    if len(card.wards) == len(areas.wards()):
        return _("The whole city")
    names = queries.places_of(card.wards, card.shapes, language)
    named, rest = ", ".join(names[:NAMED]), len(names[NAMED:])
    return _("%(places)s and %(n)s more") % {"places": named, "n": rest} if rest else named


@require_safe
@open_to(ANYONE)
@shared
def how(request: AskedRequest) -> HttpResponse:
    """Tell other sites how to show the banner."""
    address = settings.HUES.origin + reverse("notices:banner")
    code = f'<iframe src="{address}" title="Hue-S" width="100%" height="{HEIGHT}" loading="lazy"></iframe>'
    return render(request, "notices/embed.html", {"code": code})
