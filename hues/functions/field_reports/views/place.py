"""Second question: where is it?"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from http import HTTPStatus
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from hues.functions.field_reports import drafting, places, writing
from hues.functions.field_reports.drafting import Draft, Spot
from hues.functions.field_reports.forms import LONGEST_ADDRESS, PlaceForm
from hues.kernel.areas import queries as areas
from hues.kernel.city import city
from hues.kernel.errors import Invalid
from hues.kernel.media import queries as media
from hues.kit import clock
from hues.kit.text import tidy
from hues.surfaces.shell.access import ANYONE, AskedRequest, open_to
from hues.surfaces.shell.refusing import mark

TYPED = ("address", "ward", "lat", "lng", "source")


@dataclass(frozen=True, kw_only=True, slots=True)
class Found:
    """A point in words, or the sentence why it can't be taken."""

    spot: Spot | None = None
    ward: dict[str, str] | None = None
    refusal: str = ""


@open_to(ANYONE)
def place(request: AskedRequest) -> HttpResponse:
    """Ask for the place, offering the one the photo was taken at."""
    at = clock.now()
    draft = writing.found_draft(request, at)
    if request.method == "POST" and draft.sent:
        return writing.see_other(reverse("field_reports:report", args=[draft.sent]))
    form = PlaceForm(request.POST or None, initial=_initial(draft))
    if request.method == "POST" and form.is_valid():
        try:
            spot = places.spot_meant(form.cleaned_data)
        except Invalid as refusal:
            mark(form, refusal)
        else:
            return writing.go_on(request, replace(draft, spot=spot, typed={}), done="place", at=at)
    more = {
        "form": form,
        "wards": places.wards_by_name(),
        "chosen": _chosen(form, draft),
        "photo_spot": _photo_spot(draft),
        "city": city(),
    }
    return writing.page(request, draft, "place", more, wrong=bool(form.errors))


@require_POST
@open_to(ANYONE)
def keep_place(request: AskedRequest) -> HttpResponse:
    """Keep the address as it has been typed so far."""
    at = clock.now()
    draft = writing.found_draft(request, at)
    if not draft.sent and not writing.has_lost_session(request):
        typed = {name: tidy(request.POST.get(name, ""))[:LONGEST_ADDRESS] for name in TYPED}
        drafting.keep(request, replace(draft, typed=typed if _differs(typed, draft) else {}), at)
    return HttpResponse(status=HTTPStatus.NO_CONTENT)


@csrf_exempt
@require_POST
@open_to(ANYONE)
def place_found(request: AskedRequest) -> HttpResponse:
    """Tell in words where a point lies, for the map to show while it is being chosen; posted, so that no log has it."""
    form = PlaceForm(request.POST)
    found = Found()
    if form.is_valid() and form.cleaned_data["lat"] is not None and form.cleaned_data["lng"] is not None:
        found = _in_words(form.cleaned_data)
    return render(request, "field_reports/_place_found.html", {"found": found})


def _in_words(given: dict[str, Any]) -> Found:
    try:
        spot = places.spot_from_point(given["lat"], given["lng"], source=given["source"], address="")
    except Invalid as refusal:
        return Found(refusal=str(refusal))
    ward = areas.ward(spot.ward)
    return Found(spot=spot, ward=ward.name if ward else None)


def _photo_spot(draft: Draft) -> Found | None:
    """Return where the first photo that knows its place was taken, if that is in the city."""
    for card in media.photos(draft.photos).values():
        if card.lat is not None and card.lng is not None:
            found = _in_words({"lat": card.lat, "lng": card.lng, "source": "photo"})
            return found if found.spot else None
    return None


def _differs(typed: Mapping[str, str], draft: Draft) -> bool:
    """Test if a form says something else than what it showed of the place that is kept."""
    shown = _initial(replace(draft, typed={}))
    words = any(typed[name] != shown.get(name, "") for name in ("address", "ward"))
    return words or any(_degrees(typed[name]) != _degrees(str(shown.get(name, ""))) for name in ("lat", "lng"))


def _degrees(text: str) -> float | None:
    try:
        return round(float(text), 6)
    except ValueError:
        return None


def _initial(draft: Draft) -> dict[str, Any]:
    spot = draft.spot
    if draft.typed:
        return dict(draft.typed)
    if spot is None:
        return {}
    point = {} if spot.source in ("address", "photo") else {"lat": spot.lat, "lng": spot.lng}
    # A ward that the address itself names is told from it again, so that another address is not sent to the old one.
    ward = "" if places.names_ward(spot.address, spot.ward) else spot.ward
    return {"source": spot.source, "address": spot.address, "ward": ward, **point}


def _chosen(form: PlaceForm, draft: Draft) -> Found | None:
    """Return the point that the page shows as chosen: what was just sent, else what is kept, else the photo's."""
    if form.is_bound:
        given = getattr(form, "cleaned_data", {})
        if given.get("lat") is not None and given.get("lng") is not None and not form.errors:
            return _in_words(given)
        return None
    if draft.typed:
        return _point_typed(draft)
    if draft.spot is None:
        return _photo_spot(draft)
    ward = areas.ward(draft.spot.ward)
    return Found(spot=draft.spot, ward=ward.name if ward else None) if draft.spot.source != "address" else None


def _point_typed(draft: Draft) -> Found | None:
    form = PlaceForm(dict(draft.typed))
    given = form.cleaned_data if form.is_valid() else {}
    return _in_words(given) if given.get("lat") is not None and given.get("lng") is not None else None
