"""Where an alert is for, drawn on a real map: by the mouse, by keys, by typing, and taken back."""

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.watching import SON, a_seat
from tests.running import RunningCity, until

pytestmark = pytest.mark.browser
CORNERS = [(0.3, 0.3), (0.5, 0.25), (0.55, 0.5), (0.35, 0.55)]
PROJECTED = "all => all.map(at => document.querySelector('#area').stands.map.project(at)).map(({ x, y }) => [x, y])"
STILL = "!document.querySelector('#area').stands.map.isMoving()"
NUMBER = re.compile(r"≈ [\d.]+")


def tap(page: Page, *places: tuple[float, float]) -> None:
    canvas = page.locator("#area canvas")
    box = canvas.bounding_box()
    assert box
    for x, y in places:
        canvas.click(position={"x": box["width"] * x, "y": box["height"] * y})


def lines(page: Page) -> list[str]:
    return page.locator("[name=drawn]").input_value().splitlines()


def test_areas_are_drawn_dragged_taken_back_and_estimated(city: RunningCity, chromium: Browser) -> None:
    seat = a_seat(chromium, city, SON)
    page = seat.go("/ops/alerts/new/")
    page.locator("#area").scroll_into_view_if_needed()
    expect(page.locator("[data-tools]")).to_be_visible()
    page.locator("[data-mode=polygon]").click()
    tap(page, *CORNERS, CORNERS[0])
    expect(page.locator("[data-mode=ward]")).to_have_attribute("aria-pressed", "true")
    (polygon,) = lines(page)
    assert len(polygon.split()) == 4
    expect(page.locator("#estimate")).to_contain_text(NUMBER)
    page.locator("[data-mode=circle]").click()
    tap(page, (0.7, 0.6))
    assert lines(page)[1].endswith(" 2")
    page.locator("[data-do=remove]").click()
    assert lines(page) == [polygon]
    page.locator("[data-do=undo]").click()
    assert len(lines(page)) == 2
    canvas = page.locator("#area canvas")
    page.locator("[data-mode=polygon]").click()
    canvas.focus()
    for key in ("Enter", "ArrowRight", "Enter", "ArrowDown", "Enter"):
        page.keyboard.press(key)
        until(lambda: page.evaluate(STILL), 10.0)
    page.keyboard.press("Escape")
    assert len(lines(page)) == 3
    page.locator("[name=drawn]").fill("16.4,107.5 16.5,107.6 16.4,107.6 16.5,107.5")
    expect(page.locator("#estimate .banner.bad")).to_contain_text("tự cắt")
    assert seat.is_clean()
