"""What a program is handed when it sent a request, so that it, and nobody else, can read back what it sent."""

from datetime import datetime
from typing import Final

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse

NAME: Final = f"{settings.COOKIES}_open311"
PATH: Final = "/open311/v2/"
SALT: Final = "hues.open311.receipts"
HOLDS: Final = 3600  # seconds; later the key itself is needed
MOST: Final = 10  # a program that sends many keeps those of the last


def hand_over(request: HttpRequest, answer: HttpResponse, number: str, at: datetime) -> None:
    """Give the receipt of a request to whoever just sent it, beside those given before."""
    numbers = [*(one for one in _held(request, at) if one != number), number][-MOST:]
    answer.set_cookie(
        NAME,
        signing.dumps([int(at.timestamp()), numbers], salt=SALT),
        max_age=HOLDS,
        path=PATH,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Strict",
    )


def holds(request: HttpRequest, number: str, at: datetime) -> bool:
    """Test if whoever asks was handed the receipt of a request."""
    return number in _held(request, at)


def _held(request: HttpRequest, at: datetime) -> list[str]:
    try:
        given, numbers = signing.loads(request.COOKIES.get(NAME, ""), salt=SALT)
    except signing.BadSignature:
        return []
    return list(numbers) if 0 <= at.timestamp() - given <= HOLDS else []
