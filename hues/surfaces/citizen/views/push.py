"""What browsers say by themselves: which key the city pushes with, and where they want to be told."""

from http import HTTPStatus
from typing import Any
from urllib.parse import urlsplit

from django.http import HttpResponse, JsonResponse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from hues.kernel.areas import queries as areas
from hues.kernel.delivery import actions, queries
from hues.kernel.delivery.channels import Way
from hues.kernel.delivery.encrypting import point, text_of
from hues.kernel.errors import Invalid, NotAllowed
from hues.kit import clock
from hues.kit.reading import json_object
from hues.surfaces.shell import addresses, limits
from hues.surfaces.shell.access import ANYONE, AskedRequest, open_to

# Where the browsers that people have are told: Chrome and its kin, Firefox, Safari, Edge.
SERVICES = (".googleapis.com", ".push.services.mozilla.com", ".push.apple.com", ".notify.windows.com")


@require_safe
@open_to(ANYONE)
def key(request: AskedRequest) -> HttpResponse:
    """Tell the public key that a browser binds its subscription to (applicationServerKey)."""
    answer = JsonResponse({"key": text_of(point(actions.sender_key(clock.now())))})
    answer["Cache-Control"] = "public, max-age=3600"
    return answer


# No form and no token: the body must be JSON, which no foreign page may send without asking first.
@csrf_exempt
@require_http_methods(["POST", "DELETE"])
@open_to(ANYONE)
def subscriptions(request: AskedRequest) -> HttpResponse:
    """
    Take what PushSubscription.toJSON() says, or forget its endpoint; answer of which wards this browser wants to hear.

    A browser may bring `wards` of its own. Whoever signs in there hears of them beside those of the account: else it
    would never hear that a danger is over of which it was told. Whoever signs out says that it `parts` from them: one
    whose session ended by itself has only to sign in again.

    :raises Invalid: if it is no subscription that we can send to, or a ward is none of the city's
    :raises NotAllowed: if a foreign page asks
    :raises TooMany: if too many new ones come from one address, or name one unknown site, or too many are taken away
        that there never were: whoever knows an address (hardly to be guessed) takes it away, whatever others try
    """
    said = _said(request)
    endpoint = _words(said, "endpoint")
    if request.method == "DELETE":
        if not actions.unsubscribe(way=Way.PUSH, address=endpoint):
            _count(request, "push_away", endpoint)
        return HttpResponse(status=HTTPStatus.NO_CONTENT)
    _check_number(request, endpoint)
    keys, at = said.get("keys"), clock.now()
    pk = actions.subscribe(
        way=Way.PUSH,
        address=endpoint,
        keys=keys if isinstance(keys, dict) else {},
        person_id=request.asker.person_id,
        language=request.asker.language if request.asker.signed_in else _language(said),
        session=(request.session.session_key or "") if request.asker.signed_in else "",
        parts=said.get("parts") is True,
        at=at,
    )
    if "wards" in said:
        actions.choose_wards(subscription=pk, wards=_wards(said["wards"]), at=at)
    told = {"subscribed": True, "wards": list(queries.wards_of(pk))}
    return JsonResponse(told, status=HTTPStatus.CREATED)


@csrf_exempt
@require_POST
@open_to(ANYONE)
def here(request: AskedRequest) -> HttpResponse:
    """
    Take from a browser who is signed in there: what is theirs alone goes there again if it did before.

    If it is another than who is told there, nothing of the latter's goes there meanwhile; nobody: a hint does.

    :raises Invalid: if it says not where
    :raises NotAllowed: if a foreign page asks
    """
    endpoint, person = _words(_said(request), "endpoint"), request.asker.person_id
    session = (request.session.session_key or "") if person else ""
    actions.stay(address=endpoint, person_id=person, session=session)
    return HttpResponse(status=HTTPStatus.NO_CONTENT)


@csrf_exempt
@require_POST
@open_to(ANYONE)
def opened(request: AskedRequest) -> HttpResponse:
    """
    Take from a browser that it has opened what it was told; only who has its endpoint can say so.

    :raises Invalid: if it says not which
    :raises NotAllowed: if a foreign page asks
    :raises TooMany: if it says so too often
    """
    said = _said(request)
    endpoint, page = _words(said, "endpoint"), _words(said, "url").partition("?")[0]
    _count(request, "push_opened", endpoint)
    actions.note_opened_at(address=endpoint, link=addresses.bare(page), at=clock.now())
    return HttpResponse(status=HTTPStatus.NO_CONTENT)


def _check_number(request: AskedRequest, endpoint: str) -> None:
    """
    Count a browser without an account that is new; accounts have a limit of their own.

    :raises TooMany: if there were too many
    """
    if request.asker.signed_in or queries.is_subscribed(endpoint):
        return
    host = _host_of(endpoint)
    known = host.endswith(SERVICES)
    site = host if host.replace(".", "").isdecimal() else ".".join(host.split(".")[-2:])
    action = "push" if known else "push_elsewhere"
    _count(request, action, site)


def _count(request: AskedRequest, action: str, key: str) -> None:
    """
    Count something that a browser may do only so often.

    :raises TooMany: if it was too often
    """
    limits.count(request, action, key)


def _host_of(endpoint: str) -> str:
    try:
        return f".{urlsplit(endpoint).hostname or ''}"
    except ValueError:  # refused later, in words
        return "."


def _wards(said: object) -> list[str]:
    """
    Return wards that there are.

    :raises Invalid: if one is none
    """
    if not isinstance(said, list) or not {ward.code for ward in areas.wards()}.issuperset(map(str, said)):
        raise Invalid(fields={"wards": _("Choose wards of the list.")})
    return [str(code) for code in said]


def _said(request: AskedRequest) -> dict[str, Any]:
    if request.headers.get("Sec-Fetch-Site", "same-origin") not in ("same-origin", "none"):
        raise NotAllowed
    if request.content_type != "application/json":
        raise Invalid(fields={"endpoint": "?"})
    return json_object(request.body)


def _words(said: dict[str, Any], name: str) -> str:
    """
    Return what is said under a name.

    :raises Invalid: if it is no line of words
    """
    found = said.get(name)
    if not isinstance(found, str) or not found.isprintable():
        raise Invalid(fields={"endpoint": "?"})
    return found


def _language(said: dict[str, Any]) -> str:
    return "en" if said.get("language") == "en" else addresses.MAIN
