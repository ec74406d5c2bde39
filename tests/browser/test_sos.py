"""The call for rescue knows the phone of whoever is signed in, who may write another."""

import re

import pytest
from playwright.sync_api import Browser, Route, expect

from tests.browser.watching import LAN, a_seat
from tests.running import RunningCity

pytestmark = pytest.mark.browser
SOS = "/f/storm_flood/sos/"


def test_the_form_fills_in_the_phone_of_whoever_is_signed_in(city: RunningCity, chromium: Browser) -> None:
    seat = a_seat(chromium, city, LAN)
    page = seat.go(SOS)
    expect(page.locator("[name=phone]")).to_have_value("0901 000 001")
    page.locator("[name=phone]").fill("0901 777 555")
    page.locator("[name=for_other]").check()
    page.locator("[name=address]").fill("Kiệt 5 Chi Lăng, Phường Phú Xuân")
    page.locator(".sos-button").click()
    page.wait_for_url(re.compile("/sos/[A-Z0-9]{8}/$"))
    seat.context.close()
    stranger = a_seat(chromium, city)
    with stranger.page.expect_response("**/sos/phone/"):
        page = stranger.go(SOS)
    expect(page.locator("[name=phone]")).to_have_value("")
    stranger.context.close()


def test_a_call_on_its_way_is_not_said_to_have_no_network(city: RunningCity, chromium: Browser) -> None:
    seat = a_seat(chromium, city, service_workers="block")
    page, held = seat.go(SOS), list[Route]()
    page.locator("[name=phone]").fill("0901 777 556")
    page.locator("[name=address]").fill("Kiệt 7 Chi Lăng, Phường Phú Xuân")
    page.route(f"**{SOS}", lambda route: held.append(route))
    with page.expect_request(lambda asked: asked.method == "POST"):
        page.locator(".sos-button").click()
    waiting = page.locator("#waiting")
    expect(waiting).to_contain_text("Đang gửi")
    expect(waiting.locator("button")).to_have_count(0)
    held.pop().abort()
    expect(waiting).to_contain_text("Chưa có mạng")
    page.unroute(f"**{SOS}")
    waiting.locator("button").first.click()
    page.wait_for_url(re.compile("/sos/[A-Z0-9]{8}/$"))
    seat.context.close()
