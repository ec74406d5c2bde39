"""A list as a file: what the tab holds, cut to the desk, without the reporter, and written down."""

import csv
import io
import json
from datetime import datetime

import pytest
from django.db import connection
from django.test import Client
from django.utils.timezone import localtime

from hues.engines.cases import actions, queries
from hues.engines.cases.queries import tables
from hues.engines.cases.rules.workflow import State
from hues.engines.cases.testing import a_case_in
from hues.kernel.agencies import testing as cast
from hues.kit.clock import now
from hues.surfaces.desks.testing import at_desk

pytestmark = pytest.mark.django_db


def taken(browser: Client, address: str) -> list[dict[str, str]]:
    answer = browser.post(address)
    assert answer.status_code == 200
    assert answer["Cache-Control"] == "private, no-store"
    text = b"".join(answer).decode("utf-8-sig")
    assert "Lan" not in text
    assert "901000001" not in text
    return list(csv.DictReader(io.StringIO(text)))


def noted() -> list[tuple[str, str]]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT facts->>'desk', facts->>'tab' FROM journal_entry WHERE event = 'cases.list.taken' ORDER BY id"
        )
        found: list[tuple[str, str]] = cursor.fetchall()
        return found


def test_the_centre_takes_what_its_tab_holds_over_all_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tables, "PAGE", 2)
    cases = [a_case_in(State.RECEIVED) for _ in range(5)]
    a_case_in(State.IN_PROGRESS)
    thao = at_desk(cast.operator())
    rows = taken(thao, "/ops/table.csv")
    assert [row["Mã phản ánh"] for row in rows] == [case.number for case in cases]
    assert {row["Trạng thái"] for row in rows} == {"Đã nhận"}
    assert len(taken(thao, "/ops/table.csv?tab=all")) == 6
    assert noted() == [("operations", "accept"), ("operations", "all")]


def test_the_file_says_until_when_as_the_page_does() -> None:
    at = now()
    case, back = a_case_in(State.RECEIVED, category="power-danger", at=at), a_case_in(State.IN_PROGRESS)
    reason = "Không thuộc trách nhiệm."
    actions.give_back(case_id=back.id, reason=reason, by=cast.minh(), seen=back.version, at=at)
    thao, clocks = at_desk(cast.operator()), {}
    for number in (case.number, back.number):
        clocks[number] = queries.ops_case(cast.operator(), number, at=at).clock
    due = {number: clock.due_now.replace(microsecond=0) for number, clock in clocks.items()}
    assert due == {
        case.number: clocks[case.number].accept_due_at.replace(microsecond=0),
        back.number: clocks[back.number].due_at.replace(microsecond=0),
    }
    rows = {row["Mã phản ánh"]: row for row in taken(thao, "/ops/table.csv")}
    assert {number: datetime.fromisoformat(row["Hạn xử lý"]) for number, row in rows.items()} == due
    assert {number: row["Thời hạn"] for number, row in rows.items()} == {case.number: "Còn hạn", back.number: "Quá hạn"}
    points = json.loads(b"".join(thao.post("/ops/table.csv", {"as": "geojson"})))["features"]
    told = {point["properties"]["number"]: point["properties"]["due_at"] for point in points}
    assert {number: datetime.fromisoformat(said).replace(microsecond=0) for number, said in told.items()} == due


def test_an_agency_takes_its_own_cases_only() -> None:
    ours = a_case_in(State.IN_PROGRESS)
    assert [row["Mã phản ánh"] for row in taken(at_desk(cast.minh()), "/desk/table.csv")] == [ours.number]
    assert taken(at_desk(cast.worker("kinh-te-thuan-hoa")), "/desk/table.csv?tab=all") == []


def test_words_that_look_like_a_formula_are_not_run_and_the_search_counts() -> None:
    case = a_case_in(State.RECEIVED, text='=HYPERLINK("http://x")  đèn đường tắt')
    a_case_in(State.RECEIVED)
    rows = taken(at_desk(cast.operator()), "/ops/table.csv?q=den+duong")
    assert [(row["Mã phản ánh"], row["Nội dung phản ánh"][:3]) for row in rows] == [(case.number, "'=H")]


@pytest.mark.parametrize("address", ["/ops/table.csv", "/desk/table.csv"])
def test_a_list_is_taken_by_those_of_the_desk_alone_and_never_by_a_link(address: str) -> None:
    a_case_in(State.RECEIVED)
    assert at_desk(cast.eve()).post(address).status_code == 403
    assert Client().post(address).status_code == 401
    inside = at_desk(cast.operator() if "ops" in address else cast.minh())
    assert inside.get(address).status_code == 405
    assert noted() == []


def test_words_are_whole_and_the_same_rows_are_points_on_a_map() -> None:
    text = "Đèn đường tắt cả tuyến, người dân đi lại rất khó. " * 30
    case = a_case_in(State.IN_PROGRESS, text=text.strip())
    assert [row["Nội dung phản ánh"] for row in taken(at_desk(cast.minh()), "/desk/table.csv")] == [text.strip()]
    answer = at_desk(cast.minh()).post("/desk/table.csv", {"as": "geojson"})
    assert answer["Content-Type"].startswith("application/geo+json")
    day = f"{localtime(now()):%Y-%m-%d}"
    assert answer["Content-Disposition"] == f'attachment; filename="agency-todo-{day}.geojson"'
    table = at_desk(cast.minh()).post("/desk/table.csv", {})
    assert table["Content-Disposition"] == f'attachment; filename="agency-todo-{day}.csv"'
    (feature,) = json.loads(b"".join(answer))["features"]
    assert (feature["properties"]["number"], feature["properties"]["text"]) == (case.number, text.strip())
    lng, lat = feature["geometry"]["coordinates"]
    assert 107 < lng < 109
    assert 15 < lat < 17
