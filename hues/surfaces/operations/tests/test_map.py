"""The map of the desk: clusters from afar, cases from near, and boxes that are none."""

import pytest
from django.test import Client

from hues.engines.cases.rules.workflow import State
from hues.engines.cases.testing import a_case_in

pytestmark = pytest.mark.django_db


def test_the_map_shows_clusters_from_afar_and_cases_from_near(thao: Client) -> None:
    case = a_case_in(State.RECEIVED)
    box = {"bbox": "107.5,16.4,107.7,16.6"}
    far = thao.get("/ops/points.json", box | {"zoom": "11"}).json()["features"]
    near = thao.get("/ops/points.json", box | {"zoom": "16"}).json()["features"]
    assert [feature["properties"]["count"] for feature in far] == [1]
    assert near[0]["properties"]["href"] == f"/ops/{case.number}/"
    assert near[0]["geometry"]["coordinates"] == pytest.approx([107.5776, 16.4698])


def test_the_map_shows_what_the_tab_holds(thao: Client) -> None:
    a_case_in(State.IN_PROGRESS)
    assert thao.get("/ops/points.json", {"tab": "review"}).json()["features"] == []
    assert len(thao.get("/ops/points.json", {"tab": "all"}).json()["features"]) == 1


@pytest.mark.parametrize("box", ["", "nan,1,2,3", "1,2,3", "inf,0,0,0", "x"])
def test_a_box_that_is_none_is_the_whole_city(thao: Client, box: str) -> None:
    a_case_in(State.RECEIVED)
    assert len(thao.get("/ops/points.json", {"bbox": box, "zoom": "nan"}).json()["features"]) == 1


def test_a_box_out_of_this_world_holds_nothing(thao: Client) -> None:
    a_case_in(State.RECEIVED)
    for zoom in ("9", "17"):
        answer = thao.get("/ops/points.json", {"bbox": "1e308,1e308,1e308,1e308", "zoom": zoom})
        assert answer.json()["features"] == []
