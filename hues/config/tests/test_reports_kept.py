"""Nothing of an import is left out without a word: what has no room is told, and kept for staff."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.test import Client

from hues.config.tests.test_reports import GOOD, PLAN, files, run
from hues.engines.cases import queries as cases
from hues.engines.cases import testing
from hues.kernel.agencies import testing as cast
from hues.kernel.media.testing import a_picture
from hues.kit import clock
from hues.surfaces.desks.testing import at_desk, text_of

pytestmark = pytest.mark.django_db
SAID = "Đã chuyển tổ duy tu."
BROUGHT = "Nhập từ hệ thống trước"


@pytest.fixture(autouse=True)
def _city(db: None) -> None:
    testing.the_city()


def notes(number: str) -> list[str]:
    case = cases.ops_case(cast.operator(), number, at=clock.now())
    return [step.internal for step in case.timeline if step.verb == "note"]


@pytest.mark.parametrize("state", ["received", "assigned", "in_progress"])
def test_what_was_answered_to_an_open_report_is_a_note_for_staff_and_for_nobody_else(
    tmp_path: Path, state: str
) -> None:
    file, plan = files(tmp_path, GOOD[0].replace("Mới,,", f"Mới,{SAID},"), *GOOD[1:])
    plan.write_text(PLAN.replace('"Mới" = "received"', f'"Mới" = "{state}"'), "utf-8")
    for more in (["--dry-run"], []):
        assert "1 answers of reports that are open here are kept as notes for staff" in run(file, plan, *more).output
    assert notes("OLD-101") == [SAID]
    assert cases.ops_case(cast.operator(), "OLD-101", at=clock.now()).state == state
    page = text_of(at_desk(cast.operator()).get("/ops/OLD-101/"))
    assert SAID in page
    assert BROUGHT in page
    assert notes("OLD-102") == notes("OLD-103") == []


def test_what_goes_beyond_the_room_is_told_and_kept(tmp_path: Path) -> None:
    text, street, answer = (f"{word} " * 900 for word in ("ngập", "hẻm", "vá"))
    row = GOOD[1].replace("Mặt đường lún ở ngã tư", f"{text} hết").replace("gần trường,,", f",{street}cuối,")
    file, plan = files(tmp_path, row.replace("Đã vá.", f"{answer * 2}xong"), GOOD[0])
    for more in (["--dry-run"], []):
        told = run(file, plan, *more).output
        assert "cut: row 1, OLD-102: text has 4,504 characters, 4,000 are shown and the others kept as a note" in told
        assert "cut: row 1, OLD-102: address has 3,604 characters, 200 are shown" in told
        assert "cut: row 1, OLD-102: answer has 5,404 characters, 4,000 are shown" in told
        assert "OLD-101: " not in told
    page = Client().get("/f/field_reports/OLD-102/").content.decode()
    assert "ngập ngập" in page
    assert "xong" not in page
    kept = notes("OLD-102")
    assert [words[:1] for words in kept] == ["…"] * 3
    assert [words[-4:] for words in kept] == ["xong", " hết", "cuối"]
    case = cases.ops_case(cast.operator(), "OLD-102", at=clock.now())
    assert case.text[:-1] + kept[1][1:] == f"{text} hết"
    assert len(case.text) == 4000


def test_words_beyond_all_reason_are_a_bad_row(tmp_path: Path) -> None:
    told = run(*files(tmp_path, GOOD[0].replace("Ổ gà rất sâu", "Ổ gà " * 9_000), GOOD[1]))
    assert "row 1, text: more than 40,000 characters" in told.output
    assert "1 new" in told.output


def test_photos_beyond_ten_are_told(tmp_path: Path) -> None:
    folder = tmp_path / "ảnh"
    folder.mkdir()
    for n in range(12):
        (folder / f"{n}.jpg").write_bytes(a_picture(seed=n))
    file, plan = files(tmp_path, GOOD[0] + ";".join(f"{n}.jpg" for n in range(12)))
    assert "cut: row 1, OLD-101: it has 12 photos, 10 are taken" in run(file, plan, "--photos", folder).output
    assert len(cases.ops_case(cast.operator(), "OLD-101", at=clock.now()).photos) == 10


def test_a_report_that_ended_without_an_answer_is_counted(tmp_path: Path) -> None:
    told = run(*files(tmp_path, GOOD[0], GOOD[1].replace("Đã vá.", ""), GOOD[2].replace("Quảng cáo.", "")), "--dry-run")
    assert "2 reports that ended have no answer: “–” stands in its place" in told.output


def test_an_end_in_the_future_is_a_bad_row(tmp_path: Path) -> None:
    ahead = f"{clock.now() + timedelta(days=2):%d/%m/%Y} 15:30"
    told = run(*files(tmp_path, GOOD[1].replace("05/03/2026 15:30", ahead), GOOD[0]))
    assert "row 1, ended_at: it lies in the future" in told.output
    assert "1 new" in told.output


def test_an_answer_of_which_nobody_says_how_it_ended_is_an_answer_and_no_more(tmp_path: Path) -> None:
    run(*files(tmp_path, GOOD[1]))
    case = cases.ops_case(cast.operator(), "OLD-102", at=clock.now())
    assert case.outcome == "answered"
    page = Client().get("/f/field_reports/OLD-102/").content.decode()
    assert "Đã trả lời" in page
    assert "Đã chuyển cơ quan khác" not in page


def test_a_category_of_the_map_that_is_none_of_ours_is_named(tmp_path: Path) -> None:
    file, plan = files(tmp_path, GOOD[0])
    plan.write_text(PLAN.replace("roads-pothole", "roads-potole"), "utf-8")
    assert "row 1, category: “Ổ gà” has no category of ours, roads-potole is none" in run(file, plan).output
