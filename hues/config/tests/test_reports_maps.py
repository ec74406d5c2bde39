"""The maps that come along speak of what the city has."""

import csv

import pytest

from hues.config.chores.reports import mapping
from hues.config.tests.test_reports import MAPS
from hues.kernel import city


def codes(name: str) -> set[str]:
    with city.path(name).open(encoding="utf-8-sig", newline="") as file:
        return {row["code"] for row in csv.DictReader(file) if row.get("parent", "leaf")}


@pytest.mark.parametrize("name", sorted(file.name for file in MAPS.glob("*.toml")))
def test_every_category_and_agency_of_a_map_is_one_of_the_city(name: str) -> None:
    plan = mapping.read(MAPS / name)
    assert set(plan.values["category"].values()) <= codes("categories.csv")
    assert set(plan.values["agency"].values()) <= codes("agencies.csv")


@pytest.mark.parametrize(
    ("main", "sub", "ours"),
    [
        ("afval", "grofvuil", "rubbish-missed"),
        ("afval", "asbest-accu", "rubbish-dumped"),
        ("wegen-verkeer-straatmeubilair", "verkeerslicht", "traffic-signal"),
        ("overlast-van-dieren", "ganzen", "animals-livestock"),
        ("overig", "overig", ""),
    ],
)
def test_the_map_of_signalen_knows_a_category_by_both_names_or_by_the_main_one(main: str, sub: str, ours: str) -> None:
    plan = mapping.read(MAPS / "signalen.toml")
    assert plan.ours({"category": {"main_slug": main, "sub_slug": sub}}, "category") == ours


@pytest.mark.parametrize(("state", "ours"), [("h", "in_progress"), ("s", "closed"), ("sent", "in_progress")])
def test_the_map_of_signalen_knows_the_states_between(state: str, ours: str) -> None:
    plan = mapping.read(MAPS / "signalen.toml")
    assert plan.ours({"status": {"state": state}}, "state") == ours
