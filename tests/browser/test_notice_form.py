"""The form of a notice asks for what its kind needs, and for no more."""

import pytest
from playwright.sync_api import Browser

from tests.browser.watching import SON, a_seat
from tests.running import RunningCity

pytestmark = pytest.mark.browser


def test_a_plain_notice_asks_for_nothing_of_a_rumour(city: RunningCity, chromium: Browser) -> None:
    seat = a_seat(chromium, city, SON)
    page = seat.go("/ops/notices/new/")
    asked = page.locator('[name="verdict"], [name="about"], [name^="rumour_"]')
    assert not any(field.is_visible() for field in asked.all())
    page.locator('[name="kind"]').select_option("correction")
    assert asked.count() == 4
    assert all(field.is_visible() for field in asked.all())
    seat.context.close()
