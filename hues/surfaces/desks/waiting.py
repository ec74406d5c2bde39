"""What is sent without a session from pages that are no case's own (many at once, covers, seals): it waits too."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.forms import Form
from django.http import QueryDict
from django.http.response import HttpResponseBase

from hues.surfaces.desks.signedout import drawn_for, to_sign_in
from hues.surfaces.shell import addresses, late
from hues.surfaces.shell.access import AskedRequest, View


def page_waits(*, above: bool = False) -> Callable[[View], View]:
    """
    Let what is sent when the session is over wait for its writer, who is led by the sign-in back to the page.

    It is shown there to be sent again; nothing is done by itself. `above`: the page is the address above.
    """

    def mark(view: View) -> View:
        @wraps(view)
        def waiting(request: AskedRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            page = _above(request.path) if above else request.path
            if request.method != "POST" or request.asker.signed_in or not _put_by(request, page):
                return view(request, *args, **kwargs)
            query = request.META.get("QUERY_STRING", "")
            return to_sign_in(request, f"{page}?{query}" if query else page)

        return waiting

    return mark


def taken_up(request: AskedRequest) -> QueryDict | None:
    """Return what this person had sent from this page, until it is sent or thrown away; a colleague's is forgotten."""
    kept = late.found(request, f"page:{addresses.bare(request.path)}") if request.method == "GET" else None
    return QueryDict(kept.said) if kept else None


def again(form: Form) -> None:
    """Show what was typed, as yet without a word about what is wrong with it: nothing has been sent."""
    form.errors.clear()


def _put_by(request: AskedRequest, page: str) -> bool:
    person = drawn_for(request)
    if person is None:
        return False
    action, place = request.get_full_path(), f"page:{addresses.bare(page)}"
    return late.put_by(request, str(person), request.POST.copy(), action=action, back=page, place=place)


def _above(path: str) -> str:
    return path.rstrip("/").rpartition("/")[0] + "/"
