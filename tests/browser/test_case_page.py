"""The page of a case: what somebody must know to work it comes first, and what they write is never lost."""

import re

import pytest
from playwright.sync_api import Browser, Locator, expect

from tests.browser.watching import DESK, MINH, THAO, Seat, a_seat, sideways
from tests.running import RunningCity

pytestmark = pytest.mark.browser
FIRST = (
    ".glance dt:has-text('Địa điểm') + dd",
    ".glance dt:has-text('Hạn xử lý') + dd",
    ".said-in-full",
    ".case-body .photos img",
)


def a_case(seat: Seat, address: str, holds: str) -> str:
    """Open the first case of a list whose page holds something, and return its address."""
    links = seat.go(address).locator("main a.cover").evaluate_all("found => found.map(a => a.getAttribute('href'))")
    for link in links:
        if seat.go(link).locator(holds).count():
            return str(link)
    raise LookupError(f"no case in {address} has {holds}")


def bottom(place: Locator) -> float:
    box = place.bounding_box()
    assert box
    return box["y"] + box["height"]


@pytest.mark.parametrize(("who", "address"), [(THAO, "/ops/"), (THAO, "/ops/?tab=review"), (MINH, "/desk/?tab=all")])
def test_words_photo_place_and_due_time_are_seen_without_scrolling(
    city: RunningCity, chromium: Browser, who: str, address: str
) -> None:
    wide = a_seat(chromium, city, who, viewport={"width": 1440, "height": 900})
    case = a_case(wide, address, ".case-body > .card > .photos")
    for told in FIRST:
        assert bottom(wide.page.locator(told).first) <= 900, told
    narrow = a_seat(chromium, city, who, viewport={"width": 390, "height": 844})
    narrow.go(case)
    forms = narrow.page.locator("#moves").bounding_box()
    assert forms
    for told in FIRST:
        assert bottom(narrow.page.locator(told).first) <= min(forms["y"], 844), told
    assert not sideways(narrow.page)
    for seat in (wide, narrow):
        seat.context.close()


def passed_on(centre: Seat, agency: str) -> str:
    """Pass the first case that waits at the centre on to an agency, and return its address there."""
    number = a_case(centre, "/ops/", "#do-accept").split("/")[2]
    form = centre.page.locator("#do-accept")
    form.locator("[name=agency_id]").fill(agency)
    form.locator("button[type=submit]").last.click()
    centre.page.wait_for_load_state()
    centre.context.close()
    return f"/desk/{number}/"


def answer(seat: Seat) -> Locator:
    """Return the words of the answer, open to be written."""
    box = seat.page.locator("#do-answer")
    if not box.evaluate("box => box.open"):
        box.locator("summary").click()
    return box.locator("textarea[name=text]")


def write(seat: Seat, words: str) -> None:
    """Write an answer, and wait until the page has kept it by itself or was told why not."""
    with seat.page.expect_response("**/answer/keep/*"):
        answer(seat).fill(words)


def test_two_devices_tell_each_other_and_an_ended_session_loses_no_words(city: RunningCity, chromium: Browser) -> None:
    size = {"viewport": {"width": DESK[0], "height": DESK[1]}}
    office, street = (a_seat(chromium, city, MINH, **size) for _ in range(2))
    case = passed_on(a_seat(chromium, city, THAO, **size), "Phòng Kinh tế, Hạ tầng và Đô thị phường Phú Xuân")
    office.go(case).locator("#do-take button").click()
    office.go(case)
    street.go(case)
    write(office, "Viết ở văn phòng.")
    write(street, "Viết ngoài đường.")
    told = street.page.locator("#do-answer .elsewhere")
    expect(told).to_contain_text("Viết ở văn phòng.")
    told.get_by_role("button", name="Viết tiếp nội dung này").click()
    expect(answer(street)).to_have_value("Viết ở văn phòng.")
    expect(street.page.locator("#do-answer .elsewhere")).to_contain_text("Viết ngoài đường.")

    street.context.clear_cookies(name=re.compile("session$"))
    write(street, "Phiên hết hạn khi đang viết.")
    street.page.locator("#do-answer [data-kept] a").click()
    expect(street.page).to_have_url(f"{city.url}/login/?next={case.replace('/', '%2F')}")
    street.go("/demo/").locator(f'button[value="{MINH}"]').first.click()
    street.page.wait_for_load_state()
    street.go(case)
    expect(answer(street)).to_have_value("Phiên hết hạn khi đang viết.")
    for seat in (office, street):
        seat.context.close()
