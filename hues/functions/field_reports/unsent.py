"""What an operator typed when the session was over: kept until the same operator has signed in again."""

from datetime import datetime
from typing import Final

from django.http import QueryDict
from django.urls import reverse

from hues.functions.field_reports.calling import CallForm
from hues.kernel.people.asker import Asker
from hues.surfaces.desks.signedout import drawn_for
from hues.surfaces.shell import late
from hues.surfaces.shell.access import AskedRequest

PLACE: Final = "calls:new"


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
    typed.setlist("photos", [name for name, _src, _doubt in form.shown_photos()])
    here = reverse("calls:new")
    return late.put_by(request, str(person), typed, action=request.get_full_path(), back=here, place=PLACE)


def taken_up(request: AskedRequest) -> QueryDict | None:
    """Return what this operator had typed before the session was over; a colleague's is forgotten."""
    kept = late.found(request, PLACE)
    return QueryDict(kept.said) if kept else None
