"""Every tab of a desk can be seen: what does not fit into one row stands in a second one."""

import pytest
from playwright.sync_api import Browser

from tests.browser.watching import THAO, a_seat
from tests.running import RunningCity

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("width", [1440, 1024])
@pytest.mark.parametrize("language", ["", "/en"])
def test_no_tab_of_the_centre_is_cut_off(city: RunningCity, chromium: Browser, width: int, language: str) -> None:
    page = a_seat(chromium, city, THAO).go("/ops/")
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(f"{city.url}{language}/ops/")
    tabs = page.locator("#tabs a")
    assert tabs.count() == 9
    room = page.locator(".desk-top .tabs").first.bounding_box()
    assert room
    for box in (tab.bounding_box() for tab in tabs.all()):
        assert box
        assert room["x"] <= box["x"]
        assert box["x"] + box["width"] <= room["x"] + room["width"] + 1
        assert room["y"] - 1 <= box["y"]
