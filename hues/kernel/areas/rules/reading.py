"""Reads a GeoJSON file of boundaries and says by row what is wrong with it."""

import json
import math
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import shapely

from hues.kit.cells import Area

CODE_KEYS = ("code", "ward_code", "ma_xa", "id")
WGS84 = ("CRS84", "4326")
DECIMALS = 6
MOST_OVERLAP = 0.02
"""Share of the smaller of two areas that may lie in both: simplified boundaries never meet exactly."""


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong, in the feature of that row (from 1; 0: in the file); `about` is a code or a number."""

    row: int
    kind: str
    about: str = ""


@dataclass(frozen=True, slots=True)
class Outline:
    """One good feature: GeoJSON geometry, rounded and turned as RFC 7946 wants it."""

    code: str
    geometry: dict[str, Any]
    approximate: bool
    inner: tuple[float, float]
    """Latitude and longitude of a point inside."""


@dataclass(frozen=True, slots=True)
class Reading:
    """The good features and the faults of a file."""

    outlines: tuple[Outline, ...]
    faults: tuple[Fault, ...]


def read(collection: object, *, known: Collection[str], bounds: tuple[float, float, float, float]) -> Reading:
    """
    Read a FeatureCollection of areas.

    :param known: the codes that areas have
    :param bounds: south, west, north, east of the city; nothing may lie outside
    """
    features, fault = _features(collection)
    if fault:
        return Reading((), (Fault(0, fault),))
    outlines: list[Outline] = []
    faults: list[Fault] = []
    first: dict[str, int] = {}
    shapes: list[tuple[int, shapely.Geometry]] = []
    for row, feature in enumerate(features, 1):
        found = _one(row, feature, known, bounds)
        if isinstance(found, Fault):
            faults.append(found)
            continue
        if found.code in first:
            faults.append(Fault(row, "twice", str(first[found.code])))
            continue
        first[found.code] = row
        outlines.append(found)
        shapes.append((row, shapely.geometry.shape(found.geometry)))
    return Reading(tuple(outlines), (*faults, *_overlaps(shapes)))


def canonical(geometry: Mapping[str, Any]) -> bytes:
    """Return the bytes by which two geometries are compared."""
    return json.dumps(geometry, separators=(",", ":"), sort_keys=True).encode()


def _features(collection: object) -> tuple[list[Any], str]:
    if not isinstance(collection, dict) or collection.get("type") != "FeatureCollection":
        return [], "not_a_collection"
    named = collection.get("crs")
    if named and not any(crs in json.dumps(named) for crs in WGS84):
        return [], "not_wgs84"
    features = collection.get("features")
    if not isinstance(features, list) or not features:
        return [], "empty"
    return features, ""


def _one(row: int, feature: Any, known: Collection[str], bounds: tuple[float, float, float, float]) -> Outline | Fault:
    properties = feature.get("properties") if isinstance(feature, dict) else None
    if not isinstance(properties, dict):
        return Fault(row, "not_a_feature")
    code = _code(properties)
    if not code:
        return Fault(row, "no_code")
    if code not in known:
        return Fault(row, "unknown_code", code)
    area = _area(feature.get("geometry"))
    if isinstance(area, str):
        return Fault(row, area, code)
    if not _inside(area, bounds):
        west_south_east_north = area.bounds
        swapped = _inside(shapely.transform(area, lambda pairs: pairs[:, ::-1]), bounds)
        return Fault(row, "swapped" if swapped else "outside", code if swapped else _said(west_south_east_north))
    middle = area.representative_point()
    turned = json.loads(shapely.to_geojson(shapely.orient_polygons(area)))
    return Outline(code, turned, properties.get("approximate") is True, (middle.y, middle.x))


def _code(properties: Mapping[str, Any]) -> str:
    for key in CODE_KEYS:
        value = properties.get(key)
        if isinstance(value, str | int) and not isinstance(value, bool) and str(value).strip():
            return str(value).strip().zfill(5)
    return ""


def _area(geometry: Any) -> Area | str:
    if not isinstance(geometry, dict) or geometry.get("type") not in ("Polygon", "MultiPolygon"):
        return "not_an_area"
    try:
        raw = shapely.force_2d(shapely.geometry.shape(geometry))
        if not all(map(math.isfinite, shapely.get_coordinates(raw).ravel())):
            return "broken"
        area = shapely.set_precision(raw, 10**-DECIMALS) if raw.is_valid else raw
    except (shapely.errors.ShapelyError, ValueError, TypeError, KeyError, IndexError, AttributeError):
        return "broken"
    if area.is_empty or not isinstance(area, shapely.Polygon | shapely.MultiPolygon):
        return "empty_area"
    return area if area.is_valid else "crosses_itself"


def _inside(area: Area, bounds: tuple[float, float, float, float]) -> bool:
    south, west, north, east = bounds
    left, low, right, high = area.bounds
    return bool(west <= left and south <= low and right <= east and high <= north)


def _said(box: tuple[float, float, float, float]) -> str:
    return ", ".join(f"{side:.3f}" for side in box)


def _overlaps(shapes: "list[tuple[int, shapely.Geometry]]") -> Iterator[Fault]:
    areas = [area for _, area in shapes]
    if len(areas) < 2:
        return
    ones, others = shapely.STRtree(areas).query(areas, predicate="intersects")
    for one, other in sorted(zip(ones.tolist(), others.tolist(), strict=True)):
        if one < other:
            smaller = min(areas[one].area, areas[other].area)
            if areas[one].intersection(areas[other]).area > MOST_OVERLAP * smaller:
                yield Fault(shapes[other][0], "overlaps", str(shapes[one][0]))
