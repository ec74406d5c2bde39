"""On a phone no table hides a column: its rows are cards, or what they are about stays in view."""

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.watching import MAI, SON, STRANGER, THAO, a_seat, sideways
from tests.running import RunningCity

pytestmark = pytest.mark.browser

PHONE = {"width": 390, "height": 844}
LISTS = {
    MAI: ["people", "agencies", "categories", "routes", "deliveries", "health", "field_reports/keywords"],
    SON: ["alerts", "notices"],
    THAO: ["storm_flood/levels"],
}


@pytest.mark.parametrize("who", LISTS)
def test_a_list_of_the_centre_shows_every_column(city: RunningCity, chromium: Browser, who: str) -> None:
    page = a_seat(chromium, city, who).page
    page.set_viewport_size(PHONE)
    for path in LISTS[who]:
        page.goto(f"{city.url}/ops/{path}/")
        boxes = page.locator(".table-box")
        assert boxes.count(), path
        assert boxes.evaluate_all("all => all.filter(box => box.scrollWidth > box.clientWidth).length") == 0, path
        cells = boxes.first.locator("tbody tr").first.locator("td:not(:empty)")
        assert all(cell.is_visible() for cell in cells.all()), path


def test_a_link_in_a_headline_makes_no_page_of_an_alert_wider_than_a_phone(
    city: RunningCity, chromium: Browser
) -> None:
    seat = a_seat(chromium, city, SON)
    page, link = seat.go("/ops/alerts/new/"), f"https://hue.gov.vn/{'TinBaoSo3' * 12}"
    page.locator("[name=event]").select_option("flood")
    page.locator("[name=risk]").select_option("3")
    for language in ("vi-VN", "en-US"):
        page.locator(f"[name='headline_{language}']").fill(link)
    page.locator("button[type=submit]:not([name]):visible").last.click()
    expect(page.locator(".alert-head h1")).to_have_text(link)  # as everybody sees it, and how phones and feeds show it
    page.locator("details:has(.phones) > summary").click()
    assert sideways(page) == []


def test_public_figures_are_cards_that_show_every_number(city: RunningCity, chromium: Browser) -> None:
    page = a_seat(chromium, city, STRANGER).page
    page.set_viewport_size(PHONE)
    page.goto(f"{city.url}/f/field_reports/figures/")
    box, row = page.locator(".table-box"), page.locator(".table-box tbody tr").first
    assert box.evaluate("box => box.scrollWidth - box.clientWidth") <= 0
    assert row.locator("td").count() == 11
    for cell in row.locator("td").all():
        assert cell.is_visible()
        assert cell.get_attribute("data-label")


def test_what_follows_never_touches_what_stands_above_it(city: RunningCity, chromium: Browser) -> None:
    page = a_seat(chromium, city, STRANGER).page
    page.set_viewport_size(PHONE)
    page.goto(f"{city.url}/f/storm_flood/sos/")
    page.locator(".sos-button").click()
    gap = "one => one.getBoundingClientRect().top - one.previousElementSibling.getBoundingClientRect().bottom"
    assert page.locator(".numbers + .summary").evaluate(gap) >= 8
    below = """() => {
      document.querySelector("main").insertAdjacentHTML("afterbegin",
        `<details open><summary>${"dài ".repeat(20)}</summary><p>Dưới</p></details>`);
      const [summary, words] = document.querySelector("main > details").children, line = document.createRange();
      line.selectNodeContents(summary);
      return words.getBoundingClientRect().top - line.getBoundingClientRect().bottom;
    }"""
    assert page.evaluate(below) >= 8


def test_a_long_list_leads_to_its_parts(city: RunningCity, chromium: Browser) -> None:
    page = a_seat(chromium, city, MAI).page
    page.set_viewport_size(PHONE)
    page.goto(f"{city.url}/ops/categories/")
    page.get_by_text("Đến nhóm").click()
    parts = page.locator("main nav a[href^='#group-']")
    assert parts.count() > 5
    parts.last.click()
    expect(page.locator("main section").last).to_be_in_viewport()
    page.goto(f"{city.url}/f/field_reports/promises/")
    page.locator("main a[href='#promises']").click()
    expect(page.locator("#promises")).to_be_in_viewport()
