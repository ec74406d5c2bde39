"""What happens around every view: headers, who asks, and how refusals are told."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware
from django.utils.functional import SimpleLazyObject

from hues.kernel import editions
from hues.kernel.agencies.queries import asker_of
from hues.kernel.errors import NotFound, Refusal, SignInNeeded
from hues.kernel.people.asker import STRANGER, Asker
from hues.kit.clock import now
from hues.surfaces.shell import late, refusing
from hues.surfaces.shell.sharing import KEEPS, SHARED

type Handler = Callable[[HttpRequest], HttpResponse]

# What a page of ours may ask of a phone: where it is, its camera and its microphone, for a report.
PERMISSIONS = ", ".join(
    [f"{feature}=(self)" for feature in ("camera", "geolocation", "microphone", "fullscreen")]
    + [f"{feature}=()" for feature in ("accelerometer", "display-capture", "gyroscope", "hid", "midi")]
    + [f"{feature}=()" for feature in ("magnetometer", "payment", "serial", "usb", "browsing-topics")]
)
HEADERS = {
    "Permissions-Policy": PERMISSIONS,
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}


class PackingMiddleware(GZipMiddleware):
    """Compress answers; not what the front keeps, for it would have to unpack it first."""

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        """Return the answer, compressed if that is ours to do."""
        kept = KEEPS in request.META and SHARED in response.headers.get("Cache-Control", "")
        return response if kept else super().process_response(request, response)


class HeadersMiddleware:
    """Add the headers that every answer carries, unless a view has set its own."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        return response


class AskerMiddleware:
    """Give every request its `asker`, looked up when first asked for, and one edition of the city's lists."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.asker = SimpleLazyObject(lambda: _asker_of(request))  # type: ignore[attr-defined]
        with editions.asked_once():
            return self.get_response(request)


def _asker_of(request: HttpRequest) -> Asker:
    user = request.user
    if not user.is_authenticated:
        return STRANGER
    request.seen_as = str(user.pk)  # type: ignore[attr-defined]
    return asker_of(user, now())


class RefusalMiddleware:
    """Tell a refusal in words; let bugs be bugs."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        answer = self.get_response(request)
        late.note_sent(request, answer)  # type: ignore[arg-type]
        return refusing.form_only(request, answer) if isinstance(answer, HttpResponseNotAllowed) else answer

    def process_view(
        self, request: HttpRequest, _view: Handler, _args: tuple[str, ...], named: dict[str, object]
    ) -> HttpResponse | None:
        """Say that there is no such address where one holds a NUL, which no database can be asked for."""
        has_nul = any(isinstance(part, str) and "\0" in part for part in named.values())
        return refusing.tell(request, NotFound()) if has_nul else None

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """Return the refusal as an answer; what was half written is undone by the action's own transaction."""
        led = late.led_back(request) if isinstance(error, SignInNeeded) else None
        return led or (refusing.tell(request, error) if isinstance(error, Refusal) else None)
