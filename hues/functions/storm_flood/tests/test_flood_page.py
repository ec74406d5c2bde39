"""The flood page tells levels, ages, places and alerts to everybody, and stays on the phone."""

import json
from datetime import timedelta
from decimal import Decimal

import pytest
from django.test import Client

from hues.functions.storm_flood import actions, queries
from hues.functions.storm_flood.actions import NewReading
from hues.functions.storm_flood.board import age_words, board
from hues.functions.storm_flood.gauges import alarm_of, gauges
from hues.functions.storm_flood.shelters import shelters
from hues.kernel.agencies import testing as cast
from hues.kernel.areas.testing import the_wards
from hues.kernel.city import document
from hues.kit.clock import now

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


def _enter(metres: str, hours_ago: float, gauge: str = "kim-long") -> None:
    at = now()
    reading = NewReading(gauge=gauge, metres=Decimal(metres), at=at - hours_ago * HOUR, source="Trạm thủy văn")
    actions.enter(reading, by=cast.operator(), at=at)


def _page(address: str = "/f/storm_flood/") -> str:
    the_wards()
    answer = Client().get(address)
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.mark.parametrize(("metres", "alarm"), [("0.99", 0), ("1.00", 1), ("2.00", 2), ("3.49", 2), ("3.50", 3)])
def test_an_alarm_level_is_reached_at_its_own_metre(metres: str, alarm: int) -> None:
    kim_long = next(gauge for gauge in gauges() if gauge.code == "kim-long")
    assert alarm_of(kim_long, Decimal(metres)) == alarm


def test_no_alarm_is_told_of_a_gauge_whose_levels_are_not_known() -> None:
    truoi = next(gauge for gauge in gauges() if gauge.code == "truoi")
    assert alarm_of(truoi, Decimal("3.8")) is None


def test_a_fresh_level_is_told_with_its_alarm_trend_source_and_age() -> None:
    _enter("1.10", 7)
    _enter("2.40", 3)
    page = _page()
    for words in ("2,40 m", "Trên báo động 2", "đo cách đây 3 giờ", "đang lên", "Trạm thủy văn"):
        assert words in page
    line = next(line for line in board(now()) if line.gauge.code == "kim-long")
    assert (line.stale, line.tone, line.trend) == (False, "wait", "rising")


@pytest.mark.parametrize(
    ("metres", "hours", "alarm", "tone"), [("2.50", 8, 2, ""), ("5.05", 8, 3, "bad"), ("5.05", 25, 3, "")]
)
def test_an_old_level_is_told_as_old_and_only_the_highest_alarm_keeps_its_colour_for_a_day(
    metres: str, hours: int, alarm: int, tone: str
) -> None:
    _enter(metres, hours)
    line = next(line for line in board(now()) if line.gauge.code == "kim-long")
    assert (line.stale, line.tone, line.alarm) == (True, tone, alarm)
    assert ('class="chip bad">Trên báo động 3' in _page()) is (tone == "bad")


@pytest.mark.parametrize("address", ["/f/storm_flood/", "/f/storm_flood/sos/", "/en/f/storm_flood/"])
def test_every_number_to_ring_says_who_answers(address: str) -> None:
    said = "Search and rescue" if address.startswith("/en/") else "Tìm kiếm, cứu nạn"
    assert f'<span class="small">{said}</span>' in _page(address)


def test_a_correction_of_the_same_instant_holds() -> None:
    at = now()
    for metres in ("9.99", "0.99"):
        reading = NewReading(gauge="kim-long", metres=Decimal(metres), at=at - HOUR, source="Trạm")
        actions.enter(reading, by=cast.operator(), at=at)
        at += timedelta(seconds=1)
    found = queries.latest(at)["kim-long"]
    assert found.metres == Decimal("0.99")


def test_without_any_entry_the_levels_of_the_citys_folder_are_shown_with_their_source() -> None:
    page = _page()
    assert "Việt Báo" in page
    assert "571654" not in page
    assert "3,54 m" in page


def test_ages_are_told_in_minutes_hours_and_days() -> None:
    at = now()
    said = [age_words(at - span, at) for span in (timedelta(seconds=5), 40 * HOUR / 60, 5 * HOUR, 50 * HOUR)]
    assert said == ["đo cách đây 1 phút", "đo cách đây 40 phút", "đo cách đây 5 giờ", "đo cách đây 2 ngày"]


def test_the_page_is_the_same_for_everybody_and_asks_to_be_kept() -> None:
    the_wards()
    answer = Client().get("/f/storm_flood/")
    assert answer.headers["X-Hues-Offline"] == "keep"
    assert "public" in answer.headers["Cache-Control"]
    assert not answer.cookies


def test_every_emergency_number_can_be_rung_from_the_page() -> None:
    page = _page("/en/f/storm_flood/")
    numbers = [one["number"] for one in document("city.toml")["emergency"]]
    assert numbers == ["112", "113", "114", "115"]
    assert all(f'href="tel:{number}"' in page for number in numbers)


def test_places_are_found_without_tone_marks_and_by_the_names_of_before() -> None:
    the_wards()
    assert {place.ward.code for place in shelters("vy da") if place.ward} == {"19777"}
    assert any(place.ward and place.ward.code == "19753" for place in shelters("tay loc"))
    assert {place.kind for place in shelters("", "parking")} == {"parking"}
    assert shelters("khong co noi nay") == ()


def test_a_search_needs_no_script() -> None:
    page = _page("/f/storm_flood/?q=quoc+hoc&kind=shelter")
    assert "Quốc Học" in page
    assert "Aeon" not in page
    assert "Không tìm thấy gì" in _page("/f/storm_flood/?q=xyzzy")


def test_every_place_lies_in_the_ward_it_names() -> None:
    the_wards()
    assert [place.code for place in shelters() if place.ward is None] == []


def test_the_map_shows_every_place_and_gauge_with_a_point() -> None:
    the_wards()
    found = json.loads(Client().get("/f/storm_flood/places.json").content)
    with_point = sum(gauge.lat is not None for gauge in gauges())
    assert len(found["features"]) == len(shelters()) + with_point


def test_the_bar_of_a_river_above_everything_known_is_full() -> None:
    _enter("6.40", 0.5)
    kim_long = next(line for line in board(now()) if line.gauge.code == "kim-long")
    assert kim_long.gauge.record is not None
    assert kim_long.of == 6.4 > kim_long.gauge.record
    assert 'max="6.40" value="6.40"' in _page()


def test_a_level_that_no_alarm_level_measures_has_no_bar() -> None:
    _enter("60.20", 0.5, gauge="thuong-nhat")
    thuong_nhat = next(line for line in board(now()) if line.gauge.code == "thuong-nhat")
    assert thuong_nhat.level
    assert thuong_nhat.of == 0
    assert 'aria-label="Thượng Nhật"' not in _page()


def test_what_to_do_opens_at_the_water_that_is_here_once_a_river_is_above_the_highest_alarm() -> None:
    coming, here = "Nước sắp đến", "Nước đã đến"
    before = _opened(_page())
    _enter("3.72", 1)
    after = _opened(_page())
    assert [coming in before, here in before] == [True, False]
    assert [coming in after, here in after] == [False, True]


def _opened(page: str) -> str:
    """Return the headings of what is open under "what to do now"."""
    told = page.partition('id="do"')[2].partition('id="where"')[0]
    return " ".join(part.partition("</h3>")[0] for part in told.split('<details class="card" open>')[1:])
