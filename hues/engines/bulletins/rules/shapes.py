"""Areas drawn on the map: polygons and circles, and the wards that they touch."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import cos, isfinite, radians
from typing import Any, cast

import shapely

KM_PER_DEGREE = 111.32
MOST_POINTS = 500
MOST_SHAPES = 10
LARGEST_KM = 200.0
NO_AREAS = frozenset({"Point", "MultiPoint", "LineString", "MultiLineString", "GeometryCollection"})
# About 30 m: boundaries in a message are for orientation, and every phone on the network has to carry them.
COARSENESS = 0.0003

type Place = tuple[float, float]


class BadShape(ValueError):
    """What was given is no area; `code` says why."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True)
class Polygon:
    """A closed ring of (latitude, longitude)."""

    points: tuple[Place, ...]


@dataclass(frozen=True, slots=True)
class Circle:
    """Everything within `km` of a place."""

    lat: float
    lng: float
    km: float


type Shape = Polygon | Circle


def from_geojson(text: str) -> tuple[Polygon, ...]:
    """
    Return the rings of a GeoJSON Polygon, MultiPolygon, Feature or FeatureCollection.

    :raises BadShape: if it holds anything else, a hole, or a ring that crosses itself
    """
    try:
        found = tuple(_polygons(json.loads(text)))
    except (ValueError, OverflowError, TypeError, KeyError, IndexError, AttributeError, RecursionError) as wrong:
        raise wrong if isinstance(wrong, BadShape) else BadShape("shape-geojson") from wrong
    if not found:
        raise BadShape("shape-geojson")
    if len(found) > MOST_SHAPES:
        raise BadShape("shape-many")
    return found


def to_geojson(rings: Iterable[Polygon]) -> str:
    """Return rings as a GeoJSON MultiPolygon, as a writer may paste it again."""
    rows = [[[[lng, lat] for lat, lng in ring.points]] for ring in rings]
    return json.dumps({"type": "MultiPolygon", "coordinates": rows})


def _polygons(given: Any) -> Iterable[Polygon]:
    kind = given["type"]
    if kind == "FeatureCollection":
        for feature in given["features"]:
            yield from _polygons(feature)
    elif kind == "Feature":
        yield from _polygons(given["geometry"])
    elif kind in ("MultiPolygon", "Polygon"):
        for outline, *holes in given["coordinates"] if kind == "MultiPolygon" else [given["coordinates"]]:
            if holes:
                raise BadShape("shape-hole")  # who is in the hole would be warned in silence
            yield polygon([(float(lat), float(lng)) for lng, lat, *_ in outline])
    else:
        raise BadShape("shape-no-area" if kind in NO_AREAS else "shape-geojson")


def polygon(points: Sequence[Place]) -> Polygon:
    """
    Return a ring, closed and with six decimals.

    :raises BadShape: if it has too few points or too many, or crosses itself
    """
    if not all(isfinite(part) for place in points for part in place):
        raise BadShape("shape-geojson")
    if not all(map(_on_earth, points)):
        raise BadShape("shape-earth")
    ring = [(round(lat, 6), round(lng, 6)) for lat, lng in points]
    if ring and ring[0] != ring[-1]:
        ring.append(ring[0])
    if len(ring) < 4:
        raise BadShape("shape-small")
    if len(ring) > MOST_POINTS:
        raise BadShape("shape-points")
    outline = shapely.Polygon([(lng, lat) for lat, lng in ring])
    if not outline.is_valid or outline.area == 0:
        raise BadShape("shape-crossed")
    return Polygon(tuple(ring))


def _on_earth(place: Place) -> bool:
    return abs(place[0]) <= 90 and abs(place[1]) <= 180


def circle(lat: float, lng: float, km: float) -> Circle:
    """
    Return a circle.

    :raises BadShape: if its radius is none
    """
    if not all(map(isfinite, (lat, lng, km))) or not 0 < km <= LARGEST_KM:
        raise BadShape("shape-radius")
    if not _on_earth((lat, lng)):
        raise BadShape("shape-earth")
    return Circle(round(lat, 6), round(lng, 6), round(km, 3))


def stored(shapes: Iterable[Shape]) -> list[dict[str, Any]]:
    """Return shapes as they are kept."""
    return [
        {"circle": [s.lat, s.lng, s.km]} if isinstance(s, Circle) else {"polygon": [list(p) for p in s.points]}
        for s in shapes
    ]


def read(kept: Iterable[Mapping[str, Any]]) -> tuple[Shape, ...]:
    """Return shapes from how they are kept."""
    return tuple(
        Circle(*row["circle"]) if "circle" in row else Polygon(tuple((lat, lng) for lat, lng in row["polygon"]))
        for row in kept
    )


def within(shapes: Iterable[Shape], bounds: tuple[float, float, float, float]) -> bool:
    """Test if every shape has some of itself inside of south, west, north, east."""
    south, west, north, east = bounds
    box = shapely.Polygon([(west, south), (east, south), (east, north), (west, north)])
    return all(_geometry(one).intersects(box) for one in shapes)


def covered(shapes: Sequence[Shape], outlines: Mapping[str, Mapping[str, Any]]) -> dict[str, float]:
    """Return which part (0 to 1) of each outline (GeoJSON geometries by code) `shapes` cover; none that they miss."""
    if not shapes:
        return {}
    drawn = shapely.union_all([_geometry(one) for one in shapes])
    wards = {code: shapely.geometry.shape(dict(outline)) for code, outline in outlines.items()}
    return {
        code: min(ward.intersection(drawn).area / ward.area, 1.0) if ward.area else 1.0
        for code, ward in wards.items()
        if ward.intersects(drawn)
    }


def km2(drawn: Iterable[Shape]) -> float:
    """Return how much ground drawn areas cover together."""
    whole = shapely.union_all([_geometry(one) for one in drawn])
    return 0.0 if whole.is_empty else float(whole.area * KM_PER_DEGREE**2 * cos(radians(whole.centroid.y)))


def rings(outline: Mapping[str, Any]) -> tuple[Polygon, ...]:
    """Return the outer rings of a boundary, made coarse as a message carries them."""
    whole = shapely.geometry.shape(dict(outline)).simplify(COARSENESS)
    parts = cast(Iterable[shapely.Polygon], whole.geoms if isinstance(whole, shapely.MultiPolygon) else (whole,))
    return tuple(Polygon(tuple((round(lat, 5), round(lng, 5)) for lng, lat in part.exterior.coords)) for part in parts)


def ring_of(one: Shape) -> tuple[Place, ...]:
    """Return the outline of a shape, to be drawn."""
    return one.points if isinstance(one, Polygon) else tuple((y, x) for x, y in _geometry(one).exterior.coords)


def _geometry(one: Shape) -> "shapely.Polygon":
    if isinstance(one, Polygon):
        return shapely.Polygon([(lng, lat) for lat, lng in one.points])
    high = one.km / KM_PER_DEGREE
    wide = 1 / max(cos(radians(one.lat)), 0.01)
    around = shapely.Point(0, 0).buffer(high)
    return shapely.transform(around, lambda places: places * (wide, 1.0) + (one.lng, one.lat))
