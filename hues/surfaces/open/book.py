"""Answer by the book: whatever is refused becomes a list of code and description, with the standard's own status."""

from collections.abc import Callable, Mapping
from functools import wraps
from http import HTTPStatus
from typing import Any, Final

from django.conf import settings
from django.core.exceptions import BadRequest, SuspiciousOperation
from django.http import HttpRequest, HttpResponse
from django.http.multipartparser import MultiPartParserError
from django.utils.translation import gettext, override

from hues.kernel.errors import Invalid, NotAllowed, NotFound, Refusal, TooMany, WrongState
from hues.kit import clock
from hues.surfaces.open import receipts, rendering
from hues.surfaces.open.rendering import Body, Value
from hues.surfaces.shell import addresses

type View = Callable[..., Body]
# What the standard has no word for keeps the status that programs know it by.
STATUSES: Final[Mapping[type[Refusal], HTTPStatus]] = {
    NotAllowed: HTTPStatus.FORBIDDEN,
    NotFound: HTTPStatus.NOT_FOUND,
    TooMany: HTTPStatus.TOO_MANY_REQUESTS,
    WrongState: HTTPStatus.CONFLICT,
}
MINUTE: Final = "60"
MAY_SEND: Final = "Content-Type, Idempotency-Key"


def by_the_book(*methods: str) -> Callable[[View], Callable[..., HttpResponse]]:
    """Let the decorated view answer these methods, in the form and language that its address asks for."""

    def bind(view: View) -> Callable[..., HttpResponse]:
        @wraps(view)
        def answered(request: HttpRequest, *, form: str, **given: Any) -> HttpResponse:
            with override(_language(request)):
                if request.method == "OPTIONS":
                    return _preflight(methods)
                if request.method not in methods and not (request.method == "HEAD" and "GET" in methods):
                    return _wrong_method(methods, form)
                return _told(request, lambda: view(request, **given), form)

        return answered

    return bind


def _told(request: HttpRequest, view: Callable[[], Body], form: str) -> HttpResponse:
    try:
        body = view()
        answer = rendering.answer(body, form)
        if body.sent:
            receipts.hand_over(request, answer, body.sent, clock.now())
        return answer
    except Refusal as refusal:
        return _refused(refusal, form)
    except (BadRequest, SuspiciousOperation, MultiPartParserError, UnicodeError):
        return _errors([gettext("This request could not be read.")], HTTPStatus.BAD_REQUEST, form)


def _refused(refusal: Refusal, form: str) -> HttpResponse:
    status = next((s for kind, s in STATUSES.items() if isinstance(refusal, kind)), HTTPStatus.BAD_REQUEST)
    fields = refusal.fields if isinstance(refusal, Invalid) else {}
    answer = _errors([f"{name}: {words}" for name, words in fields.items()] or [str(refusal)], status, form)
    if status == HTTPStatus.TOO_MANY_REQUESTS:
        answer.headers["Retry-After"] = MINUTE
    return answer


def _errors(sentences: list[str], status: HTTPStatus, form: str) -> HttpResponse:
    errors: list[dict[str, Value]] = [{"code": int(status), "description": sentence} for sentence in sentences]
    answer = rendering.answer(Body(root="errors", content=errors), form, status=status)
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _wrong_method(methods: tuple[str, ...], form: str) -> HttpResponse:
    answer = _errors([gettext("This address does not take such requests.")], HTTPStatus.METHOD_NOT_ALLOWED, form)
    answer.headers["Allow"] = ", ".join((*methods, "OPTIONS"))
    return answer


def _preflight(methods: tuple[str, ...]) -> HttpResponse:
    answer = HttpResponse(status=HTTPStatus.NO_CONTENT)
    answer.headers["Access-Control-Allow-Origin"] = "*"
    answer.headers["Access-Control-Allow-Methods"] = answer.headers["Allow"] = ", ".join((*methods, "OPTIONS"))
    answer.headers["Access-Control-Allow-Headers"] = MAY_SEND
    return answer


def _language(request: HttpRequest) -> str:
    """Return the language asked for in the address; never the browser's, so that one address has one answer."""
    asked = request.GET.get("locale", "")[:2].lower()
    return asked if asked in dict(settings.LANGUAGES) else addresses.MAIN
