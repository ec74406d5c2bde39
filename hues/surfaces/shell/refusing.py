"""A refusal in the shape its reader understands: a page, a part of one, or problem+json."""

from collections.abc import Iterator, Sequence
from http import HTTPStatus
from urllib.parse import urlencode, urlsplit

from django.forms import Form
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from hues.kernel.errors import Invalid, Refusal, SignInNeeded, TooMany
from hues.kit.text import Words
from hues.surfaces.shell import addresses
from hues.surfaces.shell.accounts import door_of
from hues.surfaces.shell.frame import at_a_desk

MACHINES = ("/api/", "/open311/", "/letters/", "/metrics")
TITLES: dict[int, Words] = {
    400: _("We could not read this request"),
    401: _("Sign in to go on"),
    403: _("This is not open to you"),
    404: _("There is nothing here"),
    405: _("This address cannot be opened by itself"),
    409: _("This has changed meanwhile"),
    413: _("This is too large"),
    422: _("Something needs correcting"),
    429: _("A little too fast"),
    500: _("Something broke on our side"),
    503: _("One moment, please"),
}
# What the front says of a request that it does not take; nothing else has been heard of it yet.
TURNED: dict[int, Words] = {
    400: _("What was sent arrived broken. Please go back and send it again: what you typed is still there."),
    408: _("What was sent arrived too slowly. Please go back and send it again: what you typed is still there."),
    413: _(
        "These files are too large together: 64 MB can be sent at once. Go back, what you typed is still there; send "
        "fewer files, keep a draft, and add the others then."
    ),
    503: _("Too many people are sending something at this moment. Please go back and try again in a minute."),
}
# What Django says in English only.
BORROWED = (_("Null characters are not allowed."),)


class FormOnly(Refusal):
    """Somebody opens an address that only takes what a form sends."""

    status = HTTPStatus.METHOD_NOT_ALLOWED
    code = "form-only"
    sentence = _("It takes only what a form sends. Go back to the page you came from, or begin at the home page.")


def mark(form: Form, refusal: Refusal) -> None:
    """Put the sentences of a refusal beside the fields of a form that they speak of."""
    fields = refusal.fields if isinstance(refusal, Invalid) else {}
    for name, sentence in fields.items():
        form.add_error(name if name in form.fields else None, str(sentence))
    if not fields:
        form.add_error(None, str(refusal))


def tell(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    """Return `refusal` as an answer to `request`; a stranger who only wants to read is led to the sign-in page."""
    fields = refusal.fields if isinstance(refusal, Invalid) else {}
    if isinstance(refusal, SignInNeeded) and not wants_json(request) and (led := _to_sign_in(request)):
        return led
    shape = problem if wants_json(request) else page
    answer: HttpResponse = shape(
        request, status=refusal.status, code=refusal.code, sentence=str(refusal), fields=fields
    )
    if isinstance(refusal, TooMany) and refusal.wait:
        answer["Retry-After"] = str(refusal.wait)
    return answer


def wants_json(request: HttpRequest) -> bool:
    """Test if a machine is asking."""
    if addresses.bare(request.path).startswith(MACHINES):
        return True
    return "json" in request.headers.get("Accept", "") and not request.headers.get("HX-Request")


def problem(
    request: HttpRequest, *, status: int, code: str, sentence: str, fields: dict[str, Words] | None = None
) -> JsonResponse:
    """Return a problem as RFC 9457 has it."""
    body: dict[str, object] = {
        "type": f"/errors/{code}",
        "title": str(TITLES.get(status, TITLES[500])),
        "status": int(status),
        "detail": sentence,
        "instance": request.path,
    }
    if fields:
        body["errors"] = {name: str(words) for name, words in fields.items()}
    answer = JsonResponse(body, status=status, content_type="application/problem+json")
    if status == HTTPStatus.UNAUTHORIZED:
        answer["WWW-Authenticate"] = "Bearer"
    return answer


def page(
    request: HttpRequest,
    *,
    status: int,
    code: str,
    sentence: str,
    fields: dict[str, Words] | None = None,
    typed: Sequence[str] = (),
) -> HttpResponse:
    """
    Return a page for a reader, or for htmx the part that goes into the page's own place for refusals.

    What was `typed` and is kept nowhere stands on it, to be copied.
    """
    context = {
        "title": TITLES.get(status, TITLES[500]),
        "sentence": sentence,
        "fields": fields or {},
        "typed": typed,
        "code": code,
        "status": int(status),
        "sign_in": sign_in_address(request) if status == HTTPStatus.UNAUTHORIZED else "",
        **_frame(request),
    }
    if request.headers.get("HX-Request"):
        answer = render(request, "shell/_refusal.html", context, status=status)
        answer["HX-Retarget"], answer["HX-Reswap"] = "#refusal", "innerHTML show:window:top"
    else:
        answer = render(request, "shell/refusal.html", context, status=status)
    answer["Cache-Control"] = "no-store"
    return answer


def _frame(request: HttpRequest) -> dict[str, str]:
    """Return the frame of a refusal, and where it leads: staff at a desk stay there, and begin again at their own."""
    asker = getattr(request, "asker", None)
    door = door_of(asker) if asker and at_a_desk(request.path) else addresses.to("/")
    own = door != addresses.to("/")
    return {"frame": "shell/desk.html" if own else "shell/base.html", "door": door if own else ""}


def form_only(request: HttpRequest, answer: HttpResponseNotAllowed) -> HttpResponse:
    """Tell somebody who opens (or loads again) what only takes a form, instead of an empty answer."""
    if request.method not in ("GET", "HEAD"):
        return answer
    told = tell(request, FormOnly())
    told["Allow"] = answer["Allow"]
    return told


def sign_in_address(request: HttpRequest) -> str:
    """Return the sign-in page that leads back to what `request` wanted."""
    whole = request.method in ("GET", "HEAD") and not request.headers.get("HX-Request")
    back = request.get_full_path() if whole else page_of(request)
    here = back if back.startswith("/") and not back.startswith("//") else ""
    return addresses.to("/login/") + (f"?{urlencode({'next': here})}" if here else "")


def page_of(request: HttpRequest) -> str:
    """Return the page of ours whose form was sent, or that asked for a part of itself; "" if that is not known."""
    came = urlsplit(request.headers.get("HX-Current-URL") or request.headers.get("Referer", ""))
    return came._replace(scheme="", netloc="").geturl() if came.netloc == request.get_host() else ""


def _to_sign_in(request: HttpRequest) -> HttpResponse | None:
    if request.headers.get("HX-Request"):
        answer = HttpResponse(status=HTTPStatus.UNAUTHORIZED)
        answer["HX-Redirect"] = sign_in_address(request)
        return answer
    if request.method in ("GET", "HEAD"):
        return HttpResponseRedirect(sign_in_address(request))
    return None


def kinds(kind: type[Refusal] = Refusal) -> Iterator[type[Refusal]]:
    """Yield every kind of refusal there is."""
    yield kind
    for narrower in kind.__subclasses__():
        yield from kinds(narrower)
