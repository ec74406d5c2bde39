"""Where one can go: in the order in which it is read, with what waits there, and what does not fit hinted at."""

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.watching import DESK, LAN, MINH, PHONE, THAO, a_seat
from tests.running import RunningCity

pytestmark = pytest.mark.browser

BADGE = '[data-badge="inbox"]'
# The boxes of Home's parts, in the order in which they are read aloud.
PARTS = """() => [...document.querySelectorAll(".home > section, .home > aside, .home > div > section")]
    .map(part => part.getBoundingClientRect()).map(box => [box.left, box.top])"""


def test_home_is_seen_in_the_order_in_which_it_is_read(city: RunningCity, chromium: Browser) -> None:
    page = a_seat(chromium, city, LAN).go("/")
    page.locator(".home-mine .line").first.wait_for()
    page.set_viewport_size({"width": PHONE[0], "height": PHONE[1]})
    tops = [top for _left, top in page.evaluate(PARTS)]
    assert len(tops) > 2
    assert tops == sorted(tops)
    page.set_viewport_size({"width": DESK[0], "height": DESK[1]})
    first, mine, *rest = page.evaluate(PARTS)
    assert mine[0] > first[0]
    assert mine[1] == first[1]
    assert [left for left, _top in rest] == [first[0]] * len(rest)


def test_what_waits_is_told_on_every_page_and_forgotten_at_the_door(city: RunningCity, chromium: Browser) -> None:
    page = a_seat(chromium, city, LAN).go("/f/notices/")  # straight from the door
    expect(page.locator(BADGE)).not_to_be_empty()
    waiting = page.locator(BADGE).inner_text()
    for path in ("/f/alerts/", "/f/field_reports/mine/", "/en/f/notices/"):
        page.goto(city.url + path)
        expect(page.locator(BADGE)).to_have_text(waiting)
    page.goto(f"{city.url}/me/")
    page.locator('form[action*="logout"] button').click()
    page.wait_for_url(lambda url: "/me/" not in url)
    page.goto(f"{city.url}/")
    page.locator(".home-mine h2").first.wait_for()
    page.goto(f"{city.url}/f/alerts/")
    expect(page.locator(BADGE)).to_be_empty()


@pytest.mark.parametrize(("who", "start", "path"), [(THAO, "/ops/", "agencies/"), (MINH, "/desk/", "leave/")])
def test_the_mark_of_a_desk_leads_to_its_start(
    city: RunningCity, chromium: Browser, who: str, start: str, path: str
) -> None:
    page = a_seat(chromium, city, who).page
    for front in ("", "/en"):
        page.goto(f"{city.url}{front}{start}{path}")
        assert page.locator(".brand").get_attribute("href") == front + start


def test_tabs_on_a_phone_show_the_one_that_is_open(city: RunningCity, chromium: Browser) -> None:
    page = a_seat(chromium, city, THAO, viewport={"width": PHONE[0], "height": PHONE[1]}).go("/ops/?tab=overdue")
    bar, here = page.locator("#tabs"), page.locator("#tabs [aria-current]")
    assert bar.evaluate("bar => bar.scrollWidth > bar.clientWidth")
    assert "linear-gradient" in bar.evaluate("bar => getComputedStyle(bar).backgroundImage")
    box = here.bounding_box()
    assert box
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= PHONE[0]
