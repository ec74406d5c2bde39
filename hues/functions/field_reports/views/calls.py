"""Write a report down for somebody at the phone or at the counter, with what is there already beside it."""

from datetime import datetime
from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from hues.engines.cases import queries
from hues.functions.field_reports import calling, catalogue, places
from hues.functions.field_reports.calling import CallForm, ToldForm
from hues.functions.field_reports.drafting import Spot
from hues.functions.field_reports.views.near import neighbours
from hues.kernel.city import city
from hues.kernel.errors import Invalid, Refusal
from hues.kernel.people.asker import IOC_ROLES
from hues.kit import clock
from hues.surfaces.desks.answers import see_other
from hues.surfaces.operations import places as centre
from hues.surfaces.shell.access import AskedRequest, open_to
from hues.surfaces.shell.refusing import mark

PICK = "pick"  # the name of the buttons that choose a suggested category
MOST_SUGGESTED = 4


@open_to(*IOC_ROLES)
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: AskedRequest) -> HttpResponse:
    """Ask what the caller tells; sent, open the case and text its number."""
    at = clock.now()
    if request.method != "POST":
        return _page(request, CallForm(initial={"key": str(uuid4()), "channel": "phone", "follow": True}), at)
    if PICK in request.POST:
        return _page(request, CallForm(initial={**request.POST.dict(), "category": request.POST[PICK]}), at)
    form = CallForm(request.POST)
    if form.is_valid():
        try:
            receipt = calling.take(form.cleaned_data, places.spot_meant(form.cleaned_data), by=request.asker, at=at)
        except Invalid as refusal:
            mark(form, refusal)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            said = _("%(number)s is noted. Tell the caller this number.") % {"number": receipt.number}
            messages.success(request, said)
            return see_other(reverse("operations:case", args=[receipt.number]))
    return _page(request, form, at, status=422)


@open_to(*IOC_ROLES)
@require_safe
def near(request: AskedRequest) -> HttpResponse:
    """Show what is there already, and which categories the words speak of, while the operator writes."""
    answer = render(request, "field_reports/_call_near.html", beside(request, CallForm(request.GET), clock.now()))
    answer["Cache-Control"] = "private, no-store"
    return answer


@open_to(*IOC_ROLES)
@require_POST
def join(request: AskedRequest, number: str) -> HttpResponse:
    """Count the caller in with a report that is there already; nothing new is opened."""
    at, form = clock.now(), CallForm(request.POST)
    form.is_valid()
    if "phone" not in form.cleaned_data:
        kept = CallForm(initial=request.POST.dict())
        kept.errors["phone"] = form.errors["phone"]  # the rest is not asked for yet
        return _page(request, kept, at, status=422)
    try:
        calling.count_in({"name": "", **form.cleaned_data}, number, by=request.asker, at=at)
    except Invalid as refusal:
        mark(form, refusal)
        return _page(request, form, at, status=422)
    messages.success(request, _("The caller is counted in, and finds the answer after signing in with this number."))
    return see_other(reverse("operations:case", args=[number]))


def _page(request: AskedRequest, form: CallForm, at: datetime, status: int = 200) -> HttpResponse:
    context: dict[str, Any] = {
        "form": form,
        "wards": places.wards_by_name(),
        "city": city(),
        "places": centre.places(request.asker, "calls:new"),
        **beside(request, form, at),
    }
    return render(request, "field_reports/call.html", context, status=status)


def beside(request: AskedRequest, form: ToldForm, at: datetime) -> dict[str, Any]:
    """Return the suggested categories and the reports nearby, as far as what was typed tells."""
    said = {name: form[name].value() or "" for name in ("category", "text", "address", "ward")}
    language = get_language() or "vi"
    suggested = () if said["category"] else catalogue.spoken_of(str(said["text"]), language)[:MOST_SUGGESTED]
    found: tuple[queries.Near, ...] = ()
    if said["category"] and (spot := _spot_or_none(form)):
        found = queries.near_duplicates(
            kind=catalogue.KIND,
            category=str(said["category"]),
            text=str(said["text"]),
            lat=spot.lat,
            lng=spot.lng,
            asker=request.asker,
            at=at,
        )
    return {"suggested": suggested, "neighbours": neighbours(found, at)}


def _spot_or_none(form: ToldForm) -> Spot | None:
    """Return the place as far as it is typed; half a place is none."""
    given = {name: form[name].value() or "" for name in ("lat", "lng", "source", "address", "ward")}
    try:
        point = {name: float(given[name]) if given[name] else None for name in ("lat", "lng")}
        return places.spot_meant({**given, **point})
    except (Invalid, ValueError):
        return None
