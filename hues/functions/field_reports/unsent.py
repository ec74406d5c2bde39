"""What an operator typed when the session was over: kept until the same operator has signed in again."""

from datetime import datetime
from typing import Final
from uuid import UUID

from django.core.signing import BadSignature, TimestampSigner
from django.http import QueryDict

from hues.functions.field_reports.calling import CallForm
from hues.kernel.people.asker import Asker
from hues.surfaces.shell.access import AskedRequest

IN_SESSION: Final = "field_reports_unsent_call"
LONGEST: Final = 40_000  # characters of a form that is kept
FOR: Final = 24 * 3600  # seconds that a page is good for
WHO: Final = "who"
_signer = TimestampSigner(salt="hues.field_reports.call")


def name_of(asker: Asker) -> str:
    """Return what a page carries to say for whom it was drawn."""
    return _signer.sign(str(asker.person_id))


def put_by(request: AskedRequest, at: datetime) -> bool:
    """
    Keep what a page drawn for an operator has sent, its photos too, for whoever signs in next; say if it was kept.

    Nobody but the same operator is shown it again.
    """
    person = _drawn_for(request)
    if person is None:
        return False
    form = CallForm(request.POST, request.FILES, by=Asker(person_id=person))
    form.full_clean()
    form.keep_files(at)
    typed = request.POST.copy()
    typed.pop("csrfmiddlewaretoken", None)
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


def _drawn_for(request: AskedRequest) -> UUID | None:
    try:
        return UUID(_signer.unsign(request.POST.get(WHO, ""), max_age=FOR))
    except (BadSignature, ValueError):
        return None
