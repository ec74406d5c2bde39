"""What every main page owes its reader: WCAG 2.2 AA in both languages and looks, and nothing beside a narrow phone."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.watching import AXE, LAN, MAI, MINH, SON, STRANGER, THAO, Seat, a_photo, a_seat, faults, sideways
from tests.running import RunningCity

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not AXE.exists(), reason="axe-core is not here: `make setup` brings it"),
]

NEW = "/f/field_reports/new/"
WORDS = "Mặt đường lún sâu trước cổng trường, trời mưa rất khó thấy."
# {number} is that of the first report which the page before it leads to.
PAGES = {
    STRANGER: [
        "/",
        "/search/?q=den",
        "/map/",
        "/f/field_reports/",
        "/f/field_reports/{number}/",
        "/f/notices/",
        "/f/notices/corrections/",
        "/f/notices/channels/",
        "/login/",
        "/offline/",
        "/f/field_reports/new/offline/",
    ],
    LAN: ["/me/", "/me/inbox/", "/me/privacy/", "/f/field_reports/mine/", "/design/"],
    MINH: ["/desk/?tab=all", "/desk/{number}/"],
    THAO: ["/ops/", "/ops/{number}/", "/ops/wall/", "/ops/notices/", "/ops/notices/new/", "/ops/field_reports/"],
    SON: ["/ops/alerts/new/", "/ops/alerts/others/"],
    MAI: ["/ops/people/", "/ops/agencies/", "/ops/categories/", "/ops/health/"],
}


@pytest.fixture(scope="module")
def seats(city: RunningCity, chromium: Browser) -> Iterator[dict[str, Seat]]:
    """Give one browser to everybody, in which axe may look at pages that allow no foreign script."""
    found = {who: a_seat(chromium, city, who, bypass_csp=True) for who in PAGES}
    yield found
    for seat in found.values():
        seat.context.close()


def owes_nothing(seat: Seat, path: str) -> None:
    """Look at a page in Vietnamese by day and in English by night."""
    for language, look in (("", "light"), ("/en", "dark")):
        page = seat.page
        size = page.viewport_size
        page.emulate_media(color_scheme="dark" if look == "dark" else "light", reduced_motion="reduce")
        seat.go(f"{language}{path}")
        assert page.locator("html").get_attribute("lang") == (language.strip("/") or "vi")
        assert page.locator("h1").count() == 1
        assert faults(page) == [], (language, look)
        assert sideways(page) == [], (language, look)
        if size:
            page.set_viewport_size(size)


@pytest.mark.parametrize(("who", "path"), [(who, path) for who, paths in PAGES.items() for path in paths])
def test_a_page_can_be_used_by_everybody(seats: dict[str, Seat], who: str, path: str) -> None:
    seat = seats[who]
    if "{number}" in path:
        listed = PAGES[who][PAGES[who].index(path) - 1]
        found = re.search(r"PA-\d{4}-\d{6}", seat.go(listed).content())
        assert found, f"{listed} shows no report"
        path = path.format(number=found[0])
    owes_nothing(seat, path)


def test_each_link_of_the_bar_fills_its_fifth(seats: dict[str, Seat]) -> None:
    page = seats[LAN].go("/")
    sizes = page.locator(".bar a").evaluate_all("all => all.map(a => [a.offsetWidth, a.parentElement.offsetWidth])")
    assert sizes == [[78, 78]] * 5


def test_each_question_of_a_report_can_be_used_by_everybody(seats: dict[str, Seat]) -> None:
    seat = seats[LAN]
    page = seat.go(NEW)
    page.set_input_files("#photos", a_photo(seed=5))
    page.locator(".shots img").wait_for()
    seat.go(f"{NEW}place/").locator("#id_ward").select_option("19753")
    page.locator("#id_address").fill("12 Mai Thúc Loan")
    page.locator("#main .actions .btn-l").click()
    page.wait_for_url("**/category/")
    seat.go(f"{NEW}category/?q=o+ga").locator('button[value="roads-pothole"]').click()
    page.wait_for_url("**/words/")
    page.locator("textarea").fill(WORDS)
    page.locator("#main .actions .btn-l").click()
    page.wait_for_url("**/check/")
    for step in ("", "place/", "category/", "words/", "check/"):
        owes_nothing(seat, NEW + step)
    page.set_viewport_size({"width": 390, "height": 844})
    expect(seat.go(NEW).locator(".bar")).to_be_hidden()  # its button would lie over the one that goes on
    seat.go(f"{NEW}check/").locator("#main .actions .btn-primary").click()
    page.wait_for_url("**/sent/")
    receipt = page.url.removeprefix(seat.city.url)
    owes_nothing(seat, receipt)
    owes_nothing(seat, receipt.removesuffix("sent/"))


def test_a_form_with_mistakes_can_be_used_by_everybody(seats: dict[str, Seat]) -> None:
    seat = seats[STRANGER]
    page = seat.go("/login/")
    page.locator("[name=phone]").fill("12")
    page.locator("#main button[type=submit]").click()
    page.locator("[aria-invalid=true]").wait_for()
    assert faults(page) == []
