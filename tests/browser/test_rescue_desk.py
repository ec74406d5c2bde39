"""The rescuers' desk in a browser: a queue one reads at a glance."""

import re

import pytest
from playwright.sync_api import Browser

from tests.browser.watching import THAO, Seat, a_seat
from tests.running import RunningCity

pytestmark = pytest.mark.browser
QUEUE = "/ops/storm_flood/rescue/"
NEEDS = ["medical", "rising", "boat", "children"]
HEIGHT = "row => row.getBoundingClientRect().height"
LINES = 5  # of a row: what is needed stands beside where it is, never word below word


def a_call(seat: Seat, *, phone: str, address: str) -> str:
    """Call for rescue; return the code."""
    place = {"lat": "16.4698", "lng": "107.5776", "source": "gps"}
    form = "&".join(f"{name}={value}" for name, value in (place | {"phone": phone, "address": address}).items())
    needs = "".join(f"&needs={need}" for need in NEEDS)
    answer = seat.context.request.post(
        f"{seat.city.url}/f/storm_flood/sos/",
        data=f"{form}{needs}&people=5&battery_low=on",
        headers={"Content-Type": "application/x-www-form-urlencoded"},
    )
    return re.findall(r"/sos/([A-Z0-9]{8})/", answer.url)[0]


@pytest.mark.parametrize("language", ["", "/en"])
@pytest.mark.parametrize("width", [1280, 1440])
def test_the_queue_fits_beside_its_map(city: RunningCity, chromium: Browser, language: str, width: int) -> None:
    seat = a_seat(chromium, city, THAO, viewport={"width": width, "height": 900})
    for phone, address in (
        ("0901777101", "Nhà số 12 kiệt 45 Đặng Thái Thân, gần trường tiểu học Thuận Thành"),
        ("0901777102", "https://maps.example/" + "x" * 80),
    ):
        a_call(seat, phone=phone, address=address)
    page = seat.go(f"{language}{QUEUE}")
    box = page.locator(".table-box")
    assert box.evaluate("box => box.scrollWidth - box.clientWidth") <= 0
    line = box.locator("tbody td").first.evaluate("cell => parseFloat(getComputedStyle(cell).lineHeight)")
    for row in box.locator("tbody tr").all():
        assert row.evaluate(HEIGHT) < (LINES + 1) * line
    assert seat.is_clean()
    seat.context.close()
