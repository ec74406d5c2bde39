"""A banner that other sites may show in a frame of theirs: the alerts in force and the newest notice."""

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.csp import CSP
from django.views.decorators.clickjacking import xframe_options_exempt
from django.views.decorators.csp import csp_override
from django.views.decorators.http import require_safe

from hues.engines.bulletins import queries
from hues.engines.bulletins.queries import NoticeFilters
from hues.functions.notices.sheet import words_in
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


@require_safe
@open_to(ANYONE)
@shared
@xframe_options_exempt
@csp_override(POLICY)
def banner(request: AskedRequest) -> HttpResponse:
    """Show the alerts in force, or else the newest notice; made for a frame on somebody else's page."""
    at, language = clock.now(), addresses.language()
    alerts = [
        {
            "title": pick(card.headline, language),
            "href": addresses.to(f"/f/alerts/{card.identifier}/"),
            "icon": card.event.icon,
            "risk": card.risk,
        }
        for card in queries.in_force(at)[:3]
    ]
    newest = next(iter(queries.notices(NoticeFilters(), at=at, limit=1).rows), None)
    notice = newest and {
        "title": words_in(newest.content).title,
        "href": reverse("notices:notice", args=[newest.number]),
        "icon": newest.topic.icon,
    }
    answer = render(request, "notices/banner.html", {"alerts": alerts, "notice": notice})
    answer.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    return answer


@require_safe
@open_to(ANYONE)
@shared
def how(request: AskedRequest) -> HttpResponse:
    """Tell other sites how to show the banner."""
    address = settings.HUES.origin + reverse("notices:banner")
    code = f'<iframe src="{address}" title="Hue-S" width="100%" height="120" loading="lazy"></iframe>'
    return render(request, "notices/embed.html", {"code": code})
