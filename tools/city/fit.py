"""Divides the land among wards so that each has its known area, lies about its known middle, and stays in its box."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import shapely

STEP = 0.003
"""Degrees between two points of the grid on which the prices are found, about 330 m."""
ROUNDS = 500
STEEPEST = 0.15
"""The centroids pull no harder than this: the known points are rough, and full force tears wards apart."""
OUTSIDE_PULL = 0.6
ORIGIN = (107.60, 16.35)
KM = (106.83, 110.64)
"""Kilometres in a degree of longitude and latitude at the origin."""

type Floats = npt.NDArray[np.float64]
type Ints = npt.NDArray[np.intp]


@dataclass(frozen=True, kw_only=True, slots=True)
class Ward:
    """
    What is known of a ward: area in km², centroid, box (west, south, east, north), points that lie in it.

    All points are longitude, latitude; the `sure` ones were verified, the first of them by the makers of the facts.
    """

    code: str
    area: float
    centroid: tuple[float, float]
    box: tuple[float, float, float, float]
    points: tuple[tuple[float, float], ...]
    sure: tuple[tuple[float, float], ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Prices:
    """What a point pays for each ward (last row: for none): a base, and a slope east and north of the centroid."""

    base: Floats
    slope: Floats


@dataclass(frozen=True, kw_only=True, slots=True)
class Grid:
    """Points (longitude, latitude) with the wards that may own each, and their costs: both points × choices."""

    lng: Floats
    lat: Floats
    choice: Ints
    cost: Floats


def kilometres(lng: Floats, lat: Floats) -> tuple[Floats, Floats]:
    """Return kilometres east and north of the origin."""
    return (lng - ORIGIN[0]) * KM[0], (lat - ORIGIN[1]) * KM[1]


def grid(wards: Sequence[Ward], border: shapely.Polygon, sea: shapely.Polygon, step: float) -> Grid:
    """Lay points `step` degrees apart over all boxes, leave out the sea, and cost every possible owner."""
    boxes = np.array([ward.box for ward in wards])
    west, south = boxes[:, :2].min(axis=0) - 2 * step
    east, north = boxes[:, 2:].max(axis=0) + 2 * step
    across = np.arange(round(west / step), round(east / step)) * step
    up = np.arange(round(south / step), round(north / step)) * step
    lng, lat = (axis.ravel() for axis in np.meshgrid(across, up))
    shapely.prepare(sea)
    land = ~shapely.contains_xy(sea, lng, lat)
    lng, lat = lng[land], lat[land]
    cost = _costs(wards, lng, lat, border)
    most = int(np.isfinite(cost).sum(axis=1).max())
    choice = cost.argsort(axis=1)[:, :most]
    return Grid(lng=lng, lat=lat, choice=choice, cost=np.take_along_axis(cost, choice, axis=1))


def _costs(wards: Sequence[Ward], lng: Floats, lat: Floats, border: shapely.Polygon) -> Floats:
    # Squared distance to the nearest known point, in units of the ward's size; the last column is "none".
    x, y = kilometres(lng, lat)
    found = np.empty((len(lng), len(wards) + 1))
    for column, ward in enumerate(wards):
        px, py = kilometres(*np.array(ward.points).T)
        squared = ((x[:, None] - px) ** 2 + (y[:, None] - py) ** 2).min(axis=1)
        west, south, east, north = ward.box
        inside = (lng >= west) & (lng <= east) & (lat >= south) & (lat <= north)
        found[:, column] = np.where(inside, squared / ward.area**0.5, np.inf)
    shapely.prepare(border)
    sign = np.where(shapely.contains_xy(border, lng, lat), -1, 1)
    away = shapely.distance(border.exterior, shapely.points(lng, lat)) * KM[1] * sign
    found[:, -1] = -OUTSIDE_PULL * away * np.abs(away)
    return found


def owners(points: Grid, wards: Sequence[Ward], prices: Prices) -> Ints:
    """Return for each point the number of the ward that is cheapest there; the number after the last is "none"."""
    east, north = _offsets(points, wards)
    return _cheapest(points, prices.base, prices.slope, east, north)


def find_prices(points: Grid, wards: Sequence[Ward]) -> Prices:
    """
    Return prices under which the cheapest ward of every point gives each ward its area, and nearly its centroid.

    This is semi-discrete optimal transport, its dual climbed by gradient steps that grow smaller.
    """
    count_of = len(wards) + 1
    cell = STEP * STEP * KM[0] * KM[1]
    area = np.array([ward.area for ward in wards])
    size = np.sqrt(area)
    x, y = kilometres(points.lng, points.lat)
    cx, cy = kilometres(*np.array([ward.centroid for ward in wards]).T)
    east, north = _offsets(points, wards)
    base, slope = np.zeros(count_of), np.zeros((count_of, 2))
    for turn in range(ROUNDS):
        pace = 1.0 / (1.0 + turn / 60)
        owner = _cheapest(points, base, slope, east, north)
        had = np.bincount(owner, minlength=count_of)[:-1]
        base[:-1] += pace * 0.25 * size * np.clip(had * cell / area - 1, -1, 1)
        off_x = np.bincount(owner, weights=x, minlength=count_of)[:-1] / np.maximum(had, 1) - cx
        off_y = np.bincount(owner, weights=y, minlength=count_of)[:-1] / np.maximum(had, 1) - cy
        slope[:-1] += pace * 0.1 * np.clip(np.stack([off_x, off_y], axis=1) / size[:, None], -1, 1)
        slope = np.clip(slope, -STEEPEST, STEEPEST)
    return Prices(base=base, slope=slope)


def _offsets(points: Grid, wards: Sequence[Ward]) -> tuple[Floats, Floats]:
    x, y = kilometres(points.lng, points.lat)
    cx, cy = kilometres(*np.array([*(ward.centroid for ward in wards), ORIGIN]).T)
    return x[:, None] - cx[points.choice], y[:, None] - cy[points.choice]


def _cheapest(points: Grid, base: Floats, slope: Floats, east: Floats, north: Floats) -> Ints:
    pull = slope[points.choice]
    total = points.cost + base[points.choice] + east * pull[:, :, 0] + north * pull[:, :, 1]
    found: Ints = np.take_along_axis(points.choice, total.argmin(axis=1)[:, None], axis=1)[:, 0]
    return found
