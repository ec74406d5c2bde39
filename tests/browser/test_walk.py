"""The whole walk in a real Chromium: Lan on her phone, the centre and the agency at their desks, then everybody."""

import re
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.watching import CITADEL, LAN, MINH, NEW, PHONE, THAO, WORDS, Seat, a_photo, a_seat
from tests.running import RunningCity, until

pytestmark = pytest.mark.browser
TOLD = 90.0  # seconds: the worker shares two cores with this browser and other tests
ANSWER = "Đã thay hai bóng đèn trong tối nay, mời bà con kiểm tra."
OFFICE = "Phòng Kinh tế, Hạ tầng và Đô thị phường Phú Xuân"


def go_on(page: Page, step: str) -> None:
    page.locator("#main .actions .btn-primary, #main .actions .btn-l").first.click()
    page.wait_for_url(f"**{step}")


def send_photo(page: Page) -> None:
    page.set_input_files("#photos", a_photo(seed=1, place=CITADEL))
    expect(page.locator(".shots img")).to_have_count(1)
    expect(page.locator(".shot-mark")).to_be_visible()  # the smaller copy that was sent still knew its place
    go_on(page, "/place/")


def tap_the_map(page: Page) -> None:
    """Move the pin away from where the photo was taken, by a tap."""
    expect(page.locator(".photo-place")).to_contain_text("Phú Xuân")
    box = page.locator("#where.ready")
    box.locator("canvas").click(position={"x": 120, "y": 90})
    expect(page.locator("[data-place] [name=source]")).to_have_value("map")
    expect(page.locator("#found")).to_contain_text(re.compile("Phường|Xã"))
    go_on(page, "/category/")


def report(seat: Seat) -> str:
    """Report a street light from photo to receipt, and return the number."""
    page = seat.go(NEW)
    send_photo(page)
    tap_the_map(page)
    page.locator("#q").fill("den duong")
    page.locator('button[value="lights-out"]').click()
    page.wait_for_url("**/words/")
    page.locator("textarea").fill(WORDS)
    go_on(page, "/check/")
    expect(page.locator("#main")).to_contain_text(WORDS)
    go_on(page, "/sent/")
    return page.locator("#number").inner_text()


def is_told(seat: Seat, number: str, times: int) -> None:
    """Wait until so many messages about a report are in somebody's inbox."""
    found = seat.go("/me/inbox/").locator(".row-title", has_text=number)
    until(lambda: seat.page.reload() and found.count() == times, TOLD)


def come_in_again(desk: Seat, path: str) -> None:
    """Sign Minh in again, and return to the page."""
    desk.go("/demo/").locator(f'button[value="{MINH}"]').first.evaluate("button => button.click()")
    desk.page.wait_for_url("**/desk/**")
    desk.go(path)
    desk.wrong.clear()  # the browser logged the 401


def test_a_report_travels_from_a_phone_through_both_desks_to_everybody(city: RunningCity, chromium: Browser) -> None:
    lan, centre, desk, anybody = (a_seat(chromium, city, who) for who in (LAN, THAO, MINH, ""))
    number = report(lan)
    is_told(lan, number, 1)

    page = centre.go("/ops/")
    expect(page.locator("#queue-map.drawn .map-sketch")).to_be_visible()
    page.locator("#queue-map").hover()
    expect(page.locator("#queue-map.ready canvas")).to_be_visible()
    centre.go(f"/ops/?q={number}")  # a number opens its report
    page.wait_for_url(f"**/{number}/**")
    finder = page.locator("#do-accept").get_by_role("combobox", name="Cơ quan xử lý")
    finder.fill("kinh te phu xuan")
    page.get_by_role("option", name=OFFICE).click()
    page.locator("#do-accept button[type=submit]").click()
    page.wait_for_url(lambda url: not urlsplit(url).path.endswith(f"/{number}/"))
    is_told(lan, number, 2)

    page = desk.go(f"/desk/{number}/")
    page.keyboard.press("t")
    page.wait_for_url(f"**/desk/{number}/")
    answer = page.locator("#do-answer")
    answer.locator("textarea").fill(ANSWER)
    desk.context.clear_cookies(name=re.compile("_session$"))
    answer.locator("button.btn-primary").click()
    expect(page.locator("h1")).to_contain_text("Đăng nhập")
    come_in_again(desk, f"/desk/{number}/")
    expect(answer.locator("textarea")).to_have_value(ANSWER)  # the session is lost, the words are not
    answer.locator("select[name=outcome]").select_option("fixed")
    answer.locator("input[type=file]").set_input_files(a_photo(seed=2))
    page.set_viewport_size({"width": PHONE[0], "height": PHONE[1]})
    answer.locator("button.btn-primary").click()
    page.wait_for_url(lambda url: not urlsplit(url).path.endswith(f"/{number}/"))
    told, below = page.locator(".toasts.at-load").bounding_box(), page.locator(".desk").bounding_box()
    assert told
    assert below
    assert told["height"] > 0
    assert told["y"] + told["height"] <= below["y"]  # what was done covers nothing of what comes next
    is_told(lan, number, 4)

    address = f"/f/field_reports/{number}/"
    assert anybody.context.request.get(city.url + address).status == 404
    page = centre.go(f"/ops/{number}/")
    page.locator("#do-publish button[type=submit]").click()
    page.wait_for_url(lambda url: not urlsplit(url).path.endswith(f"/{number}/"))
    is_told(lan, number, 5)

    page = anybody.go(address)
    expect(page.locator("#main")).to_contain_text(ANSWER)
    expect(page.locator("#main")).to_contain_text(WORDS)
    expect(page.locator(".before-after img")).to_have_count(2)
    assert "Lan" not in page.content()

    page = lan.go(address)
    page.locator("#rate [name=stars][value='5']").check(force=True)
    page.locator("#rate [name=fixed][value='yes']").check(force=True)
    page.locator("#rate button[type=submit]").click()
    expect(page.locator("#rate")).to_contain_text("Bạn cho biết đã")
    for seat in (lan, centre, desk, anybody):
        assert seat.is_clean()
        seat.context.close()


def test_reload_and_back_and_a_killed_browser_keep_the_draft(city: RunningCity, chromium: Browser) -> None:
    first = a_seat(chromium, city, LAN)
    page = first.go(NEW)
    page.set_input_files("#photos", a_photo(seed=3))
    expect(page.locator(".shots img")).to_have_count(1)
    page.reload()
    expect(page.locator(".shots img")).to_have_count(1)
    go_on(page, "/place/")
    page.locator("#id_address").fill("12 Mai Thúc Loan")
    page.reload()  # at once, before the server can have heard of it
    expect(page.locator("#id_address")).to_have_value("12 Mai Thúc Loan")
    page.locator("#id_ward").select_option("19753")
    go_on(page, "/category/")
    page.go_back()
    expect(page.locator("#id_address")).to_have_value("12 Mai Thúc Loan")
    page.go_forward()
    page.locator("details.kind-group summary").first.click()
    page.locator('button[value="roads-pothole"]').click()
    page.wait_for_url("**/words/")
    page.locator("textarea").fill(WORDS)
    expect(page.locator("[data-kept]")).not_to_be_empty()  # kept while it is typed
    page.reload()
    expect(page.locator("textarea")).to_have_value(WORDS)
    cookies = first.context.storage_state()
    assert first.is_clean()
    first.context.close()

    again = a_seat(chromium, city, LAN, storage_state=cookies)
    page = again.go(NEW)
    expect(page.locator(".shots img")).to_have_count(1)
    page.locator(".again a").click()
    page.wait_for_url("**/check/")
    expect(page.locator("#main")).to_contain_text(WORDS)
    expect(page.locator("#main")).to_contain_text("12 Mai Thúc Loan")
    again.context.close()


def test_the_phone_may_say_where_it_is(city: RunningCity, chromium: Browser) -> None:
    here = {"latitude": 16.4498, "longitude": 107.6}
    seat = a_seat(chromium, city, geolocation=here, permissions=["geolocation"])
    page = seat.go(f"{NEW}place/")
    page.locator("[data-gps]").click()
    expect(page.locator("[data-place] [name=source]")).to_have_value("gps")
    expect(page.locator("#found")).to_contain_text(re.compile("Phường|Xã"))
    assert seat.is_clean()
    seat.context.close()
