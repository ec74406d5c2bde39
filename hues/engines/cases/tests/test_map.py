"""Cases on the map: cells from afar, points from near."""

from dataclasses import replace
from datetime import timedelta

import pytest

from hues.engines.cases import queries
from hues.engines.cases.queries import CaseFilters
from hues.engines.cases.queries.map import resolution_at
from hues.engines.cases.rules.workflow import State
from hues.engines.cases.testing import DAI_NOI, MONDAY, POTHOLE, a_case_in
from hues.kernel.agencies import testing as cast
from hues.kit import cells

pytestmark = pytest.mark.django_db
TUESDAY = MONDAY + timedelta(days=1)
CITY = (16.0, 107.0, 16.8, 108.2)
AROUND_DAI_NOI = (16.46, 107.56, 16.48, 107.59)


def test_each_published_case_is_counted_in_the_cell_it_lies_in() -> None:
    places = [
        DAI_NOI,
        replace(DAI_NOI, lat=DAI_NOI.lat + 0.0001),
        replace(DAI_NOI, lat=16.4725, lng=107.5886),
    ]
    for place in places:
        a_case_in(State.PUBLISHED, place=place)
    a_case_in(State.RECEIVED)
    for zoom in (8, 12, 14, 18):
        res = resolution_at(zoom)
        wanted: dict[int, int] = {}
        for place in places:
            cell = cells.cell_of(place.lat, place.lng, cells.STORED)
            wanted[cells.parent(cell, res)] = wanted.get(cells.parent(cell, res), 0) + 1
        assert {c.cell: c.count for c in queries.map_cells(CITY, zoom, at=TUESDAY)} == wanted
    assert sum(c.count for c in queries.map_cells(CITY, 12, asker=cast.operator(), at=TUESDAY)) == 4


def test_the_box_and_the_filters_hold_for_cells_and_points() -> None:
    case = a_case_in(State.PUBLISHED)
    assert queries.map_cells((16.0, 107.0, 16.1, 107.1), 12, at=TUESDAY) == ()
    points = queries.map_points(AROUND_DAI_NOI, CaseFilters(category=POTHOLE), at=TUESDAY)
    assert [(p.number, p.lat, p.lng) for p in points or ()] == [(case.number, DAI_NOI.lat, DAI_NOI.lng)]
    assert queries.map_points(AROUND_DAI_NOI, CaseFilters(category="lights"), at=TUESDAY) == ()


def test_too_many_points_are_no_points() -> None:
    for _ in range(3):
        a_case_in(State.PUBLISHED)
    assert queries.map_points(CITY, limit=2, at=TUESDAY) is None
    assert len(queries.map_points(CITY, limit=3, at=TUESDAY) or ()) == 3


def test_a_closer_look_has_smaller_cells() -> None:
    found = [resolution_at(zoom) for zoom in range(6, 20)]
    assert found == sorted(found)
    assert (found[0], found[-1]) == (4, cells.STORED)
