"""The whole walk in a real Chromium: Lan on her phone, the centre and the agency at their desks, then everybody."""

import re
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.watching import LAN, MINH, THAO, Seat, a_lasting_seat, a_photo, a_seat
from tests.running import RunningCity, until

pytestmark = pytest.mark.browser

NEW = "/f/field_reports/new/"
WAITING = f"{NEW}offline/"
SOS = "/f/storm_flood/sos/"
CITADEL = (16.4698, 107.5776)
WORDS = "Hai bóng đèn trước nhà không sáng ba tối nay, đường rất tối."
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

    page = centre.go(f"/ops/?q={number}")
    expect(page.locator("#queue-map.drawn .map-sketch")).to_be_visible()
    page.locator("#queue-map").hover()
    expect(page.locator("#queue-map.ready canvas")).to_be_visible()
    page.get_by_role("link", name=re.compile("Đèn")).first.click()
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
    answer.locator("button.btn-primary").click()
    page.wait_for_url(lambda url: not urlsplit(url).path.endswith(f"/{number}/"))
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


def until_kept(page: Page, path: str) -> None:
    """Wait until the service worker has a page; a promise given to wait_for_function would count as yes."""
    page.evaluate(
        """async path => {
            while (!await caches.match(path, {ignoreVary: true})) await new Promise(again => setTimeout(again, 50));
        }""",
        path,
    )


def test_the_city_can_be_read_without_a_network(city: RunningCity, chromium: Browser) -> None:
    seat = a_seat(chromium, city)
    page = seat.go("/")
    page.evaluate("() => navigator.serviceWorker.ready.then(() => true)")
    until_kept(page, "/")
    heading = page.locator("h1").inner_text()
    seat.context.set_offline(True)
    page.reload()
    assert page.locator("h1").inner_text() == heading
    expect(page.locator("body")).not_to_have_css("font-family", re.compile("^(serif|Times)"))  # its look is kept too
    for path, words in (("/me/inbox/", "Mất mạng"), ("/en/login/", "No network")):
        seat.go(path)
        expect(page.locator("h1")).to_contain_text(words)
    seat.context.set_offline(False)
    seat.go("/login/")
    expect(page.locator("[name=phone]")).to_be_visible()
    seat.context.close()


def test_what_is_made_ready_for_a_stranger_brings_no_cookie_that_their_form_would_lose(
    city: RunningCity, chromium: Browser
) -> None:
    seat = a_seat(chromium, city)
    page = seat.go("/")
    page.evaluate("() => navigator.serviceWorker.ready.then(() => true)")
    for path in ("/f/storm_flood/sos/", "/f/field_reports/new/offline/"):
        until_kept(page, path)
    assert page.evaluate("() => fetch('/outbox/token/').then(said => said.json())") == {"token": "", "me": ""}
    assert not seat.context.cookies()
    seat.context.close()


def test_a_copy_of_what_people_wrote_is_not_shown_after_two_days(city: RunningCity, chromium: Browser) -> None:
    seat = a_seat(chromium, city)
    page = seat.go("/")
    page.evaluate("() => navigator.serviceWorker.ready.then(() => true)")
    until_kept(page, "/")
    reports = "/f/field_reports/"
    seat.go(reports)
    until_kept(page, reports)
    heading = page.locator("h1").inner_text()
    seat.context.set_offline(True)
    for days, shown in ((1, heading), (3, "Mất mạng")):
        for path in ("/", reports):
            make_older(page, path, days)
        seat.go(reports)
        expect(page.locator("h1")).to_contain_text(shown)
    seat.go("/")
    expect(page.locator("h1")).not_to_contain_text("Mất mạng")
    seat.context.set_offline(False)
    seat.go("/login/")
    page.wait_for_function(KEPT_FOR, arg=["/", 3600])  # Home is made anew by whatever page finds the network
    seat.go("/")
    page.wait_for_function("path => caches.match(path, {ignoreVary: true}).then(kept => !kept)", arg=reports)
    seat.context.close()


KEPT_FOR = """([path, most]) => caches.match(path, {ignoreVary: true})
  .then(kept => Date.now() - kept.headers.get("X-Hues-Kept-At") < most * 1000)"""


def make_older(page: Page, path: str, days: int) -> None:
    """Have the phone take a copy for one that it made some days ago."""
    page.evaluate(
        """async ([path, days]) => {
            const pages = await caches.open("pages-1"), kept = await pages.match(path, {ignoreVary: true});
            const headers = new Headers(kept.headers);
            headers.set("X-Hues-Kept-At", Date.now() - days * 864e5);
            await pages.put(path, new Response(await kept.blob(), {status: 200, headers}));
        }""",
        [path, days],
    )


def test_words_written_while_the_network_goes_are_still_there(city: RunningCity, chromium: Browser) -> None:
    seat = a_seat(chromium, city)
    page = seat.go("/")
    page.evaluate("() => navigator.serviceWorker.ready.then(() => true)")
    until_kept(page, "/offline/")
    seat.go(f"{NEW}words/")
    page.locator("textarea").fill("Hai bóng đèn")
    expect(page.locator("[data-kept]")).not_to_be_empty()
    seat.context.set_offline(True)
    page.locator("textarea").fill(WORDS)
    page.locator("#main .actions .btn-primary").click()
    expect(page.locator("h1")).to_contain_text("Mất mạng")
    seat.context.set_offline(False)
    seat.go(f"{NEW}words/")
    expect(page.locator("textarea")).to_have_value(WORDS)
    seat.context.close()


def test_a_report_written_without_a_network_is_sent_once_also_after_a_restart(
    city: RunningCity, chromium: Browser, tmp_path: Path
) -> None:
    seat = a_lasting_seat(chromium, city, tmp_path)
    page = seat.go("/")
    page.evaluate("() => navigator.serviceWorker.ready.then(() => true)")
    until_kept(page, WAITING)
    seat.context.set_offline(True)
    page = seat.go(NEW)
    expect(page.locator("h1")).to_contain_text("không có mạng")
    page.locator("[data-compose] [type=submit]").click()
    expect(page.locator("[data-summary] li")).to_have_count(3)
    page.set_input_files("#photos", a_photo(seed=3, place=CITADEL))
    expect(page.locator("[data-shots] img")).to_have_count(1)
    page.locator("#id_category").select_option("lights-out")
    page.locator("#id_text").fill(WORDS)
    page.locator("[data-compose] [type=submit]").click()
    expect(page.locator("[data-state]")).to_have_text("Chờ gửi")
    expect(page.locator("#id_text")).to_have_value("")
    page.locator("[data-edit]").click()
    expect(page.locator("[data-shots] img")).to_have_count(1)
    expect(page.locator("#id_text")).to_have_value(WORDS)
    page.locator("[data-compose] [type=submit]").click()
    expect(page.locator("[data-rows] li")).to_have_count(1)
    expect(seat.go("/").locator("a.banner.wait")).to_contain_text("1 tin gửi thành phố đang chờ gửi")
    seat.context.close()

    seat = a_lasting_seat(chromium, city, tmp_path)
    expect(seat.go(WAITING).locator("[data-state]")).to_have_text("Chờ bạn đăng nhập")
    seat.sign_in(LAN)
    page = seat.go(WAITING)
    expect(page.locator("[data-state]")).to_contain_text("Đã gửi")
    page.locator("[data-open]").click()
    expect(page.locator("#main")).to_contain_text(WORDS)
    expect(page.locator("#main")).to_contain_text("Phú Xuân")  # the photo knew its place
    number = page.url.rstrip("/").rpartition("/")[2]
    expect(seat.go("/f/field_reports/mine/").locator(".row-more", has_text=number)).to_have_count(1)
    seat.context.close()


def test_a_call_for_rescue_without_a_network_goes_out_after_a_restart(
    city: RunningCity, chromium: Browser, tmp_path: Path
) -> None:
    seat = a_lasting_seat(chromium, city, tmp_path)
    page = seat.go("/")
    page.evaluate("() => navigator.serviceWorker.ready.then(() => true)")
    until_kept(page, SOS)
    seat.context.set_offline(True)
    page = seat.go(SOS)
    page.locator("#id_address").fill("Kiệt 12 Đặng Thái Thân, Phú Xuân, mái nhà tôn đỏ")
    page.locator("#id_people").fill("4")
    page.locator("#id_phone").fill("0901 777 009")
    page.locator(".sos-button").click()
    expect(page.locator("#waiting")).to_contain_text("Chưa có mạng")
    seat.context.close()

    seat = a_lasting_seat(chromium, city, tmp_path)
    page = seat.go("/")
    page.locator("a.banner.good", has_text="Lời gọi cứu hộ đã được gửi").click()
    page.wait_for_url(re.compile(rf"{SOS}\w{{8}}/"))
    page.wait_for_function("() => localStorage.getItem('outbox') === null")
    expect(seat.go("/").locator("a.banner.good")).to_have_count(0)
    assert seat.is_clean()
    seat.context.close()


def test_a_call_for_rescue_with_a_network_is_followed_at_once_and_mistakes_are_shown(
    city: RunningCity, chromium: Browser
) -> None:
    seat = a_seat(chromium, city)
    page = seat.go(SOS)
    page.locator("#id_address").fill("Chùa Từ Hiếu, Thủy Xuân")
    page.locator("#id_phone").fill("12")
    page.locator(".sos-button").click()
    expect(page.locator(".field.wrong #id_phone")).to_have_value("12")
    expect(page.locator("#id_address")).to_have_value("Chùa Từ Hiếu, Thủy Xuân")
    page.locator("#id_phone").fill("0901 777 010")
    page.locator(".sos-button").click()
    page.wait_for_url(re.compile(rf"{SOS}\w{{8}}/"))
    seat.context.close()
