"""The rescuers' desk: the queue, one winner, the log, the file; and the form of river levels."""

import csv
import io
import json
from typing import Any
from uuid import UUID

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client

from hues.engines.rescue import queries
from hues.engines.rescue.rules.workflow import State
from hues.engines.rescue.testing import a_call, asked
from hues.functions.storm_flood.models import Reading
from hues.kernel.agencies import testing as cast
from hues.kernel.areas.testing import the_wards
from hues.kernel.people.testing import sign_in

pytestmark = pytest.mark.django_db
DESK, LEVELS = "/ops/storm_flood/rescue/", "/ops/storm_flood/levels/"


def _journalled(event: str) -> list[tuple[UUID | None, dict[str, Any]]]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT by, facts FROM journal_entry WHERE event = %s ORDER BY id", [event])
        return [(by, json.loads(facts)) for by, facts in cursor.fetchall()]


@pytest.fixture
def thao(db: None) -> Client:
    """Return the browser of the operator."""
    the_wards()
    browser = Client()
    sign_in(browser, cast.operator())
    return browser


def _make(browser: Client, code: str, move: str, seen: int, words: str = "") -> Any:
    return browser.post(f"{DESK}{code}/{move}/", {"seen": seen, "words": words})


def test_the_queue_shows_where_how_many_and_how_urgent(thao: Client) -> None:
    a_call()
    page = thao.get(DESK).content.decode()
    for words in ("Đặng Thái Thân", "Nguy hiểm tính mạng", "Chờ gọi lại", "Phường Phú Xuân", "nước lên, trẻ nhỏ"):
        assert words in page
    assert "901 777 001" not in page


def test_a_call_is_worked_from_ring_to_safe(thao: Client) -> None:
    code = a_call().code
    assert "0901 777 001" in thao.get(f"{DESK}{code}/").content.decode()
    assert _make(thao, code, "miss", 1).status_code == 303
    assert _make(thao, code, "reach", 2, "Bốn người trên gác.").status_code == 303
    assert _make(thao, code, "send", 3, "Ca nô đội 2.").status_code == 303
    assert "Đội cứu hộ đang đến" in Client().get(f"/f/storm_flood/sos/{code}/").content.decode()
    assert _make(thao, code, "save", 4, "Về trường Quốc Học.").status_code == 303
    page = thao.get(f"{DESK}{code}/").content.decode()
    assert "Bốn người trên gác." in page
    assert "Phan Thị Thảo" in page


def test_of_two_operators_one_wins_and_the_other_keeps_the_words(thao: Client) -> None:
    code, quang = a_call().code, Client()
    sign_in(quang, cast.duty_leader())
    assert _make(thao, code, "reach", 1, "Đã nói chuyện.").status_code == 303
    lost = _make(quang, code, "dismiss", 1, "Máy nhà tôi không có ai")
    assert lost.status_code == 409
    assert "Máy nhà tôi không có ai" in lost.content.decode()
    assert queries.call(cast.operator(), code).state == State.CALLED_BACK


def test_what_needs_words_says_so_and_an_unknown_move_is_not_found(thao: Client) -> None:
    code = a_call().code
    assert _make(thao, code, "send", 1).status_code == 422
    assert _make(thao, code, "open", 1, "x").status_code == 404
    assert _make(thao, code, "say_safe", 1, "x").status_code == 404


@pytest.mark.parametrize("who", [cast.lan, cast.minh, cast.leader, cast.auditor, cast.admin, cast.alert_writer])
def test_the_desk_is_closed_to_everybody_else(who: Any) -> None:
    the_wards()
    code, browser = a_call().code, Client()
    sign_in(browser, who())
    for address in (DESK, f"{DESK}points.json", f"{DESK}{code}/", LEVELS):
        assert browser.get(address).status_code == 403
    assert browser.post(f"{DESK}calls.csv").status_code == 403
    assert _make(browser, code, "note", 1, "x").status_code == 403


def test_the_map_holds_only_calls_with_a_point(thao: Client) -> None:
    a_call()
    a_call(asked(phone="+84901777009", lat=None, lng=None, address="Thôn 2, Vỹ Dạ"))
    found = thao.get(f"{DESK}points.json").json()["features"]
    assert [one["geometry"]["coordinates"] for one in found] == [[107.5776, 16.4698]]
    assert '<strong class="num">1</strong> không có điểm trên bản đồ' in thao.get(DESK).content.decode()


def test_the_file_holds_every_call_runs_no_formula_and_is_journalled(thao: Client) -> None:
    a_call(asked(words="=HYPERLINK(1)"))
    answer = thao.post(f"{DESK}calls.csv")
    rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert [(row["Điện thoại"], row["Nội dung"], row["Phường, xã"]) for row in rows] == [
        ("0901 777 001", "'=HYPERLINK(1)", "Phường Phú Xuân")
    ]
    assert [(by, facts["rows"]) for by, facts in _journalled("rescue.calls.exported")] == [
        (cast.operator().person_id, 1)
    ]


def test_a_level_is_entered_journalled_and_public_at_once(thao: Client) -> None:
    given = {"gauge": "kim-long", "metres": "2,35", "at": "2026-03-02T09:30", "source": "Trạm Kim Long"}
    assert thao.post(LEVELS, given).status_code == 303
    ((by, facts),) = _journalled("storm_flood.reading.entered")
    assert (by, facts["gauge"], facts["centimetres"]) == (cast.operator().person_id, "kim-long", 235)
    assert "2,35 m" in Client().get("/f/storm_flood/").content.decode()
    assert "2,35 m" in thao.get(LEVELS).content.decode()


@pytest.mark.parametrize(
    ("field", "value"),
    [("metres", "abc"), ("metres", "900"), ("at", "2999-01-01T00:00"), ("gauge", "x"), ("source", "")],
)
def test_a_level_out_of_reason_is_refused_with_its_sentence(thao: Client, field: str, value: str) -> None:
    given = {"gauge": "kim-long", "metres": "2.35", "at": "2026-03-02T09:30", "source": "Trạm", field: value}
    assert thao.post(LEVELS, given).status_code == 422
    assert not Reading.objects.exists()


def _import(browser: Client, text: str) -> Any:
    file = SimpleUploadedFile("muc-nuoc.csv", text.encode(), "text/csv")
    return browser.post(f"{LEVELS}import/", {"file": file})


def test_a_file_of_levels_is_taken_whole(thao: Client) -> None:
    rows = "kim-long,2026-03-02T07:00,1.20,Trạm\nphu-oc,2026-03-02T07:00+07:00,2.10,Trạm\n"
    assert _import(thao, f"gauge,at,metres,source\n{rows}").status_code == 303
    assert Reading.objects.count() == 2
    assert Reading.objects.filter(at="2026-03-02T00:00Z").count() == 2
    assert [facts["rows"] for _by, facts in _journalled("storm_flood.readings.imported")] == [2]


@pytest.mark.parametrize("row", ["nowhere,2026-03-02T07:00,1.20,Trạm", "kim-long,now,1.20,Trạm", "kim-long", ""])
def test_a_file_with_one_wrong_line_is_refused_whole(thao: Client, row: str) -> None:
    good = "kim-long,2026-03-02T07:00,1.20,Trạm\n" if row else ""
    assert _import(thao, f"gauge,at,metres,source\n{good}{row}\n").status_code == 422
    assert not Reading.objects.exists()
