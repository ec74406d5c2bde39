"""Shelters are found while one types, and what was found comes into sight."""

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.watching import a_seat
from tests.running import RunningCity

pytestmark = pytest.mark.browser


def test_enter_brings_what_was_found_into_sight_and_nothing_leads_on_to_the_hotline(
    city: RunningCity, chromium: Browser
) -> None:
    seat = a_seat(chromium, city, viewport={"width": 390, "height": 844})
    page = seat.go("/f/storm_flood/")
    words = page.locator("#q")
    words.fill("quoc hoc")
    expect(page.locator(".place:visible")).to_have_count(1)
    words.press("Enter")
    expect(page.locator(".place:visible")).to_be_in_viewport()
    words.fill("khong co noi nay")
    expect(page.locator(".place:visible")).to_have_count(0)
    words.press("Enter")
    expect(page.locator("[data-none] a")).to_be_in_viewport()
    assert (page.locator("[data-none] a").get_attribute("href") or "").startswith("tel:")
    assert seat.is_clean()
    seat.context.close()
