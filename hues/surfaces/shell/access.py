"""Say, on every view, who may come in."""

from collections.abc import Callable
from functools import wraps
from typing import Any, Final

from django.http import HttpRequest
from django.http.response import HttpResponseBase

from hues.kernel.errors import NotAllowed, SignInNeeded
from hues.kernel.people.asker import Asker, Role

type View = Callable[..., HttpResponseBase]

ANYONE: Final = "anyone"


class AskedRequest(HttpRequest):
    """A request whose asker is known; `AskerMiddleware` makes every request one."""

    asker: Asker


def open_to(*roles: Role | str) -> Callable[[View], View]:
    """
    Open the decorated view to people with one of `roles`, or to ANYONE.

    A conformance test finds every view that is not marked.
    """

    def mark(view: View) -> View:
        @wraps(view)
        def guarded(request: AskedRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if ANYONE not in roles:
                if not request.asker.signed_in:
                    raise SignInNeeded
                if request.asker.roles.isdisjoint(roles):
                    raise NotAllowed
            return view(request, *args, **kwargs)

        guarded.open_to = frozenset(roles)  # type: ignore[attr-defined]
        return guarded

    return mark
