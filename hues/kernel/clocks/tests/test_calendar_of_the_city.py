"""The city's calendar is read from its data."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from pytest_django import Settings

from hues.kernel import city
from hues.kernel.clocks import queries

HUE = ZoneInfo("Asia/Ho_Chi_Minh")


@pytest.fixture(autouse=True)
def _read_anew() -> Iterator[None]:
    def forget() -> None:
        city.document.cache_clear()
        city.city.cache_clear()
        queries.calendar.cache_clear()

    forget()
    yield
    forget()


def test_hue_works_office_hours_and_rests_at_tet() -> None:
    calendar = queries.calendar()
    assert calendar.is_working(datetime(2026, 3, 2, 7, 30, tzinfo=HUE))
    assert not calendar.is_working(datetime(2026, 3, 2, 12, 0, tzinfo=HUE))
    assert not calendar.works_on(date(2026, 2, 17))
    assert calendar.works_on(date(2026, 8, 22))


def test_a_city_may_close_for_a_storm_and_work_a_saturday(tmp_path: Path, settings: Settings) -> None:
    theirs = city.path("city.toml").read_text("utf-8")
    (tmp_path / "city.toml").write_text(
        theirs.replace("[working_hours]", "[working_hours]\nclosed = [2026-03-02]\nopen = [2026-03-07]"), "utf-8"
    )
    settings.HUES = replace(settings.HUES, city=tmp_path)
    city.document.cache_clear()
    queries.calendar.cache_clear()
    calendar = queries.calendar()
    assert not calendar.works_on(date(2026, 3, 2))
    assert calendar.works_on(date(2026, 3, 7))
    assert not calendar.works_on(date(2026, 2, 17))
