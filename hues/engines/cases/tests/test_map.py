"""Cases on the map: cells from afar, points from near."""

import random
from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import connection

from hues.engines.cases import actions, queries
from hues.engines.cases.actions import folding
from hues.engines.cases.models import Case, MapTally
from hues.engines.cases.queries import CaseFilters
from hues.engines.cases.queries.map import resolution_at
from hues.engines.cases.rules.workflow import State
from hues.engines.cases.testing import DAI_NOI, MONDAY, POTHOLE, a_case_in
from hues.kernel.agencies import testing as cast
from hues.kernel.people.asker import STRANGER
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


def counted(zoom: float, kind: str = "report") -> dict[int, tuple[int, float, float]]:
    """Return the cells that were counted ahead."""
    found = queries.map_cells(CITY, zoom, CaseFilters(kind=kind), at=TUESDAY)
    return {cell.cell: (cell.count, round(cell.lat, 6), round(cell.lng, 6)) for cell in found}


def by_hand(zoom: float) -> dict[int, tuple[int, float, float]]:
    """Return the cells of the published cases, one case after the other."""
    res, lying = resolution_at(zoom), dict[int, list[tuple[float, float]]]()
    for case in Case.objects.filter(kind="report", published_at__isnull=False):
        assert case.public_lat is not None
        assert case.public_lng is not None
        cell = cells.parent(cells.cell_of(case.public_lat, case.public_lng), res)
        lying.setdefault(cell, []).append((case.public_lat, case.public_lng))
    means = {cell: [sum(values) / len(values) for values in zip(*there, strict=True)] for cell, there in lying.items()}
    return {cell: (len(there), round(means[cell][0], 6), round(means[cell][1], 6)) for cell, there in lying.items()}


def disturb(case: Case, chance: random.Random) -> None:
    """Publish a case elsewhere, take it back, remove it or leave it alone, each by a plain statement."""
    match chance.choice(["move", "unpublish", "publish", "delete", "other", "kind"]):
        case "move":
            lat, lng = 16.45 + chance.random() / 30, 107.56 + chance.random() / 30
            new = {"public_lat": lat, "public_lng": lng, "public_cell": cells.cell_of(lat, lng)}
            Case.objects.filter(id=case.id).update(**new)
        case "unpublish":
            Case.objects.filter(id=case.id).exclude(state=State.PUBLISHED).update(published_at=None)
        case "publish":
            Case.objects.filter(id=case.id).exclude(public_cell=None).update(published_at=TUESDAY)
        case "delete":
            with connection.cursor() as cursor:
                cursor.execute("DELETE FROM cases_step WHERE case_id = %s", [case.id])
                cursor.execute("DELETE FROM cases_caseseal WHERE case_id = %s", [case.id])
                cursor.execute("DELETE FROM cases_casephoto WHERE case_id = %s", [case.id])
                cursor.execute("DELETE FROM cases_case WHERE id = %s", [case.id])
        case "kind":
            Case.objects.filter(id=case.id).update(kind=chance.choice(["report", "other"]))
        case _:
            Case.objects.filter(id=case.id).update(supports=7)


@pytest.mark.parametrize("seed", range(4))
def test_what_is_counted_ahead_is_what_one_counts_by_hand(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(folding, "MANY", 1)
    chance = random.Random(seed)
    for _ in range(8):
        place = replace(DAI_NOI, lat=16.45 + chance.random() / 30, lng=107.56 + chance.random() / 30)
        a_case_in(chance.choice([State.PUBLISHED, State.PUBLISHED, State.CLOSED, State.RECEIVED]), place=place)
    for turn in range(4):
        for case in Case.objects.all():
            disturb(case, chance)
        for zoom in (9, 12, 14):
            assert counted(zoom) == by_hand(zoom)
        if turn % 2:
            actions.fold_map()
            places = MapTally.objects.values("kind", "res", "cell")
            assert places.count() == places.distinct().count()
            assert counted(12) == by_hand(12)


def test_counts_are_folded_when_it_is_worth_it() -> None:
    for _ in range(3):
        a_case_in(State.PUBLISHED)
    assert not actions.fold_map()
    assert MapTally.objects.count() == 6


def test_a_box_holds_the_places_whose_middle_lies_in_it() -> None:
    a_case_in(State.PUBLISHED)
    report = CaseFilters(kind="report")
    assert [c.count for c in queries.map_cells(AROUND_DAI_NOI, 14, report, at=TUESDAY)] == [1]
    beside = (16.46, 107.50, 16.48, 107.56)
    assert queries.map_cells(beside, 14, report, at=TUESDAY) == ()


def test_a_cell_that_a_box_cuts_is_counted_whole() -> None:
    middle = cells.center(cells.parent(cells.cell_of(DAI_NOI.lat, DAI_NOI.lng), 5))
    for degrees in (-0.05, 0.0, 0.05):
        a_case_in(State.PUBLISHED, place=replace(DAI_NOI, lat=middle[0] + degrees, lng=middle[1]))
    small = (middle[0] - 0.001, middle[1] - 0.001, middle[0] + 0.001, middle[1] + 0.001)
    assert resolution_at(8.6) == 5
    assert [cell.count for cell in queries.map_cells(small, 8.6, CaseFilters(kind="report"), at=TUESDAY)] == [3]


@pytest.mark.parametrize("asker", ["everybody", "centre"])
def test_where_there_would_be_too_many_cells_they_are_larger_and_none_is_left_out(asker: str) -> None:
    for n in range(5):
        a_case_in(State.PUBLISHED, place=replace(DAI_NOI, lat=DAI_NOI.lat + 0.002 * n))
    who = cast.operator() if asker == "centre" else STRANGER
    fine = queries.map_cells(CITY, 16, CaseFilters(kind="report"), at=TUESDAY, asker=who)
    few = queries.map_cells(CITY, 16, CaseFilters(kind="report"), most=2, at=TUESDAY, asker=who)
    assert len(fine) > 2 >= len(few)
    assert sum(cell.count for cell in few) == sum(cell.count for cell in fine) == 5
