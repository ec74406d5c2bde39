"""Take what channels hand over: signed, whole, quickly answered, and harmless when handed over twice."""

from collections.abc import Iterable
from contextlib import suppress
from datetime import datetime, timedelta
from http import HTTPStatus
from secrets import compare_digest

from allauth.core.internal import ratelimit
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST

from hues.kernel.delivery import actions as delivery
from hues.kernel.delivery.channels import Way
from hues.kernel.errors import Invalid, NotFound, TooLarge
from hues.kernel.letters import actions
from hues.kernel.letters.incoming import Incoming
from hues.kit import clock
from hues.surfaces.letters import facebook, mail, receipts, zalo
from hues.surfaces.letters.posted import Unreadable
from hues.surfaces.shell.access import ANYONE, open_to

FRESH = timedelta(hours=1)  # what was recorded and is played again later joins nobody
MESSAGE_BYTES = 256 * 1024
LETTER_BYTES = 25 * 1024 * 1024


@csrf_exempt
@require_POST
@open_to(ANYONE)
def zalo_events(request: HttpRequest) -> HttpResponse:
    """Take an event of the Zalo Official Account."""
    secret = _existing(settings.HUES.zalo_secret)
    body = _body(request, MESSAGE_BYTES)
    if not zalo.is_signed(secret, body, request.headers.get("X-ZEvent-Signature", "")):
        return _unsigned()
    at = clock.now()
    left, since = zalo.who_left(body)
    if left:
        delivery.unsubscribe(way=Way.OA, address=left, known_before=since)
    if told := zalo.told_of(body):
        delivery.zalo_told(names=told.names, opened=told.opened, at=at)
    # A code that joins somebody's Zalo to their account is no letter: nobody has to see to it.
    letters = [one for one in zalo.letters_in(body) if not _joins(request, one, at)]
    answer = _keep(letters)
    for letter in letters:
        if delivery.is_code(letter.text):
            delivery.say_failed(address=letter.sender, at=at)
    return answer


@csrf_exempt
@require_http_methods(["GET", "POST"])
@open_to(ANYONE)
def facebook_events(request: HttpRequest) -> HttpResponse:
    """Take events of the Facebook page; asked for it, show that this address is the city's."""
    secret = _existing(settings.HUES.facebook_secret)
    if request.method == "GET":
        return _shown(request, settings.HUES.facebook_verify)
    body = _body(request, MESSAGE_BYTES)
    if not facebook.is_signed(secret, body, request.headers.get("X-Hub-Signature-256", "")):
        return _unsigned()
    return _keep(facebook.letters_in(body))


@csrf_exempt
@require_POST
@open_to(ANYONE)
def mail_letter(request: HttpRequest) -> HttpResponse:
    """Take one e-mail as it came to the city's mail server."""
    secret = _existing(settings.HUES.letters_secret)
    body, at = _body(request, LETTER_BYTES), clock.now()
    if not mail.is_signed(secret, body, request.headers.get("Hues-Signature", ""), at):
        return _unsigned()
    try:
        came_back, letters = tuple(receipts.mails_in(body)), tuple(mail.letters_in(body, at))
    except Unreadable:  # it need not come again for days
        came_back, letters = (), ()
    for one in came_back:
        delivery.mail_came_back(message_id=one.message_id, address=one.address, status=one.status, at=at)
    return _keep(letters)


@csrf_exempt
@require_POST
@open_to(ANYONE)
def text_receipts(request: HttpRequest) -> HttpResponse:
    """Take what the gateway says became of text messages."""
    secret = _existing(settings.HUES.sms_secret)
    body, at = _body(request, MESSAGE_BYTES), clock.now()
    if not mail.is_signed(secret, body, request.headers.get("Hues-Signature", ""), at):
        return _unsigned()
    for key, arrived in receipts.texts_in(body):
        delivery.text_arrived(key=key, arrived=arrived, at=at)
    return _said("ok", HTTPStatus.OK)


def _joins(request: HttpRequest, letter: Incoming, at: datetime) -> bool:
    """Try what looks like a code, a few times for each sender: what comes beyond that is not even compared."""
    if not letter.sender or at - letter.written_at >= FRESH or not delivery.is_code(letter.text):
        return False
    if not ratelimit.consume(request, app="allauth.account", action="join_zalo", key=letter.sender):
        return False
    return delivery.join(said=letter.text, address=letter.sender, at=at)


def _keep(letters: Iterable[Incoming]) -> HttpResponse:
    at = clock.now()
    for letter in letters:
        with suppress(Invalid):  # nothing can be sent to whoever wrote it, if anybody did
            actions.receive(letter, at=at)
    return _said("ok", HTTPStatus.OK)


def _existing(secret: str) -> str:
    if not secret:
        raise NotFound
    return secret


def _body(request: HttpRequest, most: int) -> bytes:
    # Read here: Django's own limit is for forms.
    body = request.read(most + 1)
    if len(body) > most:
        raise TooLarge
    return body


def _shown(request: HttpRequest, expected: str) -> HttpResponse:
    given = request.GET.get("hub.verify_token", "")
    if (
        request.GET.get("hub.mode") != "subscribe"
        or not expected
        or not compare_digest(given.encode(), expected.encode())
    ):
        return _said("this token is not ours", HTTPStatus.FORBIDDEN)
    return _said(request.GET.get("hub.challenge", "")[:200], HTTPStatus.OK)


def _unsigned() -> HttpResponse:
    return _said("this signature does not fit", HTTPStatus.UNAUTHORIZED)


def _said(words: str, status: HTTPStatus) -> HttpResponse:
    answer = HttpResponse(words, status=status, content_type="text/plain; charset=utf-8")
    answer["Cache-Control"] = "no-store"
    return answer
