"""The form of an alert on a phone: no field touches the one above it."""

import pytest
from playwright.sync_api import Browser

from tests.browser.watching import a_seat
from tests.running import RunningCity

pytestmark = pytest.mark.browser
SON = "+84901200004"


def test_the_fields_of_an_alert_stand_apart_on_a_phone(city: RunningCity, chromium: Browser) -> None:
    seat = a_seat(chromium, city, SON, viewport={"width": 390, "height": 844})
    page = seat.go("/ops/alerts/new/")
    gaps = page.evaluate(
        """() => [...document.querySelectorAll(".alert-two")].map(two => {
            const [above, below] = [...two.children].map(field => field.getBoundingClientRect());
            return below.top - above.bottom;
        })"""
    )
    assert len(gaps) == 2
    assert min(gaps) >= 8
    seat.context.close()
