"""Which ward holds a place, and what a ward is called."""

from itertools import combinations

import pytest
import shapely
from django.db import connection
from django.test.utils import CaptureQueriesContext
from shapely.geometry import shape

from hues.kernel.areas import queries, testing
from hues.kernel.city import document, path, rows
from hues.kit.cells import cell_of

pytestmark = pytest.mark.django_db

VERIFIED = [row for row in rows("landmarks.csv") if row["check"] == "ok"]
AT_SEA = (16.70, 107.75)
DA_NANG = (16.06, 108.21)
LAO_BAO = (16.62, 106.60)


@pytest.fixture(autouse=True)
def _wards() -> None:
    testing.the_wards()


def _names(text: str) -> list[str]:
    return [ward.name["vi"] for ward in queries.wards_matching(text)]


def test_the_city_has_forty_wards_in_two_languages() -> None:
    wards = queries.wards()
    assert len(wards) == 40
    assert [ward.code for ward in wards] == sorted(ward.code for ward in wards)
    assert all(ward.name["vi"].startswith(("Phường ", "Xã ")) and ward.name["en"] for ward in wards)
    assert all(ward.approximate for ward in wards)


def test_every_verified_landmark_is_in_its_ward() -> None:
    assert len(VERIFIED) == 24
    found = queries.wards_at([(float(row["lat"]), float(row["lng"])) for row in VERIFIED])
    expected = {row["code"]: row["ward_code"] for row in VERIFIED}
    assert dict(zip(expected, found, strict=True)) == expected


def test_the_middle_of_every_ward_is_in_it() -> None:
    for ward in queries.wards():
        assert queries.ward_at(ward.lat, ward.lng) == ward


@pytest.mark.parametrize("place", [AT_SEA, DA_NANG, LAO_BAO, (0.0, 0.0), (float("nan"), 107.6), (1e9, -1e9)])
def test_the_sea_and_other_cities_are_not_ours(place: tuple[float, float]) -> None:
    assert queries.ward_at(*place) is None
    assert not queries.in_city(*place)


def test_the_beach_belongs_to_the_ward_behind_it_but_the_open_water_does_not() -> None:
    beach = queries.ward_at(16.5675, 107.6450)
    assert beach is not None
    assert beach.name["vi"] == "Phường Thuận An"
    assert queries.ward_at(16.5850, 107.6550) is None


def test_many_places_at_once_get_the_same_answers() -> None:
    places = [(15.99 + i * 0.043, 107.02 + j * 0.063) for i in range(18) for j in range(19)]
    singly = [queries.ward_at(*place) for place in places]
    assert queries.wards_at(places) == [ward.code if ward else None for ward in singly]
    assert queries.wards_at([]) == []


def test_a_place_costs_one_small_read() -> None:
    queries.wards()
    with CaptureQueriesContext(
        connection,
    ) as seen:
        queries.ward_at(16.4698, 107.5776)
    assert len(seen) == 1
    assert "areas_edition" in seen[0]["sql"]


def test_the_cells_of_a_ward_agree_with_its_boundary() -> None:
    cover = queries.cover_of("19753")
    assert cover is not None
    inside = 0
    for i in range(25):
        for j in range(25):
            lat, lng = 16.455 + i * 0.0019, 107.55 + j * 0.0019
            cell, exactly = cell_of(lat, lng), queries.holds("19753", lat, lng)
            inner = any(low <= cell <= high for low, high in cover.inner)
            edge = any(low <= cell <= high for low, high in cover.edge)
            assert (inner or (edge and exactly)) == exactly
            inside += exactly
    assert 100 < inside < 500


def test_a_ward_nobody_knows_has_neither_cells_nor_boundary() -> None:
    assert queries.ward("00000") is None
    assert queries.cover_of("00000") is None
    assert queries.outline_of("00000") is None
    assert not queries.holds("00000", 16.46, 107.57)


@pytest.mark.parametrize(
    ("text", "ward"),
    [
        ("Tây Lộc", "Phường Phú Xuân"),
        ("tay loc", "Phường Phú Xuân"),
        ("PHUONG TAY LOC", "Phường Phú Xuân"),
        ("p. Vĩnh Ninh", "Phường Thuận Hóa"),
        ("P.Vĩnh Ninh", "Phường Thuận Hóa"),
        ("Thuận Hoá", "Phường Thuận Hóa"),
        ("phường Thuận Hoà", "Phường Phú Xuân"),
        ("thuan hoa", "Phường Thuận Hóa"),
        ("Phú Xuân", "Phường Phú Xuân"),
        ("xã Phú Xuân", "Xã Phú Hồ"),
        ("xã Hương Phong", "Xã A Lưới 4"),
        ("phường Hương Phong", "Phường Hóa Châu"),
        ("thị trấn Sịa", "Xã Quảng Điền"),
        ("phuong duc", "Phường Thuận Hóa"),
        ("a luoi 2", "Xã A Lưới 2"),
        ("12 Nguyễn Trãi, phường Tây Lộc, thành phố Huế", "Phường Phú Xuân"),
        ("số 5 thôn 2 xã Vinh Hiền huyện Phú Lộc", "Xã Vinh Lộc"),
        ("Lăng Cô", "Xã Chân Mây - Lăng Cô"),
    ],
)
def test_a_ward_is_found_by_what_people_call_it(text: str, ward: str) -> None:
    assert _names(text) == [ward]


def test_a_former_name_that_two_units_had_finds_both() -> None:
    assert _names("hương phong") == ["Phường Hóa Châu", "Xã A Lưới 4"]


def test_the_first_letters_are_enough() -> None:
    assert _names("phong d") == ["Phường Phong Điền", "Phường Phong Dinh"]
    assert _names("tay l") == ["Phường Phú Xuân"]


@pytest.mark.parametrize("text", ["", "   ", "phường", "p", "xyzzy", "%", "'; DROP TABLE"])
def test_nothing_is_found_for_nothing(text: str) -> None:
    assert _names(text) == []


def test_every_former_name_finds_the_ward_that_took_it_in_unless_a_ward_of_today_bears_it() -> None:
    today = {ward.name["vi"]: ward.code for ward in queries.wards()}
    units = rows("old_units.csv")
    assert len(units) == 134
    for unit in units:
        found = [ward.code for ward in queries.wards_matching(unit["old_name"])]
        assert today.get(unit["old_name"], unit["ward_code"]) in found
    assert "Phường Tây Lộc" in {unit.name for unit in queries.former_units("19753")}


def test_the_drawn_boundaries_are_valid_share_lines_and_say_that_they_are_rough() -> None:
    collection = document("wards.geojson")
    shapes = [shape(feature["geometry"]) for feature in collection["features"]]
    assert len(shapes) == 40
    assert all(area.is_valid for area in shapes)
    assert shapely.coverage_is_valid(shapes)
    assert sum(one.intersection(other).area for one, other in combinations(shapes, 2)) == 0
    assert {feature["properties"]["note_vi"] for feature in collection["features"]} == {"gần đúng"}


def test_the_drawn_boundaries_keep_the_known_areas() -> None:
    collection = document("wards.geojson")
    known = {row["code"]: float(row["area_km2"]) for row in rows("wards.csv")}
    drawn = {f["properties"]["code"]: shape(f["geometry"]).area * 106.83 * 110.64 for f in collection["features"]}
    assert all(abs(drawn[code] / area - 1) < 0.17 for code, area in known.items())
    assert abs(sum(drawn.values()) / sum(known.values()) - 1) < 0.01


def test_the_sketch_map_is_light_and_draws_every_ward() -> None:
    assert path("map.geojson").stat().st_size < 60_000
    layers = [feature["properties"]["layer"] for feature in document("map.geojson")["features"]]
    assert layers.count("ward") == 40
    assert {"sea", "land", "water", "river", "boundary", "place"} <= set(layers)
