"""My ward and the places I follow: what was published there last, and how to hear of it."""

from dataclasses import dataclass
from datetime import datetime

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.template.defaultfilters import slugify
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from hues.engines.cases import queries as cases
from hues.functions.field_reports import actions, places, queries, writing
from hues.functions.field_reports.choosing import Chosen, read_choice
from hues.functions.field_reports.queries import Followed
from hues.kernel.areas import queries as areas
from hues.kernel.errors import Invalid
from hues.kernel.people.asker import Role
from hues.kit import clock
from hues.kit.text import Bilingual, tidy
from hues.surfaces.citizen import cards
from hues.surfaces.shell.access import AskedRequest, open_to

NEWEST = 5


@dataclass(frozen=True, kw_only=True, slots=True)
class Place:
    """One ward or place on the page; `heard` if the reader is told of what is published there."""

    ward: str
    near: str
    name: Bilingual
    heard: bool
    query: str
    lines: tuple[cards.Line, ...]


@require_safe
@open_to(Role.CITIZEN)
def mine(request: AskedRequest) -> HttpResponse:
    """Show what was published last in my ward and in the places I follow."""
    return _page(request, clock.now())


@require_POST
@open_to(Role.CITIZEN)
def change(request: AskedRequest) -> HttpResponse:
    """Follow a ward or a place, or leave it."""
    at, ward, near = clock.now(), tidy(request.POST.get("ward", ""))[:8], tidy(request.POST.get("near", ""))[:40]
    address = reverse("field_reports:around")
    if "leave" in request.POST:
        actions.leave(by=request.asker, ward=ward, near=near)
        messages.success(request, _("You no longer follow this place."))
        return writing.see_other(address)
    try:
        actions.follow(by=request.asker, ward=ward, near=near, at=at)
    except Invalid as refusal:
        return _page(request, at, wrong=str(refusal))
    messages.success(request, _("You follow this place: your inbox tells you when an answer from there is published."))
    return writing.see_other(f"{address}#at-{ward}{slugify(near)}")


def _page(request: AskedRequest, at: datetime, wrong: str = "") -> HttpResponse:
    heard = queries.followed(request.asker)
    home = Followed(ward=request.asker.home_ward, near="")
    asked = read_choice(request.GET)
    offered = [Followed(ward=asked.ward if areas.ward(asked.ward) else "", near=""), Followed(ward="", near=asked.near)]
    listed = list(dict.fromkeys(one for one in (*offered, home, *heard) if one.ward or one.near))
    context = {
        "followed": [_place(one, at, heard=one in heard) for one in listed],
        "home": home.ward,
        "wards": [ward for ward in places.wards_by_name() if ward.code not in {one.ward for one in listed}],
        "wrong": wrong,
    }
    answer = render(request, "field_reports/around.html", context, status=422 if wrong else 200)
    answer["Cache-Control"] = "private, no-cache"
    return answer


def _place(one: Followed, at: datetime, *, heard: bool) -> Place:
    chosen = Chosen(ward=one.ward, near=one.near)
    ward = areas.ward(one.ward) if one.ward else None
    found = cases.public_cases(chosen.filters(), limit=NEWEST, at=at)
    return Place(
        ward=one.ward,
        near=one.near,
        name=ward.name if ward else {},
        heard=heard,
        query=chosen.query(),
        lines=cards.lines(found.rows, at),
    )
