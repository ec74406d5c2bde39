"""The sketch map: land, water, boundaries and names, small enough to travel with the app."""

import json
from collections.abc import Sequence
from typing import Any

import shapely
from shapely.geometry.base import BaseGeometry

from tools.city import shores

BEYOND = (106.85, 15.85, 108.40, 16.95)
"""West, south, east, north of what can be seen when the map is pushed to its edge."""
NAMED = frozenset({"heritage", "market", "station", "airport", "hospital", "town", "port", "beach", "bus_station"})
KEPT_BOUNDARY = 0.0012


def features(
    facts: Sequence[dict[str, str]],
    shapes: Sequence[BaseGeometry],
    landmarks: Sequence[dict[str, str]],
    sea: shapely.Polygon,
) -> list[dict[str, Any]]:
    """Return the layers from the ground up; `layer` of each says how it is drawn."""
    frame = shapely.box(*BEYOND)
    simple = list(shapely.coverage_simplify(list(shapes), KEPT_BOUNDARY))
    city = shapely.union_all(simple)
    found = [
        _one("beyond", frame.difference(sea)),
        _one("sea", frame.intersection(sea)),
        _one("land", city),
    ]
    found += [_one("water", shapely.Polygon(line), vi=vi, en=en) for vi, en, line in shores.LAGOONS]
    found += [_one("river", shapely.LineString(line), vi=vi, en=en) for vi, en, line in shores.RIVERS]
    found += [_one("boundary", _inner_lines(simple, city))]
    found += [
        _one(
            "ward",
            shapely.Point(float(row["lng"]), float(row["lat"])),
            code=row["code"],
            vi=row["name_vi"],
            en=row["name_en"],
            rank=_rank(float(row["area_km2"])),
        )
        for row in facts
    ]
    return found + [
        _one(
            "place",
            shapely.Point(float(row["lng"]), float(row["lat"])),
            kind=row["kind"],
            vi=row["name_vi"],
            en=row["name_en"],
        )
        for row in landmarks
        if row["kind"] in NAMED
    ]


def geometry(shape: BaseGeometry, decimals: int) -> dict[str, Any]:
    """Return `shape` as GeoJSON, outer rings counter-clockwise, rounded."""
    turned = shapely.orient_polygons(shape) if shape.geom_type.endswith("Polygon") else shape
    found = json.loads(shapely.to_geojson(turned))
    return {"type": found["type"], "coordinates": _rounded(found["coordinates"], decimals)}


def _rounded(value: Any, decimals: int) -> Any:
    return [_rounded(part, decimals) for part in value] if isinstance(value, list) else round(value, decimals)


def _one(layer: str, shape: BaseGeometry, **properties: Any) -> dict[str, Any]:
    return {"type": "Feature", "properties": {"layer": layer, **properties}, "geometry": geometry(shape, 4)}


def _inner_lines(shapes: Sequence[BaseGeometry], city: BaseGeometry) -> BaseGeometry:
    lines = shapely.union_all([shape.boundary for shape in shapes])
    return shapely.line_merge(lines.difference(city.boundary))


def _rank(area: float) -> int:
    # Small wards are named only when the map is near: 1 from zoom 8, 3 from zoom 12.
    return 1 if area > 150 else 2 if area > 40 else 3
