"""Numbers of the city's own that come back by an import: none is given out twice, and no slip carries the count off."""

from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from hues.config.tests.test_reports import GOOD, files, run
from hues.engines.cases import actions, queries, testing
from hues.engines.cases.actions import PreparedCase
from hues.engines.cases.queries import kept_numbers
from hues.engines.cases.rules.numbers import is_public, parse
from hues.kernel.agencies import testing as cast
from hues.kit import clock

pytestmark = pytest.mark.django_db
ONE: dict[str, Any] = {"category": testing.POTHOLE, "text": testing.WORDS, "place": testing.DAI_NOI}
NEXT = f"PA-{clock.now().year + 1}-000001"


@pytest.fixture(autouse=True)
def _city(db: None) -> None:
    testing.the_city()


def own(folder: Path, *numbers: str) -> tuple[Path, Path]:
    file, plan = files(folder, *(GOOD[0].replace("101,", f"{number},", 1) for number in numbers))
    plan.write_text(plan.read_text("utf-8").replace('prefix = "OLD-"', 'prefix = ""'), "utf-8")
    return file, plan


@pytest.mark.parametrize("number", ["PA-2026-999999999999", "PA-2026-099999999", "PA-2020-1000001", NEXT])
def test_a_number_of_our_own_far_ahead_is_a_bad_row_and_the_next_report_has_an_address(
    tmp_path: Path, number: str
) -> None:
    told = run(*own(tmp_path, number, "PA-2026-000300"))
    assert f"row 1, number: “{number}” is one of our own, and far beyond" in told.output
    assert "1 new" in told.output
    receipt = testing.a_case(by=cast.lan(), at=clock.now())
    assert is_public(receipt.number)
    assert Client().get(f"/f/field_reports/{receipt.number}/").status_code < 500
    found = parse(receipt.number)
    assert found
    assert found[2] < 10_000


def test_even_a_number_that_no_check_has_seen_never_carries_the_count_beyond_what_addresses_hold() -> None:
    case = PreparedCase(number="PA-2026-999999999999", at=testing.MONDAY, **ONE)
    actions.import_cases([case], at=clock.now())
    assert is_public(actions.open_case(**ONE, by=cast.lan(), at=testing.MONDAY).number)


def test_a_number_of_one_year_on_a_report_of_another_is_not_given_out_again(tmp_path: Path) -> None:
    first = parse(actions.open_case(**ONE, by=cast.lan(), at=clock.now()).number)
    assert first
    there = f"PA-{first[1]}-{first[2] + 1:06}"
    file, plan = own(tmp_path, there)
    file.write_text(file.read_text("utf-8").replace("02/03/2026", "02/03/2025"), "utf-8")
    assert run(file, plan).exit_code == 0
    assert there in kept_numbers([there])
    following = parse(actions.open_case(**ONE, by=cast.lan(), at=clock.now()).number)
    assert following == (*first[:2], first[2] + 2)


def test_a_report_that_came_with_the_number_of_a_part_leaves_the_case_to_be_split(tmp_path: Path) -> None:
    case = testing.a_case(by=cast.lan(), at=testing.MONDAY)
    assert "2 new" in run(*own(tmp_path, f"{case.number}-1", f"{case.number}-3")).output
    whole = testing.split(case)
    found = queries.ops_case(cast.operator(), whole.number, at=testing.MONDAY)
    assert [part.number for part in found.parts] == [f"{case.number}-2", f"{case.number}-4"]
    assert queries.ops_case(cast.operator(), f"{case.number}-1", at=clock.now()).whole is None
