"""Where an alert is for, drawn on a real map: by the mouse, by keys, by typing, and taken back."""

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.watching import PATIENCE, SON, a_seat
from tests.running import RunningCity, until

pytestmark = pytest.mark.browser
CORNERS = [(0.3, 0.3), (0.5, 0.25), (0.55, 0.5), (0.35, 0.55)]
PROJECTED = "all => all.map(at => document.querySelector('#area').stands.map.project(at)).map(({ x, y }) => [x, y])"
STILL = "!document.querySelector('#area').stands.map.isMoving()"
HANDLES = "at => document.querySelector('#area').stands.map.queryRenderedFeatures(at, { layers: ['handles'] }).length"
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
        until(lambda: page.evaluate(STILL), PATIENCE / 1000)
    page.keyboard.press("Escape")
    assert len(lines(page)) == 3
    page.locator("[name=headline_vi-VN]").press("Enter")
    page.locator("[name=drawn]").fill("16.4, 107.5 16.5, 107.6 16.4, 107.6 16.5, 107.5")
    expect(page.locator("#estimate .banner.bad")).to_contain_text("tự cắt")
    assert seat.is_clean()


def test_a_tap_chooses_a_ward_and_a_drag_moves_a_corner(city: RunningCity, chromium: Browser) -> None:
    seat = a_seat(chromium, city, SON)
    page = seat.go("/ops/alerts/new/")
    page.locator("[name=drawn]").fill("16.44,107.56 16.44,107.62 16.5,107.62 16.5,107.56")
    page.locator("#area").scroll_into_view_if_needed()
    expect(page.locator("[data-tools]")).to_be_visible()
    tap(page, (0.05, 0.5))
    expect(page.locator("[name=wards]:checked")).to_have_count(1)
    box = page.locator("#area canvas").bounding_box()
    assert box
    spot, inside = page.evaluate(PROJECTED, [[107.62, 16.5], [107.6, 16.47]])
    page.mouse.click(box["x"] + inside[0], box["y"] + inside[1])
    until(lambda: page.evaluate(HANDLES, spot) > 0, PATIENCE / 1000)  # a corner can be held once it is drawn
    page.mouse.move(box["x"] + spot[0], box["y"] + spot[1])
    page.mouse.down()
    page.mouse.move(box["x"] + spot[0] + 40, box["y"] + spot[1] - 30, steps=4)
    page.mouse.move(box["x"] + spot[0], box["y"] - 40, steps=4)
    page.mouse.up()  # beside the map
    dropped = lines(page)[0]
    page.mouse.move(box["x"] + inside[0], box["y"] + inside[1], steps=4)
    page.mouse.move(box["x"] + inside[0] + 30, box["y"] + inside[1], steps=4)
    assert lines(page)[0] == dropped  # the corner does not follow a mouse that holds nothing
    moved = dropped.split()
    assert moved[2] != "16.5,107.62"
    assert (moved[0], moved[1], moved[3]) == ("16.44,107.56", "16.44,107.62", "16.5,107.56")
    assert seat.is_clean()
