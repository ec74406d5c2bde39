"""Cells and covers, against a brute-force test of every point."""

import math
from bisect import bisect_right
from itertools import pairwise

import h3.api.basic_int as h3
import pytest
import shapely
from hypothesis import example, given, settings
from hypothesis import strategies as st

from hues.kit.cells import (
    STORED,
    Cover,
    Range,
    cell_of,
    center,
    children_range,
    cover,
    disk,
    metres_between,
    outline,
    parent,
    parent_bits,
    resolution,
    ring,
)

CITADEL = (16.4698, 107.5776)


def _star(lat: float, lng: float, radius: float, wobble: list[float]) -> shapely.Polygon:
    step = 2 * math.pi / len(wobble)
    return shapely.Polygon(
        [(lng + radius * w * math.cos(i * step), lat + radius * w * math.sin(i * step)) for i, w in enumerate(wobble)]
    )


def _holds(ranges: tuple[Range, ...], cell: int) -> bool:
    at = bisect_right(ranges, (cell, 2**63)) - 1
    return at >= 0 and ranges[at][0] <= cell <= ranges[at][1]


def _answer(found: Cover, polygon: shapely.Polygon | shapely.MultiPolygon, lat: float, lng: float) -> bool:
    cell = cell_of(lat, lng)
    if _holds(found.inner, cell):
        return True
    return _holds(found.edge, cell) and bool(shapely.contains_xy(polygon, lng, lat))


def _grid(polygon: shapely.Polygon | shapely.MultiPolygon, steps: int) -> list[tuple[float, float]]:
    west, south, east, north = polygon.buffer((polygon.bounds[2] - polygon.bounds[0]) * 0.15).bounds
    return [
        (south + (north - south) * (i + 0.37) / steps, west + (east - west) * (j + 0.61) / steps)
        for i in range(steps)
        for j in range(steps)
    ]


def test_a_cell_fits_a_signed_column_and_holds_its_middle() -> None:
    cell = cell_of(*CITADEL)
    assert 0 < cell < 2**63
    assert resolution(cell) == STORED
    assert cell_of(*center(cell)) == cell
    assert metres_between(*CITADEL, *center(cell)) < 30


def test_parents_are_those_of_the_library_in_python_and_as_bits() -> None:
    cell = cell_of(*CITADEL)
    for res in range(STORED + 1):
        keep, add = parent_bits(res)
        assert parent(cell, res) == h3.cell_to_parent(cell, res) == cell & keep | add
        assert add < 2**63


def test_a_cell_has_no_finer_parent() -> None:
    with pytest.raises(ValueError, match="no parent of resolution 12"):
        parent(cell_of(*CITADEL), 12)


@pytest.mark.parametrize("res", [7, 8, 9, 10, 11])
def test_the_children_of_a_cell_are_one_range_and_nothing_else_is_in_it(res: int) -> None:
    cell = cell_of(*CITADEL, res)
    low, high = children_range(cell)
    children = sorted(h3.cell_to_children(cell, STORED))
    assert (low, high) == (children[0], children[-1])
    for near in ring(cell, 1):
        assert not any(low <= child <= high for child in h3.cell_to_children(near, STORED))


def test_a_cell_finer_than_stored_has_no_range() -> None:
    with pytest.raises(ValueError, match="no stored cells"):
        children_range(cell_of(*CITADEL, 12))


def test_rings_make_a_disk() -> None:
    cell = cell_of(*CITADEL)
    assert ring(cell, 0) == (cell,)
    assert len(ring(cell, 3)) == 18
    assert sorted(c for k in range(4) for c in ring(cell, k)) == list(disk(cell, 3))


def test_an_outline_is_closed_and_holds_the_middle() -> None:
    cell = cell_of(*CITADEL)
    corners = outline(cell)
    assert corners[0] == corners[-1]
    assert len(corners) == 7
    lat, lng = center(cell)
    assert shapely.Polygon(corners).contains(shapely.Point(lng, lat))


@settings(max_examples=40, deadline=None, derandomize=True)
@given(
    lat=st.floats(16.0, 16.7),
    lng=st.floats(107.1, 108.1),
    radius=st.sampled_from([0.0002, 0.002, 0.02, 0.12, 0.4]),
    wobble=st.lists(st.floats(0.3, 1.0), min_size=3, max_size=14),
)
@example(lat=16.46, lng=107.59, radius=0.02, wobble=[1.0, 0.3, 1.0, 0.3, 1.0, 0.3])
def test_a_cover_answers_as_the_polygon_itself_does(lat: float, lng: float, radius: float, wobble: list[float]) -> None:
    polygon = _star(lat, lng, radius, wobble)
    if not polygon.is_valid:
        return
    found = cover(polygon)
    for point in _grid(polygon, 30):
        assert _answer(found, polygon, *point) == shapely.contains_xy(polygon, point[1], point[0])


@pytest.mark.parametrize("radius", [0.004, 0.05, 0.5])
def test_a_cover_is_right_close_to_the_boundary(radius: float) -> None:
    polygon = _star(16.4, 107.6, radius, [1.0, 0.5, 0.9, 0.4, 1.0, 0.8, 0.6])
    found = cover(polygon)
    line = polygon.exterior
    for i in range(1500):
        on = line.interpolate(i / 1500, normalized=True)
        for shift in (-0.0004, -0.00002, 0.00002, 0.0004):
            lat, lng = on.y + shift, on.x + shift * 0.7
            assert _answer(found, polygon, lat, lng) == shapely.contains_xy(polygon, lng, lat)


def test_holes_and_islands_are_kept() -> None:
    outer, inner, islet = (
        _star(*spot, [1.0] * 9) for spot in ((16.46, 107.58, 0.02), (16.46, 107.58, 0.01), (16.30, 107.90, 0.01))
    )
    both = shapely.MultiPolygon([shapely.Polygon(outer.exterior, [inner.exterior]), islet])
    found = cover(both)
    for point in _grid(both, 60):
        assert _answer(found, both, *point) == shapely.contains_xy(both, point[1], point[0])


def test_ranges_ascend_do_not_touch_and_are_few() -> None:
    found = cover(_star(16.46, 107.58, 0.03, [1.0, 0.7, 0.9, 0.6, 0.8]))
    both = sorted((*found.inner, *found.edge))
    assert all(low <= high for low, high in both)
    assert all(before[1] < after[0] for before, after in pairwise(both))
    assert len(found.inner) < 3_000


def test_nothing_and_a_bow_tie_cannot_be_covered() -> None:
    with pytest.raises(ValueError, match="valid polygon"):
        cover(shapely.Polygon())
    with pytest.raises(ValueError, match="valid polygon"):
        cover(shapely.Polygon([(107.5, 16.4), (107.6, 16.5), (107.6, 16.4), (107.5, 16.5)]))
