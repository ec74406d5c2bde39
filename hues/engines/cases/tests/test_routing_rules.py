"""Which agency a case goes to, on whose road, at what time."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from hues.engines.cases.queries.routes import road_of
from hues.engines.cases.rules.roads import Named, Road, named_in
from hues.engines.cases.rules.routing import Rule, are_times, first_fitting
from hues.kernel.clocks.queries import calendar

RULES = (
    Rule(category="roads-pothole", road_owner="national", target="roads-agency"),
    Rule(category="lights", wards=frozenset({"19753"}), target="hepco"),
    Rule(category="lights", target="@economy_office"),
    Rule(target="@peoples_committee"),
)
HERE = ZoneInfo("Asia/Ho_Chi_Minh")


def target(*, path: tuple[str, ...], ward: str, road_owner: str = "") -> str | None:
    found = first_fitting(RULES, path=path, ward=ward, road_owner=road_owner)
    return found.target if found else None


def test_the_first_rule_that_fits_wins() -> None:
    assert target(path=("lights-out", "lights"), ward="19753") == "hepco"
    assert target(path=("lights-out", "lights"), ward="19777") == "@economy_office"
    assert target(path=("roads-pothole", "roads"), ward="1", road_owner="national") == "roads-agency"
    assert target(path=("roads-pothole", "roads"), ward="1") == "@peoples_committee"


def test_the_office_of_an_unknown_ward_is_nobody() -> None:
    assert target(path=("trees",), ward="") is None


@pytest.mark.parametrize(
    ("times", "when", "holds"),
    [
        ("working", "2026-03-02 10:00", True),  # a Monday
        ("working", "2026-03-02 12:00", False),
        ("off", "2026-03-02 12:00", True),
        ("off", "2026-03-01 10:00", True),
        ("22:00-06:00", "2026-03-02 23:00", True),
        ("22:00-06:00", "2026-03-02 05:59", True),
        ("22:00-06:00", "2026-03-02 06:00", False),
        ("sat sun", "2026-03-01 00:00", True),
        ("sat sun", "2026-03-02 00:00", False),
        ("sun 22:00-06:00", "2026-03-02 05:00", True),
        ("sun 22:00-06:00", "2026-03-01 05:00", False),
        ("mon 08:00-09:00", "2026-03-02 08:30", True),
        ("mon 08:00-09:00", "2026-03-02 09:00", False),
    ],
)
def test_a_rule_holds_at_its_times_in_the_citys_hours(times: str, when: str, holds: bool) -> None:  # noqa: FBT001
    at = datetime.fromisoformat(when).replace(tzinfo=HERE)
    assert are_times(times)
    found = first_fitting([Rule(times=times, target="x")], path=(), ward="", at=at, calendar=calendar())
    assert bool(found) is holds
    assert first_fitting([Rule(times=times, target="x")], path=(), ward="") is None


@pytest.mark.parametrize("words", ["night", "25:00-26:00", "mon18:00-19:00", "18:00", "sat noon"])
def test_what_says_no_time_is_refused(words: str) -> None:
    assert not are_times(words)


ROADS = (
    Road(name="kiệt #", owner="ward"),
    Road(name="quốc lộ #", owner="national"),
    Road(name="Lê Lợi", owner="city", ward="1"),
)


def test_a_road_is_recognised_without_tone_marks_and_only_as_a_whole_name() -> None:
    def owner(address: str, text: str = "", ward: str = "1") -> str:
        found = named_in(ROADS, ward=ward, address=address, text=text)
        return found.owner if found else ""

    assert owner("Km 12 quoc lo 1A") == "national"
    assert owner("kiệt 5 Lê Lợi") == "ward"
    assert owner("12 LE LOI, Thuận Hóa") == "city"
    assert owner("12 Lê Lợi", ward="2") == ""
    assert owner("12 Lê Lợi", "Ổ gà trên quốc lộ 49B") == "city"
    assert owner("", "Ổ gà trên quốc lộ 49B") == "national"
    # A school, a person: in a story a bare name proves nothing.
    assert owner("", "Gần trường Lê Lợi, tôi kiệt sức") == ""


def test_the_citys_own_roads_are_known() -> None:
    assert road_of("", address="QL1A, cầu Phú Bài") == Named(name="QL1A", owner="national")
    assert road_of("", address="Kiệt 42 Nguyễn Công Trứ") == Named(name="kiệt 42", owner="ward")
    assert road_of("", address="23 Tháng 8, Phú Xuân") is None
