"""What happens around every view: headers, who asks, and how refusals are told."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils.functional import SimpleLazyObject

from hues.kernel.agencies.queries import asker_for
from hues.kernel.errors import Refusal
from hues.kernel.people.asker import STRANGER, Asker
from hues.kit.clock import now

type Handler = Callable[[HttpRequest], HttpResponse]


class HeadersMiddleware:
    """Add the headers that every answer carries."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)


class AskerMiddleware:
    """Give every request its `asker`, looked up when first asked for."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.asker = SimpleLazyObject(lambda: _asker_of(request))  # type: ignore[attr-defined]
        return self.get_response(request)


def _asker_of(request: HttpRequest) -> Asker:
    user = request.user
    return asker_for(user.pk, now()) if user.is_authenticated else STRANGER


class RefusalMiddleware:
    """Tell a refusal in words; let bugs be bugs."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        if not isinstance(error, Refusal):
            return None
        return HttpResponse(str(error), status=error.status)
