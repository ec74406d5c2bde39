"""The city's map: clusters from afar, reports from near, and all of it as a list for who can't see it."""

from math import isfinite

from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from hues.engines.cases import queries as cases
from hues.engines.cases.queries import CaseFilters
from hues.kernel import visits
from hues.kernel.areas import queries as areas
from hues.kernel.city import city, document
from hues.kernel.errors import Invalid
from hues.kit import clock
from hues.kit.text import fold, pick, tidy
from hues.surfaces.citizen import geojson
from hues.surfaces.citizen.cards import lines
from hues.surfaces.shell import addresses
from hues.surfaces.shell.access import ANYONE, AskedRequest, open_to
from hues.surfaces.shell.sharing import shared

POINTS_FROM_ZOOM = 15.0
MOST_POINTS = 300
RECENT = 12
type Bounds = tuple[float, float, float, float]


@require_safe
@open_to(ANYONE)
@shared
def city_map(request: AskedRequest) -> HttpResponse:
    """Show the map with the latest reports beside it, and every ward with how many it has."""
    at = clock.now()
    visits.count("map", "citizen")
    filters = _filters(request.GET)
    found = cases.public_cases(filters, limit=RECENT, at=at)
    counts = {tally.key: tally.opened for tally in cases.public_figures("ward")}
    wards = sorted(areas.wards(), key=lambda ward: fold(ward.name["vi"]))
    query = request.GET.urlencode()
    context = {
        "lines": lines(found.rows, at),
        "wards": [(ward, counts.get(ward.code, 0)) for ward in wards],
        "points": reverse("citizen:cells") + (f"?{query}" if query else ""),
        "center": _center(filters.ward),
        "note": pick(document("city.toml").get("map", {}).get("note", {}), addresses.language()),
        "filters": filters,
    }
    return render(request, "citizen/map.html", context)


@require_safe
@open_to(ANYONE)
@shared
def cells(request: AskedRequest) -> HttpResponse:
    """Return what the map shows of a box, as GeoJSON."""
    at = clock.now()
    box, zoom = _box(request.GET), _zoom(request.GET)
    filters = _filters(request.GET)
    points = cases.map_points(box, filters, limit=MOST_POINTS, at=at) if zoom >= POINTS_FROM_ZOOM else None
    if points is not None:
        body = geojson.of_points(points)
    else:
        body = geojson.of_cells(cases.map_cells(box, zoom, filters, at=at))
    return HttpResponse(body, content_type="application/geo+json; charset=utf-8")


def _filters(query: QueryDict) -> CaseFilters:
    return CaseFilters(
        kind="report",
        ward=tidy(query.get("ward", ""))[:8],
        category=tidy(query.get("category", ""))[:64],
        outcome=tidy(query.get("outcome", ""))[:16],
        text=tidy(query.get("q", ""))[:80],
    )


def _center(ward_code: str) -> tuple[float, float, int]:
    """Return where the map begins: the ward that was asked for, else the middle of the city."""
    ward = areas.ward(ward_code) if ward_code else None
    return (ward.lat, ward.lng, 13) if ward else (*city().center, 11)


def _box(query: QueryDict) -> Bounds:
    """
    Return the box that was asked for, `bbox=west,south,east,north` as GeoJSON has it, cut to the city.

    :raises Invalid: if it is none
    """
    south, west, north, east = city().bounds
    text = query.get("bbox", "")
    if not text:
        return south, west, north, east
    try:
        w, s, e, n = (float(part) for part in text.split(","))
    except ValueError as wrong:
        raise Invalid from wrong
    if not (w <= e and s <= n and all(isfinite(edge) for edge in (w, s, e, n))):
        raise Invalid
    return max(s, south), max(w, west), min(n, north), min(e, east)


def _zoom(query: QueryDict) -> float:
    try:
        zoom = float(query.get("zoom", "11"))
    except ValueError as wrong:
        raise Invalid from wrong
    if not 0 <= zoom <= 24:
        raise Invalid
    return zoom
