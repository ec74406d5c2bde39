"""The form of a notice asks for what its kind needs, and for no more."""

import pytest
from playwright.sync_api import Browser

from tests.browser.watching import PHONE, SON, a_seat
from tests.running import RunningCity

pytestmark = pytest.mark.browser


def test_a_plain_notice_asks_for_nothing_of_a_rumour(city: RunningCity, chromium: Browser) -> None:
    seat = a_seat(chromium, city, SON)
    page = seat.go("/ops/notices/new/")
    asked = page.locator('[name="verdict"], [name="about"], [name^="rumour_"], [name^="source_"]')
    assert not any(field.is_visible() for field in asked.all())
    page.locator('[name="kind"]').select_option("correction")
    assert asked.count() == 6
    assert all(field.is_visible() for field in asked.all())
    seat.context.close()


def test_on_a_phone_wards_and_pictures_are_folded_until_they_are_wanted(city: RunningCity, chromium: Browser) -> None:
    seat = a_seat(chromium, city, SON, viewport={"width": PHONE[0], "height": PHONE[1]})
    page = seat.go("/ops/notices/new/")
    wards, alts = page.locator('[name="wards"]'), page.locator('[name^="alt_"]')
    assert not any(one.is_visible() for one in (wards.first, alts.first))
    assert page.evaluate("() => document.documentElement.scrollHeight") < 3600
    page.get_by_text("Chọn phường, xã").click()
    page.get_by_role("heading", name="Ảnh", exact=True).click()
    assert all(one.is_visible() for one in (wards.first, alts.first))
    page.set_viewport_size({"width": 1440, "height": 900})
    page.reload()
    assert wards.first.is_visible()
    seat.context.close()
