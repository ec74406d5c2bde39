"""Boundaries are drawn so that each ward has what is known of it."""

import numpy as np
import pytest
import shapely

from tools.city import boundaries, shores, sketch
from tools.city.fit import KM, STEP, Grid, Ward, find_prices, grid, owners

LAND = shapely.box(107.5, 16.3, 107.7, 16.5)
SEA = shapely.box(107.7, 16.3, 107.9, 16.5)
BOX = (107.5, 16.3, 107.7, 16.5)
WHOLE = 0.2 * KM[0] * 0.2 * KM[1]


def _ward(code: str, share: float, lng: float) -> Ward:
    spot = (lng, 16.4)
    return Ward(code=code, area=WHOLE * share, centroid=spot, box=BOX, points=(spot,), sure=(spot,))


@pytest.mark.parametrize("share", [0.3, 0.5, 0.65])
def test_two_wards_share_a_square_as_their_areas_say(share: float) -> None:
    wards = [_ward("a", share, 107.5 + 0.1 * share), _ward("b", 1 - share, 107.7 - 0.1 * (1 - share))]
    points = grid(wards, LAND, SEA, STEP)
    owner = owners(points, wards, find_prices(points, wards))
    cell = STEP * STEP * KM[0] * KM[1]
    assert (owner == 0).sum() * cell == pytest.approx(wards[0].area, rel=0.06)
    assert (owner == 1).sum() * cell == pytest.approx(wards[1].area, rel=0.06)
    assert points.lng[owner == 0].mean() < points.lng[owner == 1].mean()


def test_nothing_lies_in_the_sea_or_outside_of_a_box() -> None:
    ward = _ward("a", 1.0, 107.6)
    points = grid([ward], LAND, SEA, STEP)
    assert not shapely.contains_xy(SEA, points.lng, points.lat).any()
    owner = owners(points, [ward], find_prices(points, [ward]))
    assert shapely.intersects_xy(shapely.box(*BOX), points.lng[owner == 0], points.lat[owner == 0]).all()


def test_a_stray_piece_goes_to_those_around_it() -> None:
    column, row = (axis.ravel() for axis in np.meshgrid(np.arange(9), np.arange(5)))
    owner = np.where(column < 4, 0, 1)
    owner[(column == 7) & (row == 2)] = 0
    empty = np.zeros((len(column), 1))
    lng, lat = np.float64(107.5) + column * boundaries.FINE, np.float64(16.3) + row * boundaries.FINE
    points = Grid(lng=lng.astype(np.float64), lat=lat.astype(np.float64), choice=empty.astype(int), cost=empty)
    mended = boundaries.in_one_piece(points, owner, 2)
    assert (mended == np.where(column < 4, 0, 1)).all()


def test_the_hand_drawn_lines_are_whole() -> None:
    border = shores.drawn_border()
    assert border.is_valid
    assert shores.sea().is_valid
    assert border.intersection(shores.sea()).area < 1e-4
    assert boundaries.square_kilometres(border) == pytest.approx(4947, rel=0.05)
    assert all(shapely.Polygon(line).is_valid for _, _, line in shores.LAGOONS)


def test_outer_rings_run_against_the_clock() -> None:
    clockwise = shapely.Polygon([(0, 0), (0, 1), (1, 1), (1, 0)])
    ring = sketch.geometry(clockwise, 3)["coordinates"][0]
    assert shapely.LinearRing(ring).is_ccw
