"""
Who writes in this browser, known for longer than a session lasts.

A signed cookie names whoever signed in here last, until they sign out, and the tokens of the forms that were drawn for
them: so a form that comes too late, or with the token of before, is told to be theirs. It opens nothing by itself.
"""

from collections.abc import Callable
from dataclasses import asdict, dataclass
from typing import Any, Final, Self

from django.conf import settings
from django.contrib.auth.signals import user_logged_in, user_logged_out
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.middleware import csrf
from django.utils.crypto import salted_hmac

from hues.surfaces.shell.sharing import SHARED

COOKIE: Final = f"{settings.COOKIES}_writer"
FOR: Final = 2 * settings.SESSION_COOKIE_AGE  # seconds: a session that ended by itself is noticed within another of it
MOST: Final = 6  # tokens that are remembered
SALT: Final = "hues.shell.writer"

type Handler = Callable[[HttpRequest], HttpResponse]


@dataclass(frozen=True, slots=True)
class Writer:
    """Who writes here ("" for nobody), and the tokens of this browser's forms that are, or were, somebody's."""

    who: str = ""
    tokens: tuple[str, ...] = ()

    @classmethod
    def of(cls, request: HttpRequest) -> Self:
        """Return who writes in the browser that asks."""
        try:
            kept = signing.loads(request.COOKIES.get(COOKIE, ""), salt=SALT, max_age=FOR)
            return cls(kept["who"], tuple(kept["tokens"]))
        except signing.BadSignature:
            return cls()

    def came(self, who: str, *, before: str, now: str) -> Self:
        """
        Return who writes here after `who` signed in, which changed the token.

        The forms of before are theirs if they wrote them, or nobody did whose they would be.
        """
        old = self.tokens if self.who == who else ()
        free = () if before in self.tokens else (before,)
        return type(self)(who, tuple(dict.fromkeys((*old, *free, now)))[-MOST:])

    def left(self, *, now: str) -> Self:
        """Return that nobody writes here any more: the forms of before are nobody's."""
        return type(self)("", tuple(dict.fromkeys((*self.tokens, now)))[-MOST:])

    def drew(self, request: HttpRequest) -> bool:
        """Test if the form that was sent was drawn for whoever writes here, whatever its token is good for now."""
        return bool(self.who) and _digest(_secret(request.POST.get("csrfmiddlewaretoken", ""))) in self.tokens


class WriterMiddleware:
    """Keep the cookie in step with who signs in and out."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer, and name in the browser who writes there from now on."""
        answer = self.get_response(request)
        writer = getattr(request, "writer", None)
        seen = getattr(request, "seen_as", "")
        if writer is None and seen and SHARED not in answer.headers.get("Cache-Control", ""):
            known, token = Writer.of(request), _digest(request.META.get("CSRF_COOKIE", ""))
            if known.who != seen or token not in known.tokens:  # signed in where this cookie is gone
                writer = Writer(seen, (*(known.tokens if known.who == seen else ()), token)[-MOST:])
        if writer is not None:
            answer.set_cookie(
                COOKIE,
                signing.dumps(asdict(writer), salt=SALT),
                max_age=FOR,
                secure=settings.SESSION_COOKIE_SECURE,
                httponly=True,
                samesite="Lax",
            )
        return answer


def _came(*, request: HttpRequest, user: Any, **_more: Any) -> None:
    before = _digest(request.COOKIES.get(settings.CSRF_COOKIE_NAME, ""))
    now = _digest(request.META.get("CSRF_COOKIE", ""))
    request.writer = Writer.of(request).came(str(user.pk), before=before, now=now)  # type: ignore[attr-defined]


def _left(*, request: HttpRequest, **_more: Any) -> None:
    now = _digest(request.COOKIES.get(settings.CSRF_COOKIE_NAME, ""))
    request.writer = Writer.of(request).left(now=now)  # type: ignore[attr-defined]


def _secret(token: str) -> str:
    """Return what a form's token says when its mask is taken off; "" if it is none."""
    if len(token) != csrf.CSRF_TOKEN_LENGTH or not set(token) <= set(csrf.CSRF_ALLOWED_CHARS):
        return ""
    return str(csrf._unmask_cipher_token(token))  # type: ignore[attr-defined]  # Django has no other door to it


def _digest(secret: str) -> str:
    return salted_hmac(SALT, secret, algorithm="sha256").hexdigest()[:16] if secret else ""


user_logged_in.connect(_came, dispatch_uid="hues.shell.writers.came")
user_logged_out.connect(_left, dispatch_uid="hues.shell.writers.left")
