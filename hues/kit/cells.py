"""Places as H3 cells: every stored point has its resolution-11 cell, and any polygon is a few ranges of them."""

from collections.abc import Iterable
from dataclasses import dataclass

import h3.api.basic_int as h3
import shapely

STORED = 11
"""The resolution of stored cells: about 28 m from the middle to a corner, a street crossing."""
COARSEST = 5
MOST_CELLS = 12_000
"""A cover is made of the finest cells of which this many fill the polygon."""

_RESOLUTION_AT = 52
_DIGIT_BITS = 3
_DIGITS = 15

type Range = tuple[int, int]
type Area = shapely.Polygon | shapely.MultiPolygon


@dataclass(frozen=True, kw_only=True, slots=True)
class Cover:
    """
    A polygon as ranges of stored cells, both ends included, ascending and without overlap.

    Every point whose cell lies in `inner` is in the polygon; points in `edge` need the exact test;
    all others are outside.
    """

    inner: tuple[Range, ...]
    edge: tuple[Range, ...]


def cell_of(lat: float, lng: float, res: int = STORED) -> int:
    """Return the cell that holds a point given in WGS 84 degrees; it fits a signed 64-bit column."""
    return int(h3.latlng_to_cell(lat, lng, res))


def center(cell: int) -> tuple[float, float]:
    """Return latitude and longitude of the middle of `cell`."""
    lat, lng = h3.cell_to_latlng(cell)
    return float(lat), float(lng)


def outline(cell: int) -> tuple[tuple[float, float], ...]:
    """Return the corners of `cell` as GeoJSON has them: longitude first, closed."""
    corners = [(float(lng), float(lat)) for lat, lng in h3.cell_to_boundary(cell)]
    return (*corners, corners[0])


def resolution(cell: int) -> int:
    """Return the resolution of `cell`, 0 to 15."""
    return (cell >> _RESOLUTION_AT) & 0xF


def parent(cell: int, res: int) -> int:
    """
    Return the cell of the coarser resolution `res` to which `cell` belongs.

    :raises ValueError: if `res` is finer than the cell itself
    """
    if not 0 <= res <= resolution(cell):
        raise ValueError(f"a cell of resolution {resolution(cell)} has no parent of resolution {res}")
    keep, add = parent_bits(res)
    return cell & keep | add


def parent_bits(res: int) -> tuple[int, int]:
    """Return two numbers that make a parent in SQL: `cell & keep | add` is the parent of any finer `cell`."""
    unused = (1 << (_DIGITS - res) * _DIGIT_BITS) - 1
    return ~(0xF << _RESOLUTION_AT), res << _RESOLUTION_AT | unused


def children_range(cell: int) -> Range:
    """
    Return the first and last stored cell that belongs to `cell`.

    :raises ValueError: if `cell` is finer than stored cells are
    """
    res = resolution(cell)
    if res > STORED:
        raise ValueError(f"a cell of resolution {res} holds no stored cells")
    base = cell & ~(0xF << _RESOLUTION_AT) | STORED << _RESOLUTION_AT
    for digit in range(res + 1, STORED + 1):
        base &= ~(7 << (_DIGITS - digit) * _DIGIT_BITS)
    last = base
    for digit in range(res + 1, STORED + 1):
        last |= 6 << (_DIGITS - digit) * _DIGIT_BITS
    return base, last


def ring(cell: int, k: int) -> tuple[int, ...]:
    """Return the cells exactly `k` steps from `cell` (k = 0: itself), in ascending order."""
    return tuple(sorted(int(c) for c in h3.grid_ring(cell, k)))


def disk(cell: int, k: int) -> tuple[int, ...]:
    """Return the cells at most `k` steps from `cell`, in ascending order."""
    return tuple(sorted(int(c) for c in h3.grid_disk(cell, k)))


def metres_between(lat: float, lng: float, other_lat: float, other_lng: float) -> float:
    """Return the great-circle distance of two points."""
    return float(h3.great_circle_distance((lat, lng), (other_lat, other_lng), unit="m"))


def cover(polygon: Area) -> Cover:
    """
    Return the ranges of stored cells that cover `polygon` (longitude, latitude in degrees, holes allowed).

    :raises ValueError: if the polygon is empty or invalid
    """
    if polygon.is_empty or not polygon.is_valid:
        raise ValueError("only a valid polygon that holds something can be covered")
    res = _resolution_for(polygon)
    shape = h3.geo_to_h3shape(polygon)
    touched = {int(c) for c in h3.h3shape_to_cells_experimental(shape, res, "overlap")}
    within = {int(c) for c in h3.h3shape_to_cells_experimental(shape, res, "full")}
    edge = touched - within
    if res < STORED:
        # A stored cell may poke out of the ancestor it belongs to, but never past that one's neighbours.
        edge = {int(near) for cell in edge for near in h3.grid_disk(cell, 1)}
    return Cover(inner=ranges(within - edge), edge=ranges(edge))


def _resolution_for(polygon: Area) -> int:
    middle = polygon.representative_point()
    some = cell_of(middle.y, middle.x, STORED)
    around = shapely.Polygon(outline(some)).area
    for res in range(STORED, COARSEST, -1):
        # Each step coarser makes cells seven times larger; squared degrees are good enough to choose.
        if polygon.area / (around * 7 ** (STORED - res)) <= MOST_CELLS:
            return res
    return COARSEST


def ranges(cells: Iterable[int]) -> tuple[Range, ...]:
    """Return the stored cells that belong to any of `cells` as few ranges, ascending; no cell may hold another."""
    spans = sorted(children_range(int(cell)) for cell in h3.compact_cells(list(cells)))
    merged: list[Range] = []
    for low, high in spans:
        if merged and _follows(merged[-1][1], low):
            merged[-1] = (merged[-1][0], high)
        else:
            merged.append((low, high))
    return tuple(merged)


def _follows(high: int, low: int) -> bool:
    # Digits run 0 to 6 and carry: the next stored cell after …16 is …20.
    for digit in range(STORED, 0, -1):
        at = (_DIGITS - digit) * _DIGIT_BITS
        if high >> at & 7 < 6:
            return high + (1 << at) == low
        high &= ~(7 << at)
    return False
