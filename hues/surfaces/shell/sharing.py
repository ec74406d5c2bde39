"""Say that an answer is the same for everybody, so that the front may keep it for a moment."""

from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import Any, Final

from django.http import HttpResponse

from hues.surfaces.shell.access import AskedRequest

SHARED: Final = "s-maxage="  # what Cache-Control says of an answer that is the same for everybody
# Set by the front where it would keep such an answer; it compresses it itself, once.
KEEPS: Final = "hues.keeps"
FOR_EVERYBODY = "public, max-age=0, s-maxage=1"
# Copies of what people wrote, which may be covered later, stay on a phone no longer than this.
BRIEFLY = 2 * 24 * 3600  # seconds
MINE = "private, no-cache"
NOT_KEPT = "private, no-store"

type View = Callable[..., HttpResponse]


def shared(view: View) -> View:
    """
    Mark a view whose answers are the same bytes for everybody, signed in or not.

    Such a page may hold nothing of its reader: no token, no message, no draft. An answer that does says `NOT_KEPT`.
    """

    @wraps(view)
    def told(request: AskedRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        answer = view(request, *args, **kwargs)
        if request.method == "GET" and answer.status_code == HTTPStatus.OK and answer.get("Cache-Control") != NOT_KEPT:
            answer.headers["Cache-Control"] = FOR_EVERYBODY
        return answer

    return told


def shared_with_strangers(view: View) -> View:
    """Mark a view whose answers are the same for every stranger, while somebody signed in gets a page of their own."""

    @wraps(view)
    def told(request: AskedRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        answer = view(request, *args, **kwargs)
        is_page = request.method == "GET" and answer.status_code == HTTPStatus.OK
        answer.headers["Cache-Control"] = FOR_EVERYBODY if is_page and not request.asker.signed_in else MINE
        return answer

    return told


def offline_briefly(view: View) -> View:
    """Mark a view whose pages show what people wrote: a phone keeps a copy for two days, and no longer."""

    @wraps(view)
    def told(request: AskedRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        answer = view(request, *args, **kwargs)
        answer.headers["X-Hues-Offline-For"] = str(BRIEFLY)
        return answer

    return told
