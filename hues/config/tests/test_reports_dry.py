"""What a dry run does not refuse is taken, and both name the row of what is not."""

import re
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from pytest_django import Settings

from hues.config.tests.test_reports import GOOD, PLAN, files, run
from hues.engines.cases import testing
from hues.engines.cases.queries import catalogue, kept_numbers
from hues.kernel import city
from hues.kernel.media.testing import a_picture

pytestmark = pytest.mark.django_db
OUTCOMES = PLAN.replace('answer = "tra_loi"', 'answer = "tra_loi"\noutcome = "ghi_chu"').replace('"ghi_chu"]', "]")
MORE = [
    GOOD[1].replace("102,", "104,"),
    GOOD[1].replace("102,", "105,").replace("gần trường", "Rác"),
    GOOD[2].replace("103,", "106,"),
]


@pytest.fixture(autouse=True)
def _city(db: None) -> None:
    testing.the_city()


def both(*how: Any) -> str:
    """Return what both runs say alike."""
    dry, real = (run(*how, *more).output for more in (["--dry-run"], []))
    assert dry.replace("Would be: ", "") == real
    return real


def test_an_outcome_that_is_none_is_a_map_that_can_not_be_used(tmp_path: Path) -> None:
    file, plan = files(tmp_path, *GOOD)
    for word in ("banana", "promised", "complaint", "duplicate"):
        plan.write_text(f'{OUTCOMES}"gần trường" = "{word}"', "utf-8")
        assert f"map.toml: there is no outcome {word}; there are answered, fixed, " in both(file, plan)
    assert not kept_numbers(["OLD-101", "OLD-102", "OLD-103"])


def test_an_outcome_that_does_not_fit_the_state_is_told_by_row_in_both_runs(tmp_path: Path) -> None:
    file, plan = files(tmp_path, *GOOD, *MORE)
    plan.write_text(f'{OUTCOMES}"gần trường" = "fixed"\n"Rác" = "spam"\n"*" = "not_ours"', "utf-8")
    told = both(file, plan)
    assert "row 5, outcome: a report that is closed does not end spam, but answered" in told
    assert "row 6, outcome: a report that is refused does not end not_ours, but out_of_scope" in told
    assert "3 new" in told
    assert kept_numbers(["OLD-102", "OLD-104"]).keys() == {"OLD-102", "OLD-104"}


@pytest.fixture
def _dated(tmp_path: Path, settings: Settings) -> Iterator[None]:
    """Have the city ask for a date where more is needed: the rules know, no column and no map does."""
    folder = tmp_path / "city"
    shutil.copytree(city.path(""), folder)
    said = (folder / "outcomes.csv").read_text("utf-8")
    asked = re.sub("(?m)^(not_enough,.*),true,false,", r"\1,true,true,", said)
    assert asked != said
    (folder / "outcomes.csv").write_text(asked, "utf-8")
    settings.HUES = replace(settings.HUES, city=folder)
    city.rows.cache_clear()
    catalogue.outcomes.cache_clear()
    yield
    city.rows.cache_clear()
    catalogue.outcomes.cache_clear()


@pytest.mark.usefixtures("_dated")
def test_what_the_city_asks_of_an_outcome_is_asked_in_both_runs(tmp_path: Path) -> None:
    file, plan = files(tmp_path, *GOOD, *MORE)
    plan.write_text(f'{OUTCOMES}"gần trường" = "not_enough"\n"Rác" = "answered"', "utf-8")
    told = both(file, plan)
    assert "row 2, OLD-102: " in told
    assert "row 4, OLD-104: " in told
    assert "4 new" in told
    assert kept_numbers([f"OLD-{n}" for n in range(101, 107)]).keys() == {f"OLD-{n}" for n in (101, 103, 105, 106)}


def test_a_broken_photo_is_told_by_row_in_both_runs_and_a_dry_one_keeps_none(tmp_path: Path) -> None:
    folder = tmp_path / "ảnh"
    folder.mkdir()
    (folder / "a.jpg").write_bytes(a_picture())
    (folder / "b.jpg").write_bytes(a_picture()[:900])
    how: Any = (*files(tmp_path, GOOD[1] + "a.jpg", GOOD[0] + "b.jpg"), "--photos", folder)
    assert "Would be: 1 new" in run(*how, "--dry-run").output
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM media_photo")
        assert cursor.fetchone() == (0,)
    told = both(*how)
    assert "row 2, photos: b.jpg: " in told
    assert "1 new" in told
