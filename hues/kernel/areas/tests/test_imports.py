"""Better boundaries are taken whole or not at all, once, and on the record."""

import copy
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from hues.kernel.areas import actions, queries, testing
from hues.kernel.areas.actions import ImportReport
from hues.kernel.city import document
from hues.kernel.errors import NotAllowed
from hues.kernel.people.asker import Asker, Role

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 3, 2, 5, tzinfo=UTC)
ADMIN = Asker(roles=frozenset({Role.ADMIN}))
PHU_XUAN, KIM_LONG = "19753", "19774"


@pytest.fixture(autouse=True)
def _wards() -> None:
    testing.the_wards()


def _square(code: str, lng: float, lat: float, side: float = 0.01, **properties: Any) -> dict[str, Any]:
    ring = [[lng, lat], [lng + side, lat], [lng + side, lat + side], [lng, lat + side], [lng, lat]]
    geometry = {"type": "Polygon", "coordinates": [ring]}
    return {"type": "Feature", "properties": {"code": code, **properties}, "geometry": geometry}


def _file(*features: Any, **more: Any) -> dict[str, Any]:
    return {"type": "FeatureCollection", "features": list(features), **more}


def _import(collection: object, *, dry_run: bool = False, by: Asker = ADMIN, at: datetime = NOON) -> ImportReport:
    return actions.import_areas(collection, dry_run=dry_run, by=by, at=at)


def _entries() -> list[tuple[str, str]]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT facts->>'code', facts->>'digest' FROM journal_entry"
            " WHERE event = 'areas.boundary.changed' ORDER BY id"
        )
        return list(cursor.fetchall())


def test_a_boundary_is_replaced_and_everybody_sees_it_at_once() -> None:
    before = queries.ward_at(16.4698, 107.5776)
    assert before is not None
    report = _import(_file(_square(PHU_XUAN, 107.60, 16.50)))
    assert report.changed == (PHU_XUAN,)
    assert report.written
    assert len(report.left) == 39
    after = queries.ward(PHU_XUAN)
    assert after is not None
    assert not after.approximate
    assert queries.holds(PHU_XUAN, 16.505, 107.605)
    assert not queries.holds(PHU_XUAN, 16.4698, 107.5776)
    assert queries.holds(PHU_XUAN, after.lat, after.lng)


def test_the_old_boundary_is_kept_with_its_last_instant() -> None:
    old = queries.outline_of(PHU_XUAN)
    _import(_file(_square(PHU_XUAN, 107.60, 16.50)))
    assert queries.outline_at(PHU_XUAN, NOON - timedelta(seconds=1)) == old
    assert queries.outline_at(PHU_XUAN, NOON) == queries.outline_of(PHU_XUAN) != old


def test_the_same_file_twice_changes_nothing_the_second_time() -> None:
    collection = _file(_square(PHU_XUAN, 107.60, 16.50), _square(KIM_LONG, 107.62, 16.50))
    assert _import(collection).changed == (PHU_XUAN, KIM_LONG)
    entries = len(_entries())
    again = _import(collection, at=NOON + timedelta(days=1))
    assert again.changed == ()
    assert again.unchanged == (PHU_XUAN, KIM_LONG)
    assert not again.written
    assert len(_entries()) == entries


def test_every_change_is_journalled_with_its_digest() -> None:
    before = len(_entries())
    _import(_file(_square(PHU_XUAN, 107.60, 16.50)))
    code, digest = _entries()[-1]
    assert len(_entries()) == before + 1
    assert code == PHU_XUAN
    assert len(digest) == 64


def test_a_dry_run_says_what_would_change_and_changes_nothing() -> None:
    before = queries.outline_of(PHU_XUAN)
    report = _import(_file(_square(PHU_XUAN, 107.60, 16.50)), dry_run=True)
    assert report.changed == (PHU_XUAN,)
    assert not report.written
    assert queries.outline_of(PHU_XUAN) == before


def test_one_wrong_row_keeps_all_rows_out() -> None:
    before = queries.boundaries()
    report = _import(_file(_square(PHU_XUAN, 107.60, 16.50), _square("99999", 107.62, 16.50)))
    assert [(problem.row, problem.code) for problem in report.problems] == [(2, "unknown_code")]
    assert "99999" in report.problems[0].sentence
    assert not report.written
    assert queries.boundaries() == before


def _bow_tie() -> dict[str, Any]:
    feature = _square(PHU_XUAN, 107.60, 16.50)
    ring = feature["geometry"]["coordinates"][0]
    ring[1], ring[2] = ring[2], ring[1]
    return feature


def _swapped() -> dict[str, Any]:
    feature = _square(PHU_XUAN, 107.60, 16.50)
    feature["geometry"]["coordinates"][0] = [[lat, lng] for lng, lat in feature["geometry"]["coordinates"][0]]
    return feature


def _geometry(geometry: object) -> dict[str, Any]:
    return {"type": "Feature", "properties": {"code": PHU_XUAN}, "geometry": geometry}


@pytest.mark.parametrize(
    ("collection", "code", "row"),
    [
        (None, "not_a_collection", 0),
        ([], "not_a_collection", 0),
        ({"type": "Feature"}, "not_a_collection", 0),
        (_file(), "empty", 0),
        ({"type": "FeatureCollection", "features": {}}, "empty", 0),
        (_file(_square(PHU_XUAN, 107.6, 16.5), crs={"properties": {"name": "EPSG:3405"}}), "not_wgs84", 0),
        (_file("what"), "not_a_feature", 1),
        (_file({"type": "Feature", "geometry": None}), "not_a_feature", 1),
        (_file({"type": "Feature", "properties": {"name": "Phú Xuân"}, "geometry": None}), "no_code", 1),
        (_file({"type": "Feature", "properties": {"code": True}, "geometry": None}), "no_code", 1),
        (_file(_geometry(None)), "not_an_area", 1),
        (_file(_geometry({"type": "Point", "coordinates": [107.6, 16.5]})), "not_an_area", 1),
        (_file(_geometry({"type": "Polygon"})), "broken", 1),
        (_file(_geometry({"type": "Polygon", "coordinates": "no"})), "broken", 1),
        (_file(_geometry({"type": "Polygon", "coordinates": [[[107.6, 16.5], [107.7, 16.5]]]})), "broken", 1),
        (_file(_geometry({"type": "Polygon", "coordinates": [[[107.6, None], [1, 2], [3, 4], [5, 6]]]})), "broken", 1),
        (_file(_geometry({"type": "Polygon", "coordinates": []})), "empty_area", 1),
        (_file(_bow_tie()), "crosses_itself", 1),
        (_file(_swapped()), "swapped", 1),
        (_file(_square(PHU_XUAN, 105.8, 21.0)), "outside", 1),
        (_file(_square(PHU_XUAN, 107.6, 16.5), _square(PHU_XUAN, 107.7, 16.5)), "twice", 2),
        (_file(_square(PHU_XUAN, 107.6, 16.5), _square(KIM_LONG, 107.605, 16.5)), "overlaps", 2),
    ],
)
def test_what_is_wrong_is_said_by_row(collection: object, code: str, row: int) -> None:
    report = _import(copy.deepcopy(collection))
    assert [(problem.code, problem.row) for problem in report.problems] == [(code, row)]
    assert report.problems[0].sentence
    assert not report.written


def test_codes_are_joined_as_numbers_or_text_under_any_of_the_usual_keys() -> None:
    one, other = _square("", 107.60, 16.50), _square("", 107.62, 16.50)
    one["properties"], other["properties"] = {"ma_xa": 19753}, {"id": " 19774 "}
    assert _import(_file(one, other)).changed == (PHU_XUAN, KIM_LONG)


def test_a_file_may_say_that_its_boundaries_are_rough() -> None:
    _import(_file(_square(PHU_XUAN, 107.60, 16.50, approximate=True)))
    ward = queries.ward(PHU_XUAN)
    assert ward is not None
    assert ward.approximate


def test_heights_are_dropped_and_islands_kept() -> None:
    feature = _square(PHU_XUAN, 107.60, 16.50)
    ring = [[*pair, 12.5] for pair in feature["geometry"]["coordinates"][0]]
    islet = [[lng + 0.05, lat, 3.0] for lng, lat, _ in ring]
    feature["geometry"] = {"type": "MultiPolygon", "coordinates": [[ring], [islet]]}
    assert _import(_file(feature)).written
    assert queries.holds(PHU_XUAN, 16.505, 107.605)
    assert queries.holds(PHU_XUAN, 16.505, 107.655)
    cover = queries.cover_of(PHU_XUAN)
    assert cover is not None
    assert cover.inner


@pytest.mark.parametrize("role", [Role.CITIZEN, Role.OPERATOR, Role.LEADER])
def test_only_administrators_change_boundaries(role: Role) -> None:
    with pytest.raises(NotAllowed):
        _import(_file(_square(PHU_XUAN, 107.60, 16.50)), by=Asker(roles=frozenset({role})))


def test_loading_the_city_again_does_not_undo_an_import() -> None:
    _import(_file(_square(PHU_XUAN, 107.60, 16.50)))
    imported = queries.outline_of(PHU_XUAN)
    assert actions.load_city(at=NOON + timedelta(days=1)) == 0
    assert queries.outline_of(PHU_XUAN) == imported


def test_the_city_s_own_boundaries_pass_the_import_unchanged() -> None:
    report = _import(document("wards.geojson"))
    assert report.problems == ()
    assert len(report.unchanged) == 40


def test_a_city_without_wards_says_so_once() -> None:
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM areas_boundary; DELETE FROM areas_formerunit; DELETE FROM areas_area")
    report = _import(document("wards.geojson"))
    assert [(problem.code, problem.row) for problem in report.problems] == [("no_wards", 0)]


def test_a_long_file_name_is_no_reason_to_fail() -> None:
    collection = _file(_square(PHU_XUAN, 107.60, 16.50))
    assert actions.import_areas(collection, by=ADMIN, at=NOON, source="ranh-gioi-" * 20 + ".geojson").written


def test_an_import_takes_few_statements() -> None:
    shifted = copy.deepcopy(document("wards.geojson"))
    for feature in shifted["features"]:
        feature["properties"]["approximate"] = False
    with CaptureQueriesContext(connection) as seen:
        assert len(_import(shifted).changed) == 40
    assert len(seen) <= 14
