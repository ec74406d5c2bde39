"""Cover faces, plates and names on a photo: draw, look at the result, keep it; undo it, or look at the original."""

from functools import wraps
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from hues.engines.cases import actions, queries
from hues.engines.cases.queries import DeskCase
from hues.kernel.errors import Invalid, NotFound
from hues.kernel.media import queries as media
from hues.kernel.media.covering import MOST_BOXES, Box
from hues.kernel.people.asker import Role
from hues.kit.clock import now
from hues.surfaces.desks.queue import read_shown
from hues.surfaces.desks.signedout import drawn_for, name_of, to_sign_in
from hues.surfaces.desks.waiting import again, page_waits, taken_up
from hues.surfaces.operations.desk import DESK
from hues.surfaces.operations.forms import LookForm, UncoverForm, waited_form
from hues.surfaces.shell.access import AskedRequest, View, open_to

SIDES = ("left", "top", "width", "height")
SPARE_ROWS = 3


def boxes_wait(view: View) -> View:
    """Lead who keeps boxes without a session by the sign-in back to the look at them; their address holds them."""

    @wraps(view)
    def waiting(request: AskedRequest, **named: Any) -> HttpResponseBase:
        if request.method != "POST" or request.asker.signed_in or drawn_for(request) is None:
            return view(request, **named)
        boxes = [(side, str(getattr(box, side))) for box in read_boxes(request) for side in SIDES]
        asked = read_shown(request.GET, DESK.sections).asked().items()
        return to_sign_in(request, f"{request.path}?{urlencode([*asked, *boxes, ('look', '1')])}")

    return waiting


@boxes_wait
@open_to(Role.OPERATOR, Role.DUTY_LEADER)
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def photo(request: AskedRequest, number: str, photo_id: UUID) -> HttpResponse:
    """Show a photo to draw boxes on; with boxes the result, which is kept when it is sent."""
    at, boxes = now(), read_boxes(request)
    case = queries.ops_case(request.asker, number, at=at)
    error = ""
    if request.method == "POST" and "again" not in request.POST:
        try:
            actions.cover_photo(case_id=case.id, photo_id=photo_id, boxes=boxes, by=request.asker, at=at)
        except Invalid as wrong:
            error = str(wrong)
        else:
            messages.success(request, gettext("Covered, wherever the photo is shown. The original is under seal."))
            return HttpResponseRedirect(_back(request, number))
    look = bool(boxes) and not error and request.GET.get("look") == "1"
    waited = _waited(request)
    return _page(request, case, photo_id, boxes=boxes, error=error, look=look, status=422 if error else 200, **waited)


@open_to(Role.OPERATOR, Role.DUTY_LEADER)
@require_safe
@never_cache
def look(request: AskedRequest, number: str, photo_id: UUID) -> HttpResponse:
    """Send the photo as it would be."""
    picture = queries.photo_covered(request.asker, number, photo_id, read_boxes(request))
    return HttpResponse(picture, content_type="image/jpeg")


@page_waits(above=True)
@open_to(Role.OPERATOR, Role.DUTY_LEADER)
@require_POST
def uncover(request: AskedRequest, number: str, photo_id: UUID) -> HttpResponse:
    """Show the photo as it was taken in, to everybody who may see the case."""
    at, form = now(), UncoverForm(request.POST)
    case = queries.ops_case(request.asker, number, at=at)
    if not form.is_valid():
        return _page(request, case, photo_id, uncover_form=form, status=422)
    reason = form.cleaned_data["reason"]
    actions.uncover_photo(case_id=case.id, photo_id=photo_id, reason=reason, by=request.asker, at=at)
    messages.success(request, gettext("The photo is shown as it was taken in."))
    return HttpResponseRedirect(_back(request, number))


@page_waits(above=True)
@open_to(Role.OPERATOR, Role.DUTY_LEADER)
@require_POST
@never_cache
def original(request: AskedRequest, number: str, photo_id: UUID) -> HttpResponse:
    """Show the original to whoever says what for; who looked is written down."""
    at, form = now(), LookForm(request.POST)
    case = queries.ops_case(request.asker, number, at=at)
    if not form.is_valid():
        return _page(request, case, photo_id, look_form=form, status=422)
    purpose = form.cleaned_data["purpose"]
    try:
        address = actions.see_original(case_id=case.id, photo_id=photo_id, purpose=purpose, by=request.asker, at=at)
    except Invalid as wrong:
        form.add_error("purpose", str(wrong))
        return _page(request, case, photo_id, look_form=form, status=422)
    return _page(request, case, photo_id, original_url=address)


def read_boxes(request: HttpRequest) -> list[Box]:
    """Return the boxes that were sent, in percent; a row that is empty or no number is none."""
    sent = request.POST if request.method == "POST" else request.GET
    boxes = []
    for row in zip(*(sent.getlist(side)[: MOST_BOXES + 1] for side in SIDES), strict=False):
        try:
            left, top, width, height = (float(value.replace(",", ".")) for value in row)
        except ValueError:
            continue
        boxes.append(Box(left=left, top=top, width=width, height=height))
    return boxes


def _waited(request: AskedRequest) -> dict[str, Any]:
    """Return the form that was sent without a session, to be sent again."""
    typed = taken_up(request)
    found = waited_form(typed) if typed else None
    if found is None:
        return {}
    again(found[1])
    return {found[0]: found[1], "back_again": True}


def _page(
    request: AskedRequest, case: DeskCase, photo_id: UUID, *, status: int = 200, boxes: Any = (), **more: Any
) -> HttpResponse:
    if photo_id not in {photo.photo_id for photo in case.photos}:
        raise NotFound
    at, card = now(), media.photo(photo_id)
    shown = read_shown(request.GET, DESK.sections)
    context = {
        "desk": DESK,
        "case": case,
        "card": card,
        "src": media.link_to(card, "full", at),
        "here": reverse("operations:photo", args=[case.number, photo_id]),
        "query": shown.address(""),
        "asked": shown.asked().items(),
        "back": _back(request, case.number),
        "boxes": boxes,
        "boxes_query": urlencode([(side, getattr(box, side)) for box in boxes for side in SIDES]),
        "sides": [("left", _("From left")), ("top", _("From top")), ("width", _("Width")), ("height", _("Height"))],
        "rows": [*boxes, *[None] * (SPARE_ROWS if len(boxes) < MOST_BOXES else 0)],
        "is_covered": photo_id in media.covered([photo_id]),
        "who": name_of(request),
        "look_form": LookForm(),
        "uncover_form": UncoverForm(),
    }
    return render(request, "operations/cover.html", context | more, status=status)


def _back(request: AskedRequest, number: str) -> str:
    return DESK.case_address(number, read_shown(request.GET, DESK.sections))
