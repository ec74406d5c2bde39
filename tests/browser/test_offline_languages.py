"""What is kept for a flood is kept in every language: whoever sits beside the reader may read another."""

import pytest
from playwright.sync_api import Browser

from tests.browser.test_offline import until_kept
from tests.browser.watching import a_seat
from tests.browser.working import ready
from tests.running import RunningCity

pytestmark = pytest.mark.browser


def test_the_flood_page_opens_without_a_network_in_the_language_not_yet_read(
    city: RunningCity, chromium: Browser
) -> None:
    seat = a_seat(chromium, city)
    page = seat.go("/")
    ready(page)
    for path in ("/f/storm_flood/", "/en/f/storm_flood/", "/en/f/storm_flood/sos/"):
        until_kept(page, path)
    seat.context.set_offline(True)
    seat.go("/en/f/storm_flood/")
    assert page.locator("html").get_attribute("lang") == "en"
    assert "Storm and flood" in page.locator("h1").inner_text()
    seat.go("/f/storm_flood/")
    assert page.locator("html").get_attribute("lang") == "vi"
    seat.context.close()
