"""Without a network: what can be read, what is kept, and what goes out once it is back."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.watching import CITADEL, LAN, NEW, WORDS, a_lasting_seat, a_photo, a_seat
from tests.browser.working import ready
from tests.running import RunningCity

pytestmark = pytest.mark.browser
WAITING = f"{NEW}offline/"
SOS = "/f/storm_flood/sos/"


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
    ready(page)
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
    ready(page)
    for path in ("/f/storm_flood/sos/", "/f/field_reports/new/offline/"):
        until_kept(page, path)
    assert page.evaluate("() => fetch('/outbox/token/').then(said => said.json())") == {"token": "", "me": ""}
    assert not seat.context.cookies()
    seat.context.close()


def test_a_copy_of_what_people_wrote_is_not_shown_after_two_days(city: RunningCity, chromium: Browser) -> None:
    seat = a_seat(chromium, city)
    page = seat.go("/")
    ready(page)
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
    ready(page)
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
    ready(page)
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
    ready(page)
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
