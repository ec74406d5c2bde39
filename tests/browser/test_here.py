"""Two operators meet on one case: each sees the other, and who writes; the agency sees neither."""

import re

import pytest
from playwright.sync_api import Browser, Locator, expect

from tests.browser.watching import DESK, MINH, THAO, Seat, a_seat
from tests.running import RunningCity

pytestmark = pytest.mark.browser
QUANG = "+84901000006"


def others(seat: Seat) -> Locator:
    return seat.page.locator("[data-here] output")


def test_colleagues_see_who_looks_and_who_writes_until_they_leave(city: RunningCity, chromium: Browser) -> None:
    size = {"viewport": {"width": DESK[0], "height": DESK[1]}}
    thao, quang, minh = (a_seat(chromium, city, who, **size) for who in (THAO, QUANG, MINH))
    first = minh.go("/desk/?tab=all").locator('a[href*="/desk/PA-"]').first.get_attribute("href") or ""
    (number,) = re.findall(r"PA-\d+-\d+", first)
    minh.go(f"/desk/{number}/")
    thao.go(f"/ops/{number}/")
    quang.go(f"/ops/{number}/")
    expect(others(thao)).to_have_text("Võ Đình Quang đang xem")
    expect(others(quang)).to_have_text("Phan Thị Thảo đang xem")
    note = thao.page.locator("details.move", has_text="Ghi chú").last
    note.locator("summary").click()
    note.locator("textarea").fill("Đang gọi cho phường.")
    expect(others(quang)).to_have_text("Phan Thị Thảo đang viết")
    expect(others(minh)).to_be_empty()
    second = thao.context.new_page()
    second.goto(f"{city.url}/ops/{number}/")
    expect(second.locator("[data-here] output")).to_have_text("Võ Đình Quang đang xem")
    second.close()  # one of two tabs: she is still there, and still writes
    expect(others(quang)).to_have_text("Phan Thị Thảo đang viết")
    thao.go("/ops/")
    # Heard by her farewell, before the 45 seconds after which anybody silent is forgotten.
    expect(others(quang)).to_be_empty(timeout=30_000)
    assert all(seat.is_clean() for seat in (thao, quang, minh))
    for seat in (thao, quang, minh):
        seat.context.close()
