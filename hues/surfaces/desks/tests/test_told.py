"""A list that a person takes along speaks that person's language, on the city's clock; what programs read does not."""

import csv
import io
import json

import pytest
from django.test import Client

from hues.engines.cases.rules.workflow import State
from hues.engines.cases.testing import MONDAY, a_case_in
from hues.kernel.agencies import testing as cast
from hues.surfaces.desks.testing import at_desk

pytestmark = pytest.mark.django_db


def heads_and_first(content: bytes) -> dict[str, str]:
    return next(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))


@pytest.mark.parametrize(
    ("front", "number", "fast", "normal", "came"),
    [
        ("", "Mã phản ánh", "Mức độ", "Thường", "Nhận lúc"),
        ("/en", "Number of the report", "How fast", "Normal", "Came in"),
    ],
)
def test_a_desks_table_has_heads_words_and_times_for_its_reader(
    front: str, number: str, fast: str, normal: str, came: str
) -> None:
    case = a_case_in(State.IN_PROGRESS, at=MONDAY)
    for desk, who in (("ops", cast.operator()), ("desk", cast.minh())):
        row = heads_and_first(b"".join(at_desk(who).post(f"{front}/{desk}/table.csv?tab=all")))
        assert row[number] == case.number
        assert row[fast] == normal
        assert row[came] == "2026-03-02T10:00:00+07:00"
        assert "number" not in row


def test_points_on_a_map_keep_the_names_that_programs_know_on_the_citys_clock() -> None:
    case = a_case_in(State.IN_PROGRESS, at=MONDAY)
    answer = at_desk(cast.operator()).post("/ops/table.csv?tab=all", {"as": "geojson"})
    (feature,) = json.loads(b"".join(answer))["features"]
    assert feature["properties"]["number"] == case.number
    assert feature["properties"]["opened_at"] == "2026-03-02T10:00:00+07:00"


def test_open_data_keeps_its_names_in_every_language_and_the_page_says_so() -> None:
    case = a_case_in(State.PUBLISHED)
    for front in ("", "/en"):
        row = heads_and_first(b"".join(Client().get(f"{front}/f/field_reports/reports.csv")))
        assert row["number"] == case.number
        assert row["opened_at"].endswith("Z")
    assert "tên cột bằng tiếng Anh" in Client().get("/f/field_reports/figures/").content.decode()
