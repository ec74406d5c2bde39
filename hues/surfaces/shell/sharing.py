"""Say that an answer is the same for everybody, so that the front may keep it for a moment."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpResponse
from django.http.response import HttpResponseBase

from hues.surfaces.shell.access import AskedRequest

FOR_EVERYBODY = "public, max-age=0, s-maxage=1"
MINE = "private, no-cache"


def shared(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """
    Mark what the decorated view shows to a stranger as the same for every stranger.

    Such a page may hold nothing of its reader: no token, no message, no draft. Whoever is signed in gets a page of
    their own.
    """

    @wraps(view)
    def told(request: AskedRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        answer = view(request, *args, **kwargs)
        is_page = request.method == "GET" and answer.status_code == 200
        answer.headers["Cache-Control"] = FOR_EVERYBODY if is_page and not request.asker.signed_in else MINE
        return answer

    return told  # type: ignore[return-value]
