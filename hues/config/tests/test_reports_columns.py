"""A map and a file that do not fit are told before anything is taken, and no column is left out without a word."""

import json
from pathlib import Path

import pytest

from hues.config.tests.test_reports import GOOD, HEAD, PLAN, files, run
from hues.engines.cases import testing
from hues.engines.cases.queries import kept_numbers

pytestmark = pytest.mark.django_db
NUMBERS = [f"OLD-{n}" for n in (101, 102, 103)]


@pytest.fixture(autouse=True)
def _city(db: None) -> None:
    testing.the_city()


def as_json(folder: Path) -> Path:
    file = folder / "a.json"
    rows = [dict(zip(HEAD.split(","), line.split(","), strict=True)) for line in GOOD]
    nested = [row | {"more": {"who": "x", "tags": ["a", "b"], "none": None}} for row in rows]
    file.write_text(json.dumps(nested), "utf-8")
    return file


@pytest.mark.parametrize("suffix", [".csv", ".json"])
def test_a_column_that_the_file_lacks_is_named_and_nothing_is_taken(tmp_path: Path, suffix: str) -> None:
    file, plan = files(tmp_path, *GOOD)
    if suffix == ".json":
        file = as_json(tmp_path)
    plan.write_text(PLAN.replace("tra_loi", "tra_lai").replace('"ghi_chu"', '"ghi_chú"'), "utf-8")
    told = run(file, plan)
    assert f"map.toml: {file.name} has no “ghi_chú” (text), “tra_lai” (answer); it has " in told.output
    assert "tra_loi" in told.output
    assert told.exit_code == 1
    assert not kept_numbers(NUMBERS)
    plan.write_text('optional = ["tra_lai", "ghi_chú"]\n' + plan.read_text("utf-8"), "utf-8")
    assert "3 new" in run(file, plan).output


def test_a_place_in_a_file_that_holds_more_than_words_is_no_column(tmp_path: Path) -> None:
    _file, plan = files(tmp_path)
    plan.write_text(PLAN.replace('"tra_loi"', '"more"'), "utf-8")
    assert "has no “more” (answer)" in run(as_json(tmp_path), plan).output
    plan.write_text(PLAN.replace('"tra_loi"', '"more.tags.1"'), "utf-8")
    assert "3 new" in run(as_json(tmp_path), plan).output


def test_columns_that_the_map_leaves_out_are_listed_with_how_many_cells_are_filled(tmp_path: Path) -> None:
    file, plan = files(tmp_path)
    more = [f"{line},{who},,lại" for line, who in zip(GOOD, ("Lan", "", "Minh"), strict=True)]
    file.write_text("\n".join([f"{HEAD},người_gửi,trống,noi_dung", *more]), "utf-8")
    for dry in (["--dry-run"], []):
        told = run(file, plan, *dry).output
        assert "not used: “người_gửi” (2 filled)" in told
        assert "not used: “noi_dung (2)” (3 filled)" in told
        assert "trống" not in told
    assert kept_numbers(NUMBERS)["OLD-101"][0] == "Ổ gà rất sâu giữa đường"
    told = run(as_json(tmp_path), plan).output
    assert "not used: “more.who” (3 filled)" in told
    assert "not used: “more.tags.1” (3 filled)" in told
    assert "more.none" not in told


@pytest.mark.parametrize("delimiter", [";", "\t"])
def test_a_table_that_something_else_than_commas_divides_is_read_all_the_same(tmp_path: Path, delimiter: str) -> None:
    file, plan = files(tmp_path, *GOOD)
    text = file.read_text("utf-8").replace(",", delimiter)
    file.write_text(text.replace("16.4637", "16,4637").replace("107.5909", "107,5909"), "utf-8")
    told = run(file, plan)
    assert told.exit_code == 0, told.output
    assert "3 new" in told.output


def test_a_row_with_more_cells_than_the_first_is_told(tmp_path: Path) -> None:
    told = run(*files(tmp_path, GOOD[0], GOOD[1].replace("Mặt đường", "Mặt, đường")))
    assert "row 2, it has more cells than the first row" in told.output
    assert "1 new" in told.output


def test_words_of_ours_for_values_of_no_column_are_told(tmp_path: Path) -> None:
    file, plan = files(tmp_path, *GOOD[:2])
    plan.write_text(PLAN + '"Đã sửa" = "fixed"\n', "utf-8")
    assert "does not say where to find what [outcomes] is of" in run(file, plan).output
    plan.write_text(PLAN + '"*" = "fixed"\n', "utf-8")
    assert "2 new" in run(file, plan).output
