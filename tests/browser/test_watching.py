"""A page that stays open hears of a warning, and that it is over, without being asked for again."""

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.watching import PATIENCE, a_seat
from tests.running import RunningCity, within

pytestmark = pytest.mark.browser
DEMO = {"HUES_DEMO": "1"}
HEADLINE, CHANGED = "Lũ quét về trong đêm, rời bãi sông ngay", "Trang vừa được cập nhật."


def test_an_open_page_shows_a_new_warning_and_its_end(city: RunningCity, chromium: Browser) -> None:
    seat = a_seat(chromium, city)
    home, listed = seat.go("/"), seat.context.new_page()
    listed.goto(f"{city.url}/f/alerts/")
    home.bring_to_front()
    with home.expect_request("**/live/pages/**"):
        home.reload()
    pk, identifier = within(city.home, DEMO, "issue", wards=["19753"], headline=HEADLINE)
    expect(home.locator("#strips")).to_contain_text(HEADLINE, timeout=PATIENCE)
    expect(home.locator("#toasts")).to_contain_text(CHANGED)
    listed.bring_to_front()
    expect(listed.locator("#alerts-now")).to_contain_text(HEADLINE, timeout=PATIENCE)
    with listed.expect_request("**/live/pages/**"):
        listed.goto(f"{city.url}/f/alerts/{identifier}/")
    expect(listed.locator(".alert-over")).to_have_count(0)
    within(city.home, DEMO, "cancel", after=pk)
    expect(listed.locator("#alert .alert-over")).to_be_visible(timeout=PATIENCE)
    expect(listed.locator("#alert .banner.wait a")).to_be_visible()
    expect(home.locator("#strips")).not_to_contain_text(HEADLINE, timeout=PATIENCE)
    assert seat.is_clean()
    seat.context.close()
