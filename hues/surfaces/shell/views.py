"""Pages of the frame itself: errors, what they mean, the offline page, and the parts on show."""

import sys
from http import HTTPStatus

from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from hues.kernel.errors import NotFound
from hues.surfaces.shell import late, refusing, showcase
from hues.surfaces.shell.access import ANYONE, open_to

AGAIN = "5"  # seconds


@open_to(ANYONE)
def design(request: HttpRequest) -> HttpResponse:
    """Show every part in every state."""
    form = showcase.ExampleForm({"phone": "12", "agree": ""}) if "wrong" in request.GET else showcase.ExampleForm()
    return render(request, "shell/design.html", {"form": form, **showcase.examples()})


@open_to(ANYONE)
def design_desk(request: HttpRequest) -> HttpResponse:
    """Show the frame of the desks."""
    return render(request, "shell/design_desk.html", {**showcase.examples(), "numbers": range(123, 141)})


@open_to(ANYONE)
def offline(request: HttpRequest) -> HttpResponse:
    """Tell that there is no network, and what can still be done."""
    return render(request, "shell/offline.html")


@open_to(ANYONE)
def explain(request: HttpRequest, code: str) -> HttpResponse:
    """Explain the refusal that is called `code`."""
    kind = next((kind for kind in refusing.kinds() if kind.code == code), None)
    if kind is None:
        raise NotFound
    title = refusing.TITLES.get(kind.status, refusing.TITLES[HTTPStatus.CONFLICT])
    return render(request, "shell/error_code.html", {"kind": kind, "title": title, "status": int(kind.status)})


def _away(request: HttpRequest) -> HttpResponse:
    """Tell that the records can't be reached for a moment; whoever only reads is let in as soon as they can."""
    if refusing.wants_json(request):
        sentence = _("The city's records cannot be reached for a moment. Please try again.")
        answer: HttpResponse = refusing.problem(request, status=503, code="away", sentence=sentence)
    else:
        page = render_to_string("503.html", {"reads": request.method in ("GET", "HEAD"), "again": AGAIN})
        answer = HttpResponse(page, status=HTTPStatus.SERVICE_UNAVAILABLE)
    answer["Retry-After"] = AGAIN
    answer["Cache-Control"] = "no-store"
    return answer


def _told(request: HttpRequest, status: int, code: str, sentence: str) -> HttpResponse:
    answer = refusing.problem if refusing.wants_json(request) else refusing.page
    return answer(request, status=status, code=code, sentence=sentence)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Tell that the request can't be read, or is too much at once, without asking anything of it."""
    too_much = isinstance(exception, (RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent))
    status = HTTPStatus.REQUEST_ENTITY_TOO_LARGE if too_much else HTTPStatus.BAD_REQUEST
    return HttpResponse(render_to_string("400.html", {"too_much": too_much}), status=status)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Tell that this is not for the reader."""
    return _told(request, HTTPStatus.FORBIDDEN, "not-allowed", _("Your role does not allow this."))


def no_token(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Tell that a form has expired (its token does not fit this browser any more); one of its reader's own waits."""
    if led := late.with_old_token(request):
        return led
    sentence = _("This page was open for too long or in another window. Go back, load it again and send once more.")
    return _told(request, HTTPStatus.FORBIDDEN, "form-expired", sentence)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Tell that there is nothing here."""
    sentence = _("The address may be mistyped, or what stood here is gone.")
    return _told(request, HTTPStatus.NOT_FOUND, "not-found", sentence)


def broken(request: HttpRequest) -> HttpResponse:
    """Tell that we made a mistake; asks neither the database nor the frame, which may be what broke."""
    if isinstance(sys.exception(), OperationalError | InterfaceError):
        return _away(request)
    if refusing.wants_json(request):
        sentence = _("This is our mistake. It has been recorded and will be looked at.")
        return refusing.problem(request, status=500, code="broken", sentence=sentence)
    return HttpResponse(render_to_string("500.html"), status=HTTPStatus.INTERNAL_SERVER_ERROR)
