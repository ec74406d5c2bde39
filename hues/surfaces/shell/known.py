"""Browsers that have shown that they hold a number: what strangers ask for takes nothing from them."""

import secrets
from typing import Final

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import salted_hmac

SALT: Final = "hues.login.known"
HOLDS: Final = 60 * 60 * 24 * 400  # seconds; browsers keep no cookie longer
MOST: Final = 5  # numbers of one browser: a family's phone keeps those of the last


def remember(request: HttpRequest, answer: HttpResponse, phone: str) -> None:
    """Note in the browser that it has just shown to hold `phone`; the number itself is not written down."""
    name, marks = _kept(request)
    mark = _mark(phone)
    answer.set_cookie(
        settings.KNOWN_COOKIE_NAME,
        signing.dumps([name, [*(one for one in marks if one != mark), mark][-MOST:]], salt=SALT),
        max_age=HOLDS,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def name_of(request: HttpRequest, phone: str) -> str:
    """Return the browser's name if it has signed in with `phone` before, or nothing."""
    name, marks = _kept(request)
    return name if _mark(phone) in marks else ""


def _kept(request: HttpRequest) -> tuple[str, list[str]]:
    try:
        name, marks = signing.loads(request.COOKIES.get(settings.KNOWN_COOKIE_NAME, ""), salt=SALT, max_age=HOLDS)
    except signing.BadSignature:
        return secrets.token_urlsafe(12), []
    return name, marks


def _mark(phone: str) -> str:
    return salted_hmac(SALT, phone, algorithm="sha256").hexdigest()[:32]
