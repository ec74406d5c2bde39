"""What an operator typed when the session was over: kept until the same operator has signed in again."""

from datetime import datetime
from typing import Final

from django.http import QueryDict

from hues.functions.field_reports.calling import CallForm
from hues.kernel.people.asker import Asker
from hues.surfaces.desks.signedout import WHO, drawn_for
from hues.surfaces.shell.access import AskedRequest

IN_SESSION: Final = "field_reports_unsent_call"
LONGEST: Final = 40_000  # characters of a form that is kept


def put_by(request: AskedRequest, at: datetime) -> bool:
    """
    Keep what a page drawn for an operator has sent, its photos too, for whoever signs in next; say if it was kept.

    Nobody but the same operator is shown it again.
    """
    person = drawn_for(request)
    if person is None:
        return False
    form = CallForm(request.POST, request.FILES, by=Asker(person_id=person))
    form.full_clean()
    form.keep_files(at)
    typed = request.POST.copy()
    for name in ("csrfmiddlewaretoken", WHO):
        typed.pop(name, None)
    typed.setlist("photos", [name for name, _src, _doubt in form.shown_photos()])
    said = typed.urlencode()
    if len(said) > LONGEST:
        return False
    request.session[IN_SESSION] = {"who": str(person), "said": said}
    return True


def taken_up(request: AskedRequest) -> QueryDict | None:
    """Return what this operator had typed before the session was over, once; a colleague's is forgotten."""
    kept = request.session.pop(IN_SESSION, None)
    if not kept or kept["who"] != str(request.asker.person_id):
        return None
    return QueryDict(kept["said"])
