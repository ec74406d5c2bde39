"""Calls for rescue, without signing in and without JavaScript; and what became of them."""

import hashlib
import hmac
import re
import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http import HTTPStatus
from ipaddress import IPv6Address, ip_address

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.http import HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_http_methods, require_POST, require_safe

from hues.engines.rescue import actions, queries
from hues.engines.rescue.actions import Asked
from hues.engines.rescue.declare import STATE_WORDS
from hues.functions.storm_flood.forms import SOURCES, PointForm, SosForm
from hues.kernel.areas import queries as areas
from hues.kernel.city import city, document
from hues.kernel.errors import Invalid, NotFound, Refusal
from hues.kernel.people import phones
from hues.kernel.people import queries as people
from hues.kit import clock
from hues.surfaces.desks.answers import see_other
from hues.surfaces.shell import limits
from hues.surfaces.shell.access import ANYONE, AskedRequest, open_to
from hues.surfaces.shell.refusing import mark, wants_json
from hues.surfaces.shell.sharing import shared

SENDER = f"{settings.COOKIES}_sos"
SECRET = re.compile(r"[\w-]{32,64}", re.ASCII)
DAY = 24 * 3600  # seconds
TONES = {"received": "wait", "called_back": "brand-tone", "sent": "brand-tone", "safe": "good"}


@csrf_exempt  # it acts in nobody's name, so no other page gains by sending it; one that does stands behind
@require_http_methods(["GET", "HEAD", "POST"])
@open_to(ANYONE)
@shared
def sos(request: AskedRequest) -> HttpResponse:
    """Ask where, how many, what is needed and how to ring back; take the call."""
    if request.method != "POST":
        return _asked(request, SosForm())
    form, sender = SosForm(request.POST), _sender(request)
    try:
        receipt = _taken(request, form, sender)
    except Refusal as refusal:
        if wants_json(request):
            raise
        if not form.errors:
            mark(form, refusal)
        return _asked(request, form, status=refusal.status)
    link = reverse("storm_flood:follow", args=[receipt.code])
    answer = JsonResponse({"number": receipt.code, "link": link}) if wants_json(request) else see_other(link)
    answer.set_cookie(
        SENDER, sender, max_age=DAY, secure=settings.SESSION_COOKIE_SECURE, httponly=True, samesite="Strict"
    )
    return answer


@csrf_exempt
@require_POST
@open_to(ANYONE)
def place_found(request: AskedRequest) -> HttpResponse:
    """Tell in words where a point lies; posted, so that no log has where somebody is in danger."""
    form = PointForm(request.POST)
    point = form.point() if form.is_valid() else None
    context = {"ward": areas.ward_at(*point) if point else None, "asked": point is not None}
    return render(request, "storm_flood/_place_found.html", context)


@require_GET
@never_cache
@open_to(ANYONE)
def my_phone(request: AskedRequest) -> HttpResponse:
    """Return the phone of whoever is signed in, as the form shows it; the form itself is the same for everybody."""
    card = people.person_card(request.asker.person_id) if request.asker.person_id else None
    return JsonResponse({"phone": phones.shown(card.phone) if card and card.phone else ""})


@require_safe
@open_to(ANYONE)
def follow(request: AskedRequest, rescue: str) -> HttpResponse:
    """Tell where a call stands, to whoever has its code."""
    with _no_guessing(request):
        found = queries.caller_view(_code(rescue))
    context = {
        "call": found,
        "state": STATE_WORDS[found.state],
        "tone": TONES.get(found.state, ""),
        "emergency": document("city.toml").get("emergency", []),
    }
    answer = render(request, "storm_flood/follow.html", context)
    answer.headers["Cache-Control"] = "private, no-cache"
    answer.headers["X-Hues-Offline"] = "keep"
    return answer


@csrf_exempt  # whoever sends it knows the code, and that is all it takes
@require_POST
@open_to(ANYONE)
def safe(request: AskedRequest, rescue: str) -> HttpResponse:
    """Take a caller's word that everybody is safe."""
    return _said(request, rescue, actions.say_safe)


@csrf_exempt  # as with `safe`
@require_POST
@open_to(ANYONE)
def again(request: AskedRequest, rescue: str) -> HttpResponse:
    """Take a caller's word that help is needed after all."""
    return _said(request, rescue, actions.call_again)


def _said(request: AskedRequest, rescue: str, take: Callable[..., None]) -> HttpResponse:
    code = _code(rescue)
    with _no_guessing(request):
        take(code=code, at=clock.now())
    return see_other(reverse("storm_flood:follow", args=[code]))


def _sender(request: AskedRequest) -> str:
    """Return what only this browser knows: of its last call, or the key of the call that it kept and sends again."""
    known = request.COOKIES.get(SENDER, "") or request.headers.get("Idempotency-Key", "")
    return known if SECRET.fullmatch(known) else secrets.token_urlsafe(24)


@contextmanager
def _no_guessing(request: AskedRequest) -> Iterator[None]:
    """
    Count codes that there are not, by network; one that there is is always answered, whatever others there ask for.

    :raises TooMany: if the code is wrong and the network has asked for too many such
    """
    try:
        yield
    except NotFound:
        limits.count(request, "rescue_code", _origin(request))
        raise


def _taken(request: AskedRequest, form: SosForm, sender: str) -> actions.Receipt:
    if not form.is_valid():
        raise Invalid(None, {name: str(errors[0]) for name, errors in form.errors.items()})
    return actions.open_call(_call(request, form, sender), at=clock.now())


def _call(request: AskedRequest, form: SosForm, sender: str) -> Asked:
    given, point = form.cleaned_data, form.point()
    return Asked(
        phone=given["phone"],
        people=given["people"],
        needs=given["needs"],
        battery_low=given["battery_low"],
        for_other=given["for_other"],
        lat=round(point[0], 6) if point else None,
        lng=round(point[1], 6) if point else None,
        source=given["source"] if given["source"] in SOURCES else "map",
        address=" ".join(given["address"].split()),
        words=given["words"],
        origin=_origin(request),
        sender=sender,
        foreign_page=request.headers.get("Sec-Fetch-Site", "") == "cross-site",
    )


def _origin(request: AskedRequest) -> str:
    """
    Return what stands for the network of the browser: the same for the same one, and not to be read back.

    Of IPv6 that is the half of the address that a line is given: its owner makes up the other one at will.
    """
    key = f"hues.rescue.origin:{settings.SECRET_KEY}".encode()
    network = _network(get_adapter().get_client_ip(request))
    return hmac.new(key, network.encode(), hashlib.sha256).hexdigest()[:32]


def _network(said: str) -> str:
    try:
        address = ip_address(said)
    except ValueError:
        return said
    if isinstance(address, IPv6Address):
        return str(address.ipv4_mapped or IPv6Address(int(address) >> 64 << 64))
    return str(address)


def _code(text: str) -> str:
    return "".join(letter for letter in text.upper() if letter.isalnum())


def _asked(request: AskedRequest, form: SosForm, status: int = HTTPStatus.UNPROCESSABLE_ENTITY) -> HttpResponse:
    point = form.point() if form.is_bound else None
    context = {
        "form": form,
        "point": point,
        "ward": areas.ward_at(*point) if point else None,
        "center": city().center,
        "emergency": document("city.toml").get("emergency", []),
    }
    answer = render(request, "storm_flood/sos.html", context, status=status if form.is_bound else HTTPStatus.OK)
    if form.is_bound:
        answer.headers["Cache-Control"] = "no-store"
    else:
        answer.headers["X-Hues-Offline"] = "keep"
    return answer
