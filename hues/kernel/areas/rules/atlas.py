"""Finds the area of a point among outlines held in memory."""

import math
from collections.abc import Mapping, Sequence
from typing import Any

import shapely

from hues.kit.cells import Area, Cover, cover, metres_between

DEGREE = 111_320.0
"""Metres in a degree of latitude, and in one of longitude at the equator."""


class Atlas:
    """
    The outlines of one edition, indexed.

    A point a little outside of every outline still belongs to the nearest one: people stand on beaches and
    quays, phones err, and drawn boundaries more so. `reach` says by how many metres, for each outline.
    """

    def __init__(self, geometry: Mapping[str, dict[str, Any]], reach: Mapping[str, float]) -> None:
        self._codes = sorted(geometry)
        self._outlines = [_area(geometry[code]) for code in self._codes]
        for outline in self._outlines:
            shapely.prepare(outline)
        self._tree = shapely.STRtree(self._outlines)
        self._reach = [reach[code] for code in self._codes]
        self._farthest = max(self._reach, default=0.0)
        self._covers: dict[str, Cover] = {}

    def locate(self, lat: float, lng: float) -> str | None:
        """Return the code of the area that holds a point, or None if the point is in none and near none."""
        if not (math.isfinite(lat) and math.isfinite(lng) and abs(lat) < 90):
            return None
        point = shapely.Point(lng, lat)
        within = self._tree.query(point, predicate="intersects")
        if len(within):
            # On a shared line the lower code wins, so that everybody gets the same answer.
            return self._codes[int(within.min())]
        return self._nearest(point)

    def locate_many(self, places: Sequence[tuple[float, float]]) -> list[str | None]:
        """Return the code for each place (latitude, longitude); the same answers as `locate`, much faster."""
        points = shapely.points([lng for _, lng in places], [lat for lat, _ in places])
        found: list[str | None] = [None] * len(places)
        asked, areas = self._tree.query(points, predicate="intersects")
        for index, area in sorted(zip(asked.tolist(), areas.tolist(), strict=True), reverse=True):
            found[index] = self._codes[area]
        return [code or self._nearest(points[index]) for index, code in enumerate(found)]

    def cover(self, code: str) -> Cover:
        """
        Return the cells of an area, worked out once.

        :raises KeyError: if the atlas has no outline of that code
        """
        if code not in self._covers:
            self._covers[code] = cover(self._outline(code))
        return self._covers[code]

    def holds(self, code: str, lat: float, lng: float) -> bool:
        """
        Test if a point lies exactly within an area, its line included.

        :raises KeyError: if the atlas has no outline of that code
        """
        return bool(shapely.intersects_xy(self._outline(code), lng, lat))

    def _outline(self, code: str) -> Area:
        if code not in self._codes:
            raise KeyError(code)
        return self._outlines[self._codes.index(code)]

    def _nearest(self, point: "shapely.Point") -> str | None:
        degrees = self._farthest / (DEGREE * math.cos(math.radians(point.y)))
        near = self._tree.query(point, predicate="dwithin", distance=degrees)
        away = sorted((self._metres(point, int(index)), int(index)) for index in near)
        return next((self._codes[index] for metres, index in away if metres <= self._reach[index]), None)

    def _metres(self, point: "shapely.Point", index: int) -> float:
        foot = shapely.shortest_line(point, self._outlines[index]).coords[1]
        return metres_between(point.y, point.x, foot[1], foot[0])


def _area(geometry: dict[str, Any]) -> Area:
    found = shapely.geometry.shape(geometry)
    if not isinstance(found, shapely.Polygon | shapely.MultiPolygon):
        raise ValueError(f"an outline is a polygon, not a {found.geom_type}")
    return found
