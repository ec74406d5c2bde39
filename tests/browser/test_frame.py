"""The staff's frame on a wide screen: its columns scroll, the page itself never does."""

import pytest
from playwright.sync_api import Browser

from tests.browser.watching import MAI, SON, THAO, a_seat
from tests.running import RunningCity

pytestmark = pytest.mark.browser
SHORT = {"width": 1440, "height": 500}
UNSEEN = """() => document.querySelector(".desk-main").insertAdjacentHTML("beforeend",
    '<div style="height: 2000px"></div><button class="visually-hidden">first</button>')"""
BEYOND = "document.documentElement.scrollHeight - innerHeight"
PAGES = {
    MAI: ["people", "agencies", "categories", "health"],
    SON: ["alerts/new", "notices/new", "alerts", "notices"],
    THAO: ["", "sealed", "templates", "storm_flood/levels"],
}


@pytest.mark.parametrize("who", PAGES)
def test_no_page_scrolls_outside_of_its_columns(city: RunningCity, chromium: Browser, who: str) -> None:
    seat = a_seat(chromium, city, who, viewport=SHORT, bypass_csp=True)
    for path in PAGES[who]:
        page = seat.go(f"/ops/{path}/".replace("//", "/"))
        assert page.evaluate(BEYOND) <= 0, path
        page.evaluate(UNSEEN)
        assert page.evaluate(BEYOND) <= 0, f"{path}: what is hidden at the end of a column makes the page longer"
    seat.context.close()
