"""The tabs of a desk stand in one row, which scrolls where it is too narrow: the tab one stands in is in view."""

import pytest
from playwright.sync_api import Browser

from tests.browser.watching import THAO, a_seat
from tests.running import RunningCity

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("language", ["", "/en"])
def test_no_tab_of_the_centre_is_cut_off(city: RunningCity, chromium: Browser, language: str) -> None:
    page = a_seat(chromium, city, THAO).go(f"{language}/ops/")
    tabs = page.locator("#tabs a")
    assert tabs.count() == 9
    assert len({box["y"] for tab in tabs.all() if (box := tab.bounding_box())}) == 1
    room = page.locator(".desk-top .tabs").first.bounding_box()
    assert room
    for box in (tab.bounding_box() for tab in tabs.all()):
        assert box
        assert room["x"] <= box["x"]
        assert box["x"] + box["width"] <= room["x"] + room["width"] + 1
        assert room["y"] - 1 <= box["y"]


def test_a_row_that_is_too_long_scrolls_to_the_tab_one_stands_in(city: RunningCity, chromium: Browser) -> None:
    page = a_seat(chromium, city, THAO, viewport={"width": 1024, "height": 900}).go("/ops/?tab=all")
    tabs, room = page.locator("#tabs a"), page.locator("#tabs").bounding_box()
    assert len({box["y"] for tab in tabs.all() if (box := tab.bounding_box())}) == 1
    here = page.locator("#tabs [aria-current]").bounding_box()
    assert here
    assert room
    assert here["x"] + here["width"] <= room["x"] + room["width"] + 1
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_no_row_of_the_queue_hides_its_title_or_the_end_of_its_place(city: RunningCity, chromium: Browser) -> None:
    page = a_seat(chromium, city, THAO).go("/ops/?tab=all")
    cells = page.locator(".cases :is(.cover, .place)")
    assert cells.count() > 20
    hidden = "all => all.filter(one => one.scrollWidth > one.clientWidth || one.scrollHeight > one.clientHeight + 2)"
    assert cells.evaluate_all(f"{hidden}.map(one => one.textContent)") == []
