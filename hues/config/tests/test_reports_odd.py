"""Whatever a file or a map holds: a sentence that says where, and all other rows are taken."""

import json
import unicodedata
from pathlib import Path
from typing import Any, Literal

import pytest

from hues.config.tests.test_reports import GOOD, HEAD, PLAN, files, run
from hues.engines.cases import testing
from hues.engines.cases.queries import kept_numbers
from hues.kernel.media.testing import a_picture

pytestmark = pytest.mark.django_db
type Form = Literal["NFC", "NFD"]
NAMES = HEAD.split(",")
DEEP = "[" * 100_000
NUMBERS = [f"OLD-{n}" for n in (101, 102, 103)]


@pytest.fixture(autouse=True)
def _city(db: None) -> None:
    testing.the_city()


def lines(folder: Path, *more: str) -> tuple[Path, Path]:
    _file, plan = files(folder)
    file = folder / "cũ.jsonl"
    good = [json.dumps(dict(zip(NAMES, line.split(","), strict=True))) for line in GOOD]
    file.write_text("\n".join([*good, *more]), "utf-8")
    return file, plan


@pytest.mark.parametrize("field", ["noi_dung", "dia_chi", "tra_loi", "so", "loai", "trang_thai", "ngay"])
def test_half_a_character_anywhere_stops_no_run(tmp_path: Path, field: str) -> None:
    odd: dict[str, Any] = dict(zip(NAMES, GOOD[1].split(","), strict=True))
    odd |= {"so": "104"}
    odd |= {field: odd[field] + "\ud800"}
    told = run(*lines(tmp_path, json.dumps(odd)))
    assert told.exception is None or isinstance(told.exception, SystemExit)
    assert set(kept_numbers(NUMBERS)) == set(NUMBERS)
    assert "4 new" in told.output or "row 4, " in told.output
    if field in ("noi_dung", "dia_chi", "tra_loi"):
        assert "OLD-104" in kept_numbers(["OLD-104"])


@pytest.mark.parametrize("line", ["5", "null", '"x"', "[]", "{", DEEP, "1" * 5_000])
def test_a_line_that_is_no_object_is_a_bad_row(tmp_path: Path, line: str) -> None:
    told = run(*lines(tmp_path, line))
    assert "row 4, it is " in told.output
    assert "3 new" in told.output
    assert set(kept_numbers(NUMBERS)) == set(NUMBERS)


@pytest.mark.parametrize("one", ["5", "null", '"x"', "[]"])
def test_an_entry_of_a_list_that_is_no_object_is_a_bad_row(tmp_path: Path, one: str) -> None:
    file, plan = lines(tmp_path)
    listed = file.with_suffix(".json")
    listed.write_text(f"[{','.join([*file.read_text('utf-8').splitlines(), one])}]", "utf-8")
    told = run(listed, plan)
    assert "row 4, it is no object" in told.output
    assert "3 new" in told.output


@pytest.mark.parametrize("text", [DEEP, "[" + "1" * 5_000 + "]"])
def test_a_file_beyond_all_reason_is_told_in_a_sentence(tmp_path: Path, text: str) -> None:
    _file, plan = files(tmp_path)
    file = tmp_path / "a.json"
    file.write_text(text, "utf-8")
    assert "Error: a.json can't be read" in run(file, plan).output


@pytest.mark.parametrize(
    ("was", "now", "said"),
    [
        ('prefix = "OLD-"', "prefix = 5", "prefix must be letters in quotes"),
        ('lat = "vi_do"', "lat = 5", "[columns] must give lat a name in quotes"),
        ('lat = "vi_do"', "lat = [5]", "[columns] must give lat a name in quotes"),
        ('lat = "vi_do"', "lat = []", "does not say where to find lat"),
        ('"Mới" = "received"', '"Mới" = 5', "[states] must be a table"),
        ('zone = "Asia/Ho_Chi_Minh"', "zone = 7", "zone must be a name in quotes"),
        ('zone = "Asia/Ho_Chi_Minh"', 'zone = "Asia"', "there is no time zone “Asia”"),
        ('zone = "Asia/Ho_Chi_Minh"', 'keywords = "yes"', "keywords must be true or false"),
        ('zone = "Asia/Ho_Chi_Minh"', 'outside = "kept"', 'outside must be "refuse" or "keep"'),
        ('formats = ["%d/%m/%Y %H:%M"]', 'formats = "%d"', "formats must be a list"),
        ('zone = "Asia/Ho_Chi_Minh"', "keyword = true", "there is no keyword; there are zone"),
        ("[states]", "[state]", "there is no state; there are zone"),
        ('zone = "Asia/Ho_Chi_Minh"', f"x = {DEEP}", "it is nested too deep"),
    ],
)
def test_a_map_of_the_wrong_kind_is_told_in_a_sentence(tmp_path: Path, was: str, now: str, said: str) -> None:
    file, plan = files(tmp_path, *GOOD)
    plan.write_text(PLAN.replace(was, now), "utf-8")
    told = run(file, plan)
    assert said in told.output
    assert told.exit_code == 1
    assert "map.toml: " in told.output


@pytest.mark.parametrize("content", ["columns = 5", 'states = "x"\n' + PLAN.replace("[states]", "[agencies]")])
def test_a_table_that_is_none_is_told(tmp_path: Path, content: str) -> None:
    file, plan = files(tmp_path, *GOOD)
    plan.write_text(content, "utf-8")
    assert "must be a table" in run(file, plan).output


@pytest.mark.parametrize("which", ["file", "map", "both"])
@pytest.mark.parametrize("suffix", [".csv", ".json"])
def test_marks_may_be_written_apart_in_either(tmp_path: Path, which: str, suffix: str) -> None:
    file, plan = files(tmp_path, *GOOD)
    file.write_text(file.read_text("utf-8").replace("noi_dung", "nội_dung"), "utf-8")
    plan.write_text(PLAN.replace("noi_dung", "nội_dung"), "utf-8")
    if suffix == ".json":
        names, *rows = (line.split(",") for line in file.read_text("utf-8").splitlines())
        file = tmp_path / "a.json"
        file.write_text(json.dumps([dict(zip(names, row, strict=True)) for row in rows], ensure_ascii=False), "utf-8")
    for one in (file,) * (which != "map") + (plan,) * (which != "file"):
        one.write_text(unicodedata.normalize("NFD", one.read_text("utf-8")), "utf-8")
    told = run(file, plan)
    assert told.exit_code == 0, told.output
    assert kept_numbers(["OLD-101"])["OLD-101"][0] == "Ổ gà rất sâu giữa đường"


@pytest.mark.parametrize("address", ["a\n" * 150, "\n" * 150 + "a", "O\u200b\u0302\u0309 " * 100])
def test_an_address_of_many_lines_stops_no_run(tmp_path: Path, address: str) -> None:
    one = dict(zip(NAMES, GOOD[1].split(","), strict=True)) | {"so": "104", "dia_chi": address}
    told = run(*lines(tmp_path, json.dumps(one)))
    assert "4 new" in told.output
    assert "0 of these differ" in told.output


def test_what_nobody_sees_in_a_text_makes_it_no_other(tmp_path: Path) -> None:
    one = dict(zip(NAMES, GOOD[1].split(","), strict=True)) | {
        "so": "104",
        "noi_dung": "O\u200b\u0302\u0309 gà rất sâu",
    }
    how = lines(tmp_path, json.dumps(one))
    assert "4 new" in run(*how).output
    assert "4 here already, 0 of these differ" in run(*how).output


def test_spaces_around_the_name_of_a_column_are_none_of_it(tmp_path: Path) -> None:
    file, plan = files(tmp_path, *GOOD)
    file.write_text(file.read_text("utf-8").replace("noi_dung", " noi_dung "), "utf-8")
    assert "3 new" in run(file, plan, "--dry-run").output
    plan.write_text(PLAN.replace("noi_dung", " noi_dung "), "utf-8")
    assert "3 new" in run(file, plan).output


@pytest.mark.parametrize("name", ["x" * 400, "..", "/", ".", "a/../.."])
def test_a_name_that_no_file_can_have_is_a_bad_row(tmp_path: Path, name: str) -> None:
    told = run(*files(tmp_path, GOOD[0] + name, GOOD[1]), "--photos", tmp_path)
    assert "row 1, photos: there is no " in told.output
    assert "1 new" in told.output


@pytest.mark.parametrize("form", ["NFC", "NFD"])
@pytest.mark.parametrize("spelled", ["NFC", "NFD"])
def test_a_picture_is_found_however_its_name_is_spelled(tmp_path: Path, form: Form, spelled: Form) -> None:
    folder = tmp_path / "ảnh"
    folder.mkdir()
    (folder / unicodedata.normalize(form, "ổ gà.jpg")).write_bytes(a_picture())
    told = run(*files(tmp_path, GOOD[1] + unicodedata.normalize(spelled, "ổ gà.jpg")), "--photos", folder)
    assert told.exit_code == 0, told.output
