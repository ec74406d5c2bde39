"""What somebody sends from a page of theirs after the session was over: kept until the same person is back."""

from collections.abc import Callable
from datetime import datetime
from functools import wraps
from typing import Final
from urllib.parse import urlencode
from uuid import UUID

from django.conf import settings
from django.core.signing import BadSignature, TimestampSigner
from django.http import HttpResponse, QueryDict
from django.http.response import HttpResponseBase
from django.urls import reverse

from hues.kernel.errors import Refusal
from hues.kernel.media.actions import store_photo
from hues.kit.clock import now
from hues.surfaces.desks.answers import see_other
from hues.surfaces.desks.desk import Desk
from hues.surfaces.desks.forms import MOST_PHOTOS, KeptPhotos
from hues.surfaces.desks.photoform import PhotoForm
from hues.surfaces.desks.queue import read_shown
from hues.surfaces.shell import addresses, late
from hues.surfaces.shell.access import AskedRequest, View

WHO: Final = "who"  # the field in which a page says for whom it was drawn
FOR: Final = 24 * 3600  # seconds that a page is good for
_signer = TimestampSigner(salt="hues.desks.drawn-for")


def name_of(request: AskedRequest) -> str:
    """Return what a page carries to say for whom it was drawn, and which form that waited it shows."""
    key = late.key_of(request)
    return _signer.sign(f"{request.asker.person_id}{late.IN_WHO}{key}" if key else str(request.asker.person_id))


def drawn_for(request: AskedRequest) -> UUID | None:
    """Return for whom the page was drawn whose form was sent, if it says so and is not too old."""
    try:
        return UUID(_signer.unsign(request.POST.get(WHO, ""), max_age=FOR).partition(late.IN_WHO)[0])
    except (BadSignature, ValueError):
        return None


def waits_for_its_writer(desk: Desk) -> Callable[[View], View]:
    """Let a move that is sent or kept when the session is over wait for its writer, who is led to the sign-in."""

    def mark(view: View) -> View:
        @wraps(view)
        def waiting(request: AskedRequest, number: str, code: str) -> HttpResponseBase:
            if request.asker.signed_in or not put_by(desk, request, number, code, now()):
                return view(request, number, code)
            return to_sign_in(request, desk.case_address(number, read_shown(request.GET, desk.sections)))

        return waiting

    return mark


def to_sign_in(request: AskedRequest, back: str) -> HttpResponse:
    """Lead to the sign-in, and from there to `back`."""
    sign_in = f"{addresses.to(settings.LOGIN_URL)}?{urlencode({'next': back})}"
    if "HX-Request" in request.headers:
        return HttpResponse(status=401, headers={"HX-Redirect": sign_in})
    return see_other(sign_in)


def put_by(desk: Desk, request: AskedRequest, number: str, code: str, at: datetime) -> bool:
    """
    Keep a move that was sent without a session, its photos too, for whoever signs in next; say if it was kept.

    Nobody but the person for whom the page was drawn is shown it.
    """
    person = drawn_for(request)
    move = next((move for move in desk.moves.values() if move.code == code), None)
    if person is None or move is None:
        return False
    typed, place = request.POST.copy(), f"{desk.space}:{number}"
    if issubclass(move.form, PhotoForm):
        before = late.of_before(request, str(person), f"{place}#{code}")
        photos = [*before.getlist("photos"), *typed.getlist("photos"), *_stored(move.form.picker, request, person, at)]
        typed.setlist("photos", list(dict.fromkeys(photos)))
    shown = read_shown(request.GET, desk.sections)
    action = shown.address(reverse(f"{desk.space}:move", args=[number, code]))
    back = desk.case_address(number, shown)
    return late.put_by(request, str(person), typed, action=action, back=back, place=f"{place}#{code}", instead=True)


def taken_up(desk: Desk, request: AskedRequest, number: str) -> tuple[str, QueryDict] | None:
    """Return the code of a move of this case and what was typed into it; a colleague's is forgotten."""
    kept = late.found(request, f"{desk.space}:{number}")
    if not kept:
        return None
    code = kept.place.rpartition("#")[2]
    move = next(move for move in desk.moves.values() if move.code == code)
    if move.keeps:  # it is kept as a draft from now on, and goes on from there
        late.drop(request, kept)
        del request.late_key  # type: ignore[attr-defined]
    return code, QueryDict(kept.said)


def _stored(picker: str, request: AskedRequest, person: UUID, at: datetime) -> list[str]:
    """Store the photos that came along, and return their names in the form; what is no photo is left out."""
    kept, names = KeptPhotos(person), list[str]()
    for upload in request.FILES.getlist(picker)[:MOST_PHOTOS]:
        try:
            names.append(kept.name(store_photo(upload, by=person, at=at).id))
        except Refusal:
            continue
    return names
