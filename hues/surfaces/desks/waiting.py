"""What is sent without a session from pages that are no case's own (many at once, covers, seals): it waits too."""

from collections.abc import Callable
from functools import wraps
from typing import Any, Final

from django.forms import Form
from django.http import QueryDict
from django.http.response import HttpResponseBase

from hues.surfaces.desks.signedout import LONGEST, WHO, drawn_for, to_sign_in
from hues.surfaces.shell import addresses
from hues.surfaces.shell.access import AskedRequest, View

IN_SESSION: Final = "desks_unsent_page"


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
    """Return what this person had sent from this page, once; a colleague's is forgotten."""
    kept = request.session.get(IN_SESSION) if request.method == "GET" else None
    if not kept:
        return None
    mine = kept["who"] == str(request.asker.person_id)
    if mine and kept["page"] != addresses.bare(request.path):
        return None
    del request.session[IN_SESSION]
    return QueryDict(kept["said"]) if mine else None


def again(form: Form) -> None:
    """Show what was typed, as yet without a word about what is wrong with it: nothing has been sent."""
    form.errors.clear()


def _put_by(request: AskedRequest, page: str) -> bool:
    person = drawn_for(request)
    typed = request.POST.copy()
    for name in ("csrfmiddlewaretoken", WHO):
        typed.pop(name, None)
    said = typed.urlencode()
    if person is None or len(said) > LONGEST:
        return False
    request.session[IN_SESSION] = {"who": str(person), "page": addresses.bare(page), "said": said}
    return True


def _above(path: str) -> str:
    return path.rstrip("/").rpartition("/")[0] + "/"
