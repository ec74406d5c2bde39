"""Moving in: what another system kept comes over once, with its numbers and dates; what can't is told by its row."""

import json
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from threading import Thread

import pytest
from click.testing import CliRunner, Result
from django.db import connection, transaction
from django.test import Client

from hues.config.chores.reports import taking
from hues.config.cli import hues
from hues.config.tests.test_front import until
from hues.engines.cases import queries as cases
from hues.engines.cases import testing
from hues.engines.cases.queries import CaseFilters, kept_numbers
from hues.engines.cases.rules.numbers import parse
from hues.functions.field_reports import actions as field_reports
from hues.functions.field_reports.actions.counting import RECOUNT
from hues.functions.field_reports.models import MonthTally
from hues.kernel.agencies import testing as cast
from hues.kernel.media.testing import a_picture
from hues.kernel.turns import take_turn
from hues.kit import clock

pytestmark = pytest.mark.django_db
MAPS = Path(__file__).parents[3] / "docs" / "operations" / "maps"
PLAN = """
prefix = "OLD-"
zone = "Asia/Ho_Chi_Minh"
formats = ["%d/%m/%Y %H:%M"]
[columns]
number = "so"
opened_at = "ngay"
ended_at = "xong"
category = "loai"
text = ["noi_dung", "ghi_chu"]
address = "dia_chi"
lat = "vi_do"
lng = "kinh_do"
state = "trang_thai"
answer = "tra_loi"
photos = "anh"
[states]
"Mới" = "received"
"Xong" = "closed"
"Bỏ" = "refused"
[categories]
"Ổ gà" = "roads-pothole"
[outcomes]
"""
HEAD = "so,ngay,xong,loai,noi_dung,ghi_chu,dia_chi,vi_do,kinh_do,trang_thai,tra_loi,anh"
GOOD = [
    "101,02/03/2026 08:00,,Ổ gà,Ổ gà rất sâu giữa đường,,12 Lê Lợi,16.4637,107.5909,Mới,,",
    "102,02/03/2026 09:00,05/03/2026 15:30,Ổ gà,Mặt đường lún ở ngã tư,gần trường,,16.46,107.595,Xong,Đã vá.,",
    "103,02/03/2026 10:00,03/03/2026 08:00,Ổ gà,Tin quảng cáo không phải phản ánh,,,16.46,107.595,Bỏ,Quảng cáo.,",
]


@pytest.fixture
def city() -> None:
    testing.the_city()


def files(folder: Path, *lines: str) -> tuple[Path, Path]:
    file, plan = folder / "cũ.csv", folder / "map.toml"
    file.write_text("\n".join([HEAD, *lines]), "utf-8")
    plan.write_text(PLAN, "utf-8")
    return file, plan


def run(file: Path, plan: Path, *more: str | Path) -> Result:
    return CliRunner().invoke(hues, [str(word) for word in ("reports", "import", file, "--map", plan, *more)])


def test_reports_come_over_with_numbers_dates_and_endings(city: None, tmp_path: Path) -> None:
    told = run(*files(tmp_path, *GOOD))
    assert told.exit_code == 0, told.output
    assert "3 new, 0 here already" in told.output
    kept = kept_numbers(["OLD-101", "OLD-102", "OLD-103"])
    assert kept["OLD-101"] == ("Ổ gà rất sâu giữa đường", datetime(2026, 3, 2, 1, tzinfo=UTC))
    (public,) = cases.public_cases(CaseFilters(kind="report"), limit=9, at=clock.now()).rows
    assert (public.number, public.published_at) == ("OLD-102", datetime(2026, 3, 5, 8, 30, tzinfo=UTC))
    page = Client().get("/f/field_reports/OLD-102/").content.decode()
    assert "Mặt đường lún ở ngã tư · gần trường" in page
    assert "Đã vá." in page
    assert "OLD-102" in Client().get("/search/?q=OLD-102").content.decode()


def test_a_second_time_nothing_is_new_and_what_differs_is_told(city: None, tmp_path: Path) -> None:
    run(*files(tmp_path, *GOOD))
    told = run(*files(tmp_path, GOOD[0].replace("rất sâu", "khá sâu"), *GOOD[1:]))
    assert told.exit_code == 0, told.output
    assert "0 new, 3 here already, 1 of these differ" in told.output
    assert "differs from what is here: OLD-101" in told.output
    assert kept_numbers(["OLD-101"])["OLD-101"][0] == "Ổ gà rất sâu giữa đường"


def test_keywords_of_the_city_find_a_category_that_the_map_does_not_name(city: None, tmp_path: Path) -> None:
    field_reports.import_keywords(
        [{"words": "đèn đường", "category": "lights-out"}, {"words": "bụi", "category": "air-dust"}], at=clock.now()
    )
    rows = [
        GOOD[0],
        GOOD[0].replace("101,", "201,").replace("Ổ gà,Ổ gà rất sâu giữa đường", "Khác,Den duong tat ba dem nay"),
        GOOD[0].replace("101,", "202,").replace("Ổ gà,Ổ gà rất sâu giữa đường", "Bụi,Đèn đường và bụi bay"),
        GOOD[0].replace("101,", "203,").replace("Ổ gà,Ổ gà rất sâu giữa đường", "Khác,Không rõ là việc gì"),
    ]
    file, plan = files(tmp_path, *rows)
    assert "3 rows were not taken" in run(file, plan, "--dry-run").output
    plan.write_text("keywords = true\n" + PLAN, "utf-8")
    told = run(file, plan)
    assert "3 new" in told.output
    assert "by keywords: lights-out (1 times)" in told.output
    assert "by keywords: air-dust (1 times)" in told.output
    assert "row 4, category" in told.output
    found = {n: cases.ops_case(cast.operator(), f"OLD-{n}", at=clock.now()).category for n in (101, 201, 202)}
    assert found == {101: "roads-pothole", 201: "lights-out", 202: "air-dust"}


def test_a_dry_run_writes_nothing(city: None, tmp_path: Path) -> None:
    told = run(*files(tmp_path, *GOOD), "--dry-run")
    assert "Would be: 3 new" in told.output
    assert not kept_numbers(["OLD-101"])


@pytest.mark.parametrize(
    ("was", "now", "words"),
    [
        ("101,", "một,", "number"),
        ("101,", "１０１,", "“OLD-１０１” is none"),
        ("101,", "123456789012345,", "“OLD-123456789012345” is too long"),
        ("02/03/2026 08:00", "hôm qua", "“hôm qua” is no date and time"),
        ("02/03/2026 08:00", "02/03/2099 08:00", "lies in the future"),
        ("Ổ gà,", "Bụi,", "“Bụi” has no category of ours"),
        ("16.4637,107.5909", "16.05,108.2", "lies outside of the city"),
        ("16.4637,107.5909", ",", "there is no place"),
        ("101,", "102,", "stands twice"),
    ],
)
def test_a_bad_row_is_told_and_the_others_are_taken(city: None, tmp_path: Path, was: str, now: str, words: str) -> None:
    told = run(*files(tmp_path, *GOOD[1:], GOOD[0].replace(was, now, 1)))
    assert told.exit_code == 1
    assert f"row 3, {words.split(' ')[0]}" in told.output or words in told.output
    assert words in told.output
    assert "2 new" in told.output


def test_values_that_the_map_lacks_are_listed_with_how_often(city: None, tmp_path: Path) -> None:
    told = run(*files(tmp_path, GOOD[0].replace("Mới", "Chờ"), GOOD[1].replace("Xong", "Chờ")))
    assert "not in the map: state “Chờ” (2 times)" in told.output


def test_pictures_come_from_the_folder_and_a_missing_one_is_told(city: None, tmp_path: Path) -> None:
    folder = tmp_path / "ảnh"
    folder.mkdir()
    (folder / "ổ gà.jpg").write_bytes(a_picture())
    (tmp_path / "secret.jpg").write_bytes(a_picture(seed=4))
    told = run(*files(tmp_path, GOOD[1] + "x/ổ gà.jpg", GOOD[0] + "../secret.jpg"), "--photos", folder)
    assert "there is no secret.jpg" in told.output
    assert told.exit_code == 1
    assert "/media/" in Client().get("/f/field_reports/OLD-102/").content.decode()


def test_a_map_that_can_not_be_used_says_why(city: None, tmp_path: Path) -> None:
    file, plan = files(tmp_path, *GOOD)
    for text, words in (
        (PLAN.replace('lat = "vi_do"\n', ""), "does not say where to find lat"),
        (PLAN.replace("[states]", 'name = "x"\n[states]'), "there is no field name"),
        (PLAN.replace('"closed"', '"done"'), "there is no state done"),
        ("[columns", "map.toml"),
    ):
        plan.write_text(text, "utf-8")
        told = run(file, plan)
        assert told.exit_code == 1
        assert words in told.output


@pytest.mark.parametrize("content", [b"\xff\xfe", b'{"a": 1}', b"[1, "])
def test_a_file_that_can_not_be_read_says_why(city: None, tmp_path: Path, content: bytes) -> None:
    _file, plan = files(tmp_path, *GOOD)
    file = tmp_path / "a.json"
    file.write_bytes(content)
    told = run(file, plan)
    assert told.exit_code == 1
    assert "Traceback" not in told.output


def test_an_export_of_signalen_keeps_its_own_numbers(city: None, tmp_path: Path) -> None:
    signal = {
        "id_display": "SIG-4711",
        "created_at": "2026-03-02T09:00:00+01:00",
        "text": "De straat is kapot, een groot gat",
        "category": {"main_slug": "afval", "sub_slug": "huisafval"},
        "location": {"address_text": "Lê Lợi", "geometrie": {"type": "Point", "coordinates": [107.5909, 16.4637]}},
        "status": {"state": "m", "text": "", "created_at": "2026-03-02T09:00:00+01:00"},
    }
    file, plan = tmp_path / "signals.json", tmp_path / "map.toml"
    file.write_text(json.dumps({"results": [signal]}), "utf-8")
    plan.write_text((MAPS / "signalen.toml").read_text("utf-8").replace('"rubbish-missed"', '"roads-pothole"'), "utf-8")
    told = run(file, plan)
    assert told.exit_code == 0, told.output
    assert kept_numbers(["SIG-4711"])["SIG-4711"][1] == datetime(2026, 3, 2, 8, tzinfo=UTC)


def test_what_this_city_gives_out_by_open311_can_be_taken_by_another(city: None, tmp_path: Path) -> None:
    request = {
        "service_request_id": "88",
        "status": "open",
        "service_code": "roads-pothole",
        "description": "Ổ gà sâu trước chợ Đông Ba",
        "requested_datetime": "2026-03-02T08:00:00+07:00",
        "lat": 16.4637,
        "long": 107.5909,
    }
    file, plan = tmp_path / "requests.json", tmp_path / "map.toml"
    file.write_text(json.dumps([request]), "utf-8")
    said = (MAPS / "open311.toml").read_text("utf-8")
    plan.write_text(said.replace('"001" = "roads-pothole"', 'roads-pothole = "roads-pothole"'), "utf-8")
    assert run(file, plan).exit_code == 0
    assert "OLD-88" in kept_numbers(["OLD-88"])


def test_numbers_of_another_system_do_not_move_our_own(city: None, tmp_path: Path) -> None:
    run(*files(tmp_path, GOOD[0].replace("101,", "2026-900000,", 1)))
    assert "OLD-2026-900000" in kept_numbers(["OLD-2026-900000"])
    receipt = testing.a_case(by=cast.lan(), at=clock.now())
    found = parse(receipt.number)
    assert found
    assert found[2] < 1_000


@pytest.mark.django_db(transaction=True)
def test_two_imports_of_one_file_take_every_report_once_and_both_end_well(tmp_path: Path) -> None:
    testing.the_city()
    file, plan = files(tmp_path, *GOOD)
    at = clock.now()
    # Both have read their file and seen that nothing is here.
    told = both_at_once(taking.TURN, lambda: taking.take(file, plan, at=at))
    assert sorted((one.new, one.known, one.wrong) for one in told) == [(0, 3, []), (3, 0, [])]
    assert len(kept_numbers(["OLD-101", "OLD-102", "OLD-103"])) == 3


@pytest.mark.django_db(transaction=True)
def test_two_counts_of_one_month_end_one_after_the_other(tmp_path: Path) -> None:
    testing.the_city()
    file, plan = files(tmp_path, *GOOD)
    taking.take(file, plan, at=clock.now())
    month = MonthTally.objects.values_list("month", flat=True).first()
    assert month
    MonthTally.objects.filter(month=month).delete()  # as before the first count of all
    told = both_at_once(f"{RECOUNT}:{month}", lambda: field_reports.recount(month, at=clock.now()))
    assert len(told) == 2
    assert told[0] == told[1] > 0


def both_at_once[T](turn: str, work: Callable[[], T]) -> list[T]:
    """Do the same twice at once, held back until both wait for their turn, and return what came of it."""
    told = list[T]()

    def do() -> None:
        try:
            told.append(work())
        finally:
            connection.close()

    with transaction.atomic():
        take_turn(turn)
        threads = [Thread(target=do) for _turn in range(2)]
        for thread in threads:
            thread.start()
        until(lambda: waiting_for_a_turn() == len(threads))
    for thread in threads:
        thread.join()
    return told


def waiting_for_a_turn() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted")
        return int(cursor.fetchone()[0])
