"""The queue on the map: never all points to the browser."""

from math import inf
from typing import Any

from django.utils.translation import gettext

from hues.engines.cases.declare import NOT_POINTED_AT
from hues.engines.cases.queries import map_cells, map_points
from hues.kernel.city import city
from hues.kit.clock import now
from hues.surfaces.desks.desk import Desk, narrowed
from hues.surfaces.desks.queue import read_shown
from hues.surfaces.shell.access import AskedRequest

NEAR = 15.0  # the zoom from which single cases are shown


def points(desk: Desk, request: AskedRequest) -> dict[str, Any]:
    """Return GeoJSON of the part of the queue that lies in the box west,south,east,north at a zoom."""
    at, shown = now(), read_shown(request.GET, desk.sections)
    filters = narrowed(desk.sections[shown.tab].filters, shown)
    bounds, zoom = _bounds(request.GET.get("bbox", "")), _number(request.GET.get("zoom", ""), 12.0)
    if zoom >= NEAR and (near := map_points(bounds, filters, asker=request.asker, at=at)) is not None:
        features = [
            _feature(
                p.lat,
                p.lng,
                {"number": p.number, "href": desk.case_address(p.number, shown)}
                | ({"near": True, "text": str(NOT_POINTED_AT)} if p.approximate else {}),
            )
            for p in near
        ]
    else:
        cells = map_cells(bounds, zoom, filters, asker=request.asker, at=at)
        lone = {"title": gettext("One report. Come nearer to open it.")}
        features = [_feature(c.lat, c.lng, {"count": c.count} | (lone if c.count == 1 else {})) for c in cells]
    return {"type": "FeatureCollection", "features": features}


def _feature(lat: float, lng: float, facts: dict[str, Any]) -> dict[str, Any]:
    place = {"type": "Point", "coordinates": [round(lng, 6), round(lat, 6)]}
    return {"type": "Feature", "geometry": place, "properties": facts}


def _bounds(text: str) -> tuple[float, float, float, float]:
    parts = [_number(part, inf) for part in text.split(",")]
    if len(parts) != 4 or inf in parts:
        return city().bounds
    west, south, east, north = parts
    least_lat, least_lng, most_lat, most_lng = city().bounds
    return max(south, least_lat), max(west, least_lng), min(north, most_lat), min(east, most_lng)


def _number(text: str, default: float) -> float:
    try:
        found = float(text)
    except ValueError:
        return default
    return found if abs(found) < inf else default
