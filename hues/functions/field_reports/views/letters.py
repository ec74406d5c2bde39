"""Letters that wait: the queue, and one sender's beside the form that makes a report of them."""

from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.forms import CharField
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from hues.functions.field_reports import letters, places, threads
from hues.functions.field_reports.calling import ToldForm
from hues.functions.field_reports.forms import typed_so_far
from hues.functions.field_reports.views.calls import PICK, beside
from hues.kernel.areas import queries as areas
from hues.kernel.city import city
from hues.kernel.delivery.ways import ways_out
from hues.kernel.errors import Invalid, Refusal, WrongState
from hues.kernel.letters import actions, queries
from hues.kernel.letters.queries import Settled
from hues.kernel.people.asker import IOC_ROLES
from hues.kit import clock
from hues.kit.text import pick, tidy
from hues.surfaces.desks.answers import see_other
from hues.surfaces.operations import places as centre
from hues.surfaces.shell import addresses
from hues.surfaces.shell.access import AskedRequest, open_to
from hues.surfaces.shell.refusing import mark

type Typed = list[tuple[str, str]]


@open_to(*IOC_ROLES)
@require_safe
@never_cache
def queue(request: AskedRequest) -> HttpResponse:
    """Show what waits, one row for each sender."""
    at = clock.now()
    context = {
        "sheets": [letters.sheet_of(thread, at) for thread in queries.waiting(request.asker)],
        "at": at,
        "places": centre.places(request.asker, "calls:letters"),
    }
    return render(request, "field_reports/letters.html", context)


@open_to(*IOC_ROLES)
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def one(request: AskedRequest, letter_id: UUID) -> HttpResponse:
    """Show one sender's letters and the form; sent, make a report of the letters that were on the page."""
    at = clock.now()
    if request.method != "POST":
        return _page(request, letter_id, None, at)
    if PICK in request.POST:
        form = ToldForm(initial={**typed_so_far(request.POST), "category": request.POST[PICK]})
        return _page(request, letter_id, form, at)
    form = ToldForm(request.POST)
    if form.is_valid():
        try:
            spot = places.spot_meant(form.cleaned_data)
            ids = _on_the_page(request, letter_id)
            receipt = letters.take(
                form.cleaned_data, spot, answers=form.answers, letter_ids=ids, by=request.asker, at=at
            )
        except Invalid as refusal:
            mark(form, refusal)
        except WrongState as refusal:
            return _too_late(request, letter_id, refusal, at, form=form, typed=_written(form))
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            said = _("%(number)s is noted. The sender is told its number.") % {"number": receipt.number}
            messages.success(request, said)
            return see_other(reverse("operations:case", args=[receipt.number]))
    return _page(request, letter_id, form, at, status=422)


@open_to(*IOC_ROLES)
@require_POST
def near(request: AskedRequest, letter_id: UUID) -> HttpResponse:
    """Show what is there already, and which categories the words speak of, while the operator writes."""
    context = {**beside(request, ToldForm(request.POST), clock.now()), "letter_id": letter_id}
    answer = render(request, "field_reports/_call_near.html", context)
    answer["Cache-Control"] = "private, no-store"
    return answer


@open_to(*IOC_ROLES)
@require_POST
def join(request: AskedRequest, letter_id: UUID, number: str) -> HttpResponse:
    """Count the sender in with a report that is there already; nothing new is opened."""
    ids = _on_the_page(request, letter_id)
    try:
        letters.count_in(number, letter_ids=ids, by=request.asker, at=clock.now())
    except WrongState as refusal:
        return _refused(request, refusal)
    messages.success(request, _("The sender is counted in, and is told when it is answered."))
    return see_other(reverse("operations:case", args=[number]))


@open_to(*IOC_ROLES)
@require_POST
def add(request: AskedRequest, letter_id: UUID, number: str) -> HttpResponse:
    """Add the letters on the page to the sender's own report."""
    ids = _on_the_page(request, letter_id)
    try:
        threads.add_to(number, letter_ids=ids, by=request.asker, at=clock.now())
    except WrongState as refusal:
        return _refused(request, refusal)
    messages.success(request, _("Added to %(number)s; the agency reads it there.") % {"number": number})
    return see_other(reverse("operations:case", args=[number]))


@open_to(*IOC_ROLES)
@require_POST
def back(request: AskedRequest, letter_id: UUID) -> HttpResponse:
    """Write to the sender; the letters wait on."""
    said, at = _said(request), clock.now()
    ids, text = _on_the_page(request, letter_id), said["text"]
    try:
        actions.write_back(letter_ids=ids, text=text, key=said["key"], by=request.asker, at=at)
    except Invalid as refusal:
        return _page(request, letter_id, None, at, written=text, wrong_back=refusal.fields, status=422)
    except WrongState as refusal:
        return _too_late(request, letter_id, refusal, at, typed=[(_("Write to the sender"), text)], written=text)
    messages.success(request, _("Sent. The letter waits until the sender has answered and somebody sees to it."))
    return see_other(reverse("calls:letter", args=[letter_id]))


@open_to(*IOC_ROLES)
@require_POST
def aside(request: AskedRequest, letter_id: UUID) -> HttpResponse:
    """Put the letters on the page aside, and tell the sender something if there are words."""
    said, at = _said(request), clock.now()
    ids = _on_the_page(request, letter_id)
    try:
        actions.set_aside(letter_ids=ids, by=request.asker, at=at, **said)
    except Invalid as refusal:
        return _page(request, letter_id, None, at, said=said, wrong_aside=refusal.fields, status=422)
    except WrongState as refusal:
        typed = [(_("Why is it no report?"), said["reason"]), (_("Tell the sender (optional)"), said["text"])]
        return _too_late(request, letter_id, refusal, at, typed=typed, said=said, wrong_aside=True)
    messages.success(request, _("Put aside."))
    return see_other(reverse("calls:letters"))


def _too_late(
    request: AskedRequest,
    letter_id: UUID,
    refusal: WrongState,
    at: datetime,
    *,
    typed: Typed,
    form: ToldForm | None = None,
    **more: Any,
) -> HttpResponse:
    """Say who was faster and what became of it, and give back what was typed."""
    kept = [(label, text) for label, text in typed if text.strip()]
    return _page(request, letter_id, form, at, typed=kept, refusal=refusal, status=409, **more)


def _written(form: ToldForm) -> Typed:
    """Return what was written, each with its label; a ward by its name."""
    written = {bound.name: bound for bound in form.visible_fields() if isinstance(bound.field, CharField)}
    values = {name: str(bound.value() or "") for name, bound in written.items()}
    if ward := areas.ward(tidy(values.get("ward", ""))):
        values["ward"] = pick(ward.name, addresses.language())
    return [(str(written[name].label), value) for name, value in values.items() if value]


def _page(
    request: AskedRequest, letter_id: UUID, form: ToldForm | None, at: datetime, *, status: int = 200, **more: Any
) -> HttpResponse:
    found = queries.thread(request.asker, letter_id)
    if isinstance(found, Settled):
        if form is not None:
            status, more = 409, {"typed": _written(form), **more}
        context = {"settled": found, "places": centre.places(request.asker, "calls:letters"), **more}
        return render(request, "field_reports/letter_settled.html", context, status=status)
    told = letters.told_in(found)
    form = form or ToldForm(initial=told)
    context = {
        "sheet": letters.sheet_of(found, at),
        "letter_id": letter_id,
        "key": uuid4(),
        "can_answer": found.way in ways_out(),
        "theirs": threads.reports_of(letter_id, at),
        "form": form,
        "questions_url": reverse("calls:questions"),
        "map_lat": told.get("lat"),
        "map_lng": told.get("lng"),
        "map_zoom": 16 if "lat" in told else 0,
        "wards": places.wards_by_name(),
        "city": city(),
        "places": centre.places(request.asker, "calls:letters"),
        **beside(request, form, at),
        **more,
    }
    return render(request, "field_reports/letter.html", context, status=status)


def _on_the_page(request: AskedRequest, letter_id: UUID) -> set[UUID]:
    """Return the letters that the operator has read; one that came meanwhile waits on."""
    found = set()
    for text in request.POST.getlist("letter"):
        try:
            found.add(UUID(text))
        except ValueError:
            continue
    return found or {letter_id}


def _said(request: AskedRequest) -> dict[str, Any]:
    """Return what is written beside the form, and the key that makes sending twice the same as once."""
    try:
        key = UUID(request.POST.get("key", ""))
    except ValueError:
        key = uuid4()
    return {"reason": request.POST.get("reason", ""), "text": request.POST.get("text", ""), "key": key}


def _refused(request: AskedRequest, refusal: WrongState) -> HttpResponse:
    messages.error(request, str(refusal))
    return see_other(reverse("calls:letters"))
