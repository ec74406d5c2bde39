"""The rescuers' desk in a browser: a queue one reads at a glance, a call that is worked by keys."""

import re

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.watching import THAO, Seat, a_seat
from tests.running import RunningCity

pytestmark = pytest.mark.browser
QUEUE = "/ops/storm_flood/rescue/"
NEEDS = ["medical", "rising", "boat", "children"]
HEIGHT = "row => row.getBoundingClientRect().height"
ROWS = 2  # of moves
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


def test_a_call_is_worked_by_keys(city: RunningCity, chromium: Browser) -> None:
    seat = a_seat(chromium, city, THAO)
    code = a_call(seat, phone="0901777103", address="Kiệt 7 Chi Lăng")
    page = seat.go(f"{QUEUE}{code}/")
    expect(page.locator("html.keyed")).to_have_count(1)  # the keys are fetched after the page
    for key, said, state in (("r", "Năm người trên gác.", "Đã gọi lại"), ("s", "Ca nô đội 2.", "Đội cứu hộ đang đến")):
        first = page.locator(".rescue-moves .btn").first
        assert first.get_attribute("data-key") == key
        assert "btn-primary" in str(first.get_attribute("class"))
        assert page.locator(".rescue-moves .btn-primary").count() == 1
        page.keyboard.press(key)
        expect(page.locator("#words")).to_be_focused()
        page.keyboard.type(said)
        page.keyboard.press("Control+Enter")
        expect(page.locator(".timeline-words", has_text=said)).to_be_visible()
        expect(page.locator("main .chip", has_text=state)).to_be_visible()
        expect(page.locator("html.keyed")).to_have_count(1)
    assert seat.is_clean()
    seat.context.close()


def test_what_is_done_about_a_call_stands_side_by_side(city: RunningCity, chromium: Browser) -> None:
    seat = a_seat(chromium, city, THAO)
    page = seat.go(f"{QUEUE}{a_call(seat, phone='0901777104', address='Kiệt 9 Chi Lăng')}/")
    tops = {
        button.evaluate("one => Math.round(one.getBoundingClientRect().top)")
        for button in page.locator(".rescue-moves .btn").all()
    }
    assert len(tops) == ROWS
    expect(page.locator(".rescue-moves .btn").last).to_be_in_viewport(ratio=1)
    assert seat.is_clean()
    seat.context.close()
