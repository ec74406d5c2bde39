"""The city's folder holds together: every code leads somewhere and every word is there in both languages."""

import csv
import json
import re
import string
import tomllib
from collections import Counter
from itertools import product
from pathlib import Path
from typing import Any

import pytest

CITY = Path(__file__).resolve().parents[3] / "cities" / "hue"
SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
ELSEWHERE = {"Lịch cắt điện", "Lịch cắt nước", "Tra cứu hồ sơ", "Quên mật khẩu"}


def _rows(name: str) -> list[dict[str, str]]:
    with (CITY / name).open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def _document(name: str) -> dict[str, Any]:
    return tomllib.loads((CITY / name).read_text("utf-8"))


WARDS = {row["code"]: row for row in _rows("wards.csv")}
AGENCIES = {row["code"]: row for row in _rows("agencies.csv")}
CATEGORIES = {row["code"]: row for row in _rows("categories.csv")}
LEAVES = [row for row in CATEGORIES.values() if row["parent"]]
ROUTES = sorted(_rows("routes.csv"), key=lambda row: int(row["order"]))


def test_forty_wards_name_one_another_as_neighbours() -> None:
    assert len(WARDS) == 40
    for code, row in WARDS.items():
        assert all(code in WARDS[near]["neighbours"].split() for near in row["neighbours"].split())


def test_every_former_unit_went_to_a_ward() -> None:
    units = _rows("old_units.csv")
    assert len({unit["old_code"] for unit in units}) == len(units) == 134
    assert {unit["ward_code"] for unit in units} == set(WARDS)


def test_every_ward_has_its_five_agencies_and_the_city_twenty_seven() -> None:
    kinds = {"peoples_committee", "economy_office", "service_centre", "police", "health_station"}
    assert len(AGENCIES) == 227
    per_ward = Counter(row["ward_code"] for row in AGENCIES.values())
    assert per_ward.pop("") == 27
    assert per_ward == dict.fromkeys(WARDS, 5)
    for ward in WARDS:
        assert {row["kind"] for row in AGENCIES.values() if row["ward_code"] == ward} == kinds


def test_every_agency_says_where_its_name_comes_from_and_who_stands_above_it() -> None:
    for code, row in AGENCIES.items():
        assert SLUG.fullmatch(code)
        assert row["source"] in {"facts", "general"}
        assert row["parent_code"] == "" or row["parent_code"] in AGENCIES


def test_categories_have_two_levels_and_say_everything_twice() -> None:
    assert len(LEAVES) >= 60
    for row in CATEGORIES.values():
        assert SLUG.fullmatch(row["code"])
        assert not CATEGORIES[row["parent"]]["parent"] if row["parent"] else True
        assert row["title_vi"]
        assert row["title_en"]
        assert row["hint_vi"]
        assert row["hint_en"]
    for row in LEAVES:
        assert row["not_this_vi"]
        assert row["not_this_en"]
        assert row["service_class"] in {"urgent", "normal", "complex"}
        assert set(row["accepts"].split()) <= {"photo", "clip"}
        assert row["coarse"] in {"true", "false"}
        assert row["emergency"] in {"", "112", "113", "114", "115"}
        assert row["keywords_vi"].split("|")


@pytest.mark.parametrize("language", ["vi", "en"])
def test_a_hint_that_points_elsewhere_points_at_something(language: str) -> None:
    titles = {row[f"title_{language}"] for row in CATEGORIES.values()} | ELSEWHERE
    for row in LEAVES:
        assert set(re.findall("“([^”]+)”", row[f"not_this_{language}"])) <= titles, row["code"]


def test_nothing_is_an_emergency_that_does_not_name_its_number() -> None:
    for row in LEAVES:
        if row["emergency"]:
            assert re.search(r"\b11[2-5]\b", row["hint_vi"] + row["not_this_vi"]), row["code"]


def test_every_category_of_every_ward_reaches_an_agency() -> None:
    by_kind = {(row["kind"], row["ward_code"]): code for code, row in AGENCIES.items()}
    for leaf in LEAVES:
        for ward in WARDS:
            for owner, times in product(("", "national", "city", "ward"), ("", "off")):
                agency = _routed(leaf, ward, owner, times)
                found = by_kind[agency[1:], ward] if agency.startswith("@") else agency
                assert found in AGENCIES


def _routed(leaf: dict[str, str], ward: str, owner: str, times: str) -> str:
    for row in ROUTES:
        if row["times"] not in ("", times):
            continue
        if row["category"] not in ("", leaf["code"], leaf["parent"]):
            continue
        if (row["ward"] and ward not in row["ward"].split()) or row["road_owner"] not in ("", owner):
            continue
        return row["agency"]
    raise AssertionError(f"{leaf['code']} in {ward} leads nowhere")


def test_no_route_is_hidden_by_one_before_it() -> None:
    for at, row in enumerate(ROUTES):
        for before in ROUTES[:at]:
            leaf = CATEGORIES.get(row["category"])
            covers = before["category"] in ("", row["category"], leaf["parent"] if leaf else "")
            wards = not before["ward"] or (row["ward"] and set(row["ward"].split()) <= set(before["ward"].split()))
            owner = before["road_owner"] in ("", row["road_owner"])
            times = before["times"] in ("", row["times"])
            assert not (covers and wards and owner and times), (before, row)


def test_questions_have_as_many_words_as_options() -> None:
    for row in _rows("questions.csv"):
        assert CATEGORIES[row["category"]]["parent"]
        assert row["kind"] in {"one", "many", "text", "date"}
        assert len({row[key].count("|") for key in ("option_keys", "options_vi", "options_en")}) == 1
        assert bool(row["option_keys"]) == (row["kind"] in {"one", "many"})


def test_keywords_speak_of_leaves_and_every_leaf_has_some() -> None:
    rows = [(row["words"], row["category"]) for row in _rows("keywords.csv")]
    assert len(set(rows)) == len(rows)
    assert {category for _words, category in rows} == {row["code"] for row in LEAVES}
    assert all(words == words.lower().strip() and words for words, _category in rows)


def test_every_leaf_has_four_texts_with_no_slot_but_the_street() -> None:
    texts = _document("templates.toml")
    assert set(texts["reports"]) == {row["code"] for row in LEAVES}
    for code, lines in texts["reports"].items():
        assert len(set(lines)) >= 4, code
        for line in lines:
            assert {slot for _, slot, _, _ in string.Formatter().parse(line) if slot} <= {"street"}
    assert set(texts["fixed"]) == {row["code"] for row in CATEGORIES.values() if not row["parent"]}
    assert all("{date}" in line for line in texts["answers"]["promised"])
    assert set(texts["answers"]) <= {row["code"] for row in _rows("outcomes.csv")}


def test_every_ward_has_a_street_and_every_street_an_owner() -> None:
    streets = _rows("streets.csv")
    assert {row["ward_code"] for row in streets} == set(WARDS)
    assert {row["road_owner"] for row in streets} == {"national", "city", "ward"}
    assert {row["source"] for row in streets} == {"facts", "demo"}


def test_unverified_landmarks_are_labelled() -> None:
    assert Counter(row["check"] for row in _rows("landmarks.csv")) == {"ok": 24, "demo": 25}


def test_vietnamese_is_composed_and_keeps_its_marks() -> None:
    for file in CITY.iterdir():
        text = file.read_text("utf-8")
        assert not re.search("[\u0300-\u036f]", text), f"{file.name} holds loose marks"
        assert "\ufffd" not in text


def test_the_city_says_what_the_platform_asks() -> None:
    facts = _document("city.toml")
    south, west, north, east = facts["bounds"]
    lat, lng = facts["center"]
    assert south < lat < north
    assert west < lng < east
    assert facts["hotline"] == "19001075"
    assert [row["number"] for row in facts["emergency"]] == ["112", "113", "114", "115"]
    assert facts["operations_centre"]["agency"] in AGENCIES
    for file in (facts["map"]["boundaries"], facts["map"]["schematic"]):
        assert json.loads((CITY / file).read_text("utf-8"))["type"] == "FeatureCollection"


def test_the_readme_says_of_every_file_what_it_is() -> None:
    said = set(re.findall(r"^\| `([\w.]+)` \|", (CITY / "README.md").read_text("utf-8"), re.M))
    assert said == {file.name for file in CITY.iterdir()} - {"README.md"}
