"""GeoJSON written by hand says what a writer of JSON would."""

import json
from typing import Any

import pytest
from django.test import Client
from django.utils import translation

from hues.engines.cases import queries
from hues.engines.cases.declare import NOT_POINTED_AT, STATE_WORDS
from hues.engines.cases.queries import MapCell, MapPoint
from hues.engines.cases.rules.workflow import State
from hues.engines.cases.testing import POTHOLE, a_case_in
from hues.surfaces.citizen import geojson

pytestmark = pytest.mark.django_db


def feature(lat: float, lng: float, facts: dict[str, Any]) -> dict[str, Any]:
    return {"type": "Feature", "geometry": {"type": "Point", "coordinates": [lng, lat]}, "properties": facts}


def read(written: str) -> list[dict[str, Any]]:
    found = json.loads(written)
    assert found["type"] == "FeatureCollection"
    return list(found["features"])


def test_cells_tell_how_many_lie_where() -> None:
    cells = [MapCell(cell=1, lat=16.4637212, lng=107.5908649, count=12), MapCell(cell=2, lat=16.5, lng=-0.0, count=1)]
    assert read(geojson.of_cells(cells)) == [
        feature(16.46372, 107.59086, {"count": 12}),
        feature(16.5, 0.0, {"count": 1}),
    ]
    assert read(geojson.of_cells([])) == []


@pytest.mark.parametrize("language", ["vi", "en"])
def test_points_tell_their_words_in_the_language_that_is_spoken(language: str) -> None:
    a_case_in(State.PUBLISHED)
    odd = 'no "category" of 100 %s \\ </script>'
    points = [
        MapPoint(number, category, state, 16.46372, 107.59086, rough)
        for number, category, rough in [("PA-2026-000001", POTHOLE, False), ("SIG-1", odd, True), ("SIG-2", odd, False)]
        for state in State
    ]
    with translation.override(language):
        title = {card.code: card.title for card in queries.categories()}[POTHOLE][language]
        wanted = []
        for point in points:
            said = f"{point.number} · {STATE_WORDS[point.state]}"
            start = "" if language == "vi" else "/en"
            facts = {
                "count": 1,
                "title": title if point.category == POTHOLE else odd,
                "text": f"{said} · {NOT_POINTED_AT}" if point.approximate else said,
                "href": f"{start}/f/field_reports/{point.number}/",
            }
            wanted.append(feature(point.lat, point.lng, facts | ({"near": True} if point.approximate else {})))
        assert read(geojson.of_points(points)) == wanted


def test_the_map_asks_little_of_the_database_however_many_lie_near(django_assert_max_num_queries: Any) -> None:
    for _ in range(5):
        a_case_in(State.PUBLISHED)
    box = {"bbox": "107.57,16.46,107.58,16.48", "zoom": "16"}
    Client().get("/map/cells.json", box)
    with django_assert_max_num_queries(2):
        assert len(Client().get("/map/cells.json", box).json()["features"]) == 5
