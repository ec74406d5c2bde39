"""Whoever signs out of a shared phone leaves no page behind that “back” would show."""

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.watching import ARGUMENTS, CHROMIUM, LAN, a_seat
from tests.running import RunningCity

pytestmark = pytest.mark.browser
MINE = "/f/field_reports/mine/"


def test_back_shows_nothing_of_whoever_has_signed_out(city: RunningCity, chromium: Browser) -> None:
    # Playwright's own browser keeps no pages to go back to, a phone's does.
    keeping = ["--disable-back-forward-cache"]
    phone = chromium.browser_type.launch(executable_path=CHROMIUM, args=ARGUMENTS, ignore_default_args=keeping)
    seat = a_seat(phone, city, LAN)
    page = seat.go(MINE)
    expect(page.locator("h1")).to_have_text("Phản ánh của tôi")
    seat.go("/me/").locator('form[action$="/logout/"] button').click()
    page.wait_for_url(city.url)
    for before in ("/me/", MINE):
        page.go_back(wait_until="commit")
        expect(page.locator("h1"), before).to_have_text("Đăng nhập")
    phone.close()
