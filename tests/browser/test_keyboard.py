"""An operator clears reports without a mouse: twelve, or fifty with HUES_KEYBOARD=50."""

import json
import os
import re
import time
from urllib.parse import urlencode
from urllib.request import urlopen

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.watching import THAO, a_seat
from tests.running import RunningCity

pytestmark = pytest.mark.browser

MANY = int(os.environ.get("HUES_KEYBOARD", "12"))
ALL, LIMIT = 50, 600  # fifty in ten minutes; fewer say nothing of the time, on a machine that does other things too
KINDS = ("lights-out", "roads-pothole", "roads-manhole")
NOT_OURS = "Việc riêng giữa hai nhà, mời anh chị liên hệ tổ hòa giải."


def prepare(city: RunningCity) -> dict[str, bool]:
    """Send the reports by the open door; return their numbers, and of each whether the city should take it on."""
    taken = {}
    for n in range(MANY):
        ours = n % 10 != 9
        matter = "hỏng từ tối qua, đi lại rất khó." if ours else "hàng xóm mở nhạc to, xin phân xử."
        said = f"Bàn phím, chỗ thứ {n}: {matter}"
        place = {"lat": 16.455 + n * 0.0006, "long": 107.575 + n * 0.0006}
        form = {"api_key": "demo-key", "service_code": KINDS[n % 3], "description": said, **place}
        with urlopen(f"{city.url}/open311/v2/requests.json", urlencode(form).encode()) as answer:
            taken[json.load(answer)[0]["service_request_id"]] = ours
    return taken


def decide(page: Page, *, ours: bool) -> None:
    """Pass a report on where the city suggests, or refuse it with words, by keys alone."""
    expect(page.locator("html.keyed")).to_have_count(1)  # the keys are fetched after the page
    if ours:
        page.keyboard.press("t")
        expect(page.locator("#do-accept[open] :focus")).to_have_count(1)
    else:
        page.keyboard.press("x")
        focused = page.locator("#do-refuse[open] :focus")
        expect(focused).to_have_count(1)
        page.keyboard.press("ArrowDown")  # the first of the reasons
        while focused.evaluate("field => field.tagName") != "TEXTAREA":
            page.keyboard.press("Tab")
        page.keyboard.type(NOT_OURS)
    page.keyboard.press("Control+Enter")


def test_reports_are_cleared_by_keyboard_alone(city: RunningCity, chromium: Browser) -> None:
    prepared = prepare(city)
    seat = a_seat(chromium, city, THAO)
    page = seat.go("/ops/?tab=accept&q=ban phim cho thu")
    expect(page.locator("html.keyed")).to_have_count(1)
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    left, began = set(prepared), time.monotonic()
    while left:
        page.wait_for_url(re.compile("/ops/PA-"))
        (number,) = re.findall(r"/ops/(PA-[\d-]+)/", page.url)
        left.remove(number)
        decide(page, ours=prepared[number])
        page.wait_for_url(lambda url, done=number: f"/{done}/" not in url)
    assert MANY < ALL or time.monotonic() - began < LIMIT
    expect(page.locator("h1")).to_be_visible()
    for number, ours in prepared.items():
        answer = seat.context.request.get(f"{city.url}/ops/?tab=all&q={number}").text()
        assert ("Đã chuyển cơ quan xử lý" in answer) == ours
    assert seat.is_clean()
    seat.context.close()
