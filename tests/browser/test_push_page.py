"""“Warn me on this device”: to agree, to be refused, to be blocked, to stop; to be there again after a sign-in."""

import json
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, Worker, expect

from hues.kernel.delivery.testing import a_receiver
from tests.browser.watching import LAN, PHONE, STRANGER, Seat, a_seat
from tests.browser.working import lend, posted, worker_of
from tests.running import RunningCity

pytestmark = pytest.mark.browser
# Chromium without a network has no push service: the page is lent a PushManager and a will of its owner.
OWNER = """said => {
  let mine = null;
  const made = { endpoint: said.endpoint, toJSON: () => said, unsubscribe: async () => { mine = null; return true; } };
  window.asked = [];
  PushManager.prototype.getSubscription = async () => mine;
  PushManager.prototype.subscribe = async wishes => { window.asked.push(wishes); return mine = made; };
  let will = said.will;
  Object.defineProperty(Notification, "permission", { get: () => will === "ask" ? "default" : will });
  Notification.requestPermission = async () => will = will === "ask" ? said.answer : will;
}"""
SAID_AT = """when => caches.open("told-1").then(told =>
  told.put("/push/here", new Response("", { headers: { "X-Hues-Kept-At": when || Date.now() - 25 * 3600 * 1000 } })))"""
START, STOP, ON = "Nhận cảnh báo trên máy này", "Ngừng trên máy này", "Máy này nhận cảnh báo"
REFUSED = "Trình duyệt này không cho Hue-S hiện thông báo"


def at_the_box(
    chromium: Browser, city: RunningCity, said: dict[str, Any], will: str, answer: str = "granted"
) -> tuple[Seat, Page]:
    seat = a_seat(chromium, city, STRANGER, viewport={"width": PHONE[0], "height": PHONE[1]})
    seat.context.add_init_script(f"({OWNER})({json.dumps({**said, 'will': will, 'answer': answer})})")
    page = seat.go("/warn-me/")
    page.locator("[data-push]").wait_for()
    return seat, page


def sent(page: Page, method: str) -> Any:
    return page.expect_response(
        lambda answer: answer.url.endswith("/push/subscriptions") and answer.request.method == method
    )


def test_a_device_is_switched_on_with_the_citys_key_and_off_again(city: RunningCity, chromium: Browser) -> None:
    said = a_receiver("https://fcm.googleapis.com/agreed").json()
    seat, page = at_the_box(chromium, city, said, "ask")
    box = page.locator("[data-push]")
    button = box.get_by_role("button", name=START)
    expect(button).to_have_attribute("aria-pressed", "false")
    with sent(page, "POST") as told:
        button.click()
    assert told.value.status == 201
    body = told.value.request.post_data_json
    assert (body["endpoint"], body["keys"], body["language"]) == (said["endpoint"], said["keys"], "vi")
    stop = box.get_by_role("button", name=STOP)
    expect(stop).to_have_attribute("aria-pressed", "true")
    expect(box.get_by_role("status")).to_contain_text(ON)
    asked = page.evaluate("() => asked.map(one => [one.userVisibleOnly, one.applicationServerKey.length])")
    assert asked == [[True, 65]]
    with sent(page, "DELETE") as left:
        stop.click()
    assert left.value.status == 204
    expect(box.get_by_role("button", name=START)).to_have_attribute("aria-pressed", "false")
    assert seat.is_clean()
    seat.context.close()


def test_whoever_says_no_is_told_how_it_stands_and_subscribes_nothing(city: RunningCity, chromium: Browser) -> None:
    said = a_receiver("https://fcm.googleapis.com/refused").json()
    seat, page = at_the_box(chromium, city, said, "ask", "denied")
    box = page.locator("[data-push]")
    box.get_by_role("button", name=START).click()
    expect(box.get_by_role("status")).to_contain_text(REFUSED)
    expect(box.locator("button")).to_be_hidden()
    assert page.evaluate("() => asked") == []
    assert seat.is_clean()
    seat.context.close()


def test_a_browser_that_blocks_it_offers_no_button_but_the_way_out(city: RunningCity, chromium: Browser) -> None:
    said = a_receiver("https://fcm.googleapis.com/blocked").json()
    seat, page = at_the_box(chromium, city, said, "denied")
    expect(page.locator("[data-push] button")).to_be_hidden()
    expect(page.locator("[data-push]").get_by_role("status")).to_contain_text(REFUSED)
    nothing_to_tick_but_other_ways(page)
    assert seat.is_clean()
    seat.context.close()


def test_a_browser_whose_worker_cannot_start_says_why_and_what_helps(city: RunningCity, chromium: Browser) -> None:
    seat = a_seat(chromium, city, STRANGER, viewport={"width": PHONE[0], "height": PHONE[1]})
    seat.context.add_init_script(
        "navigator.serviceWorker.register = async () => { throw new DOMException('blocked', 'SecurityError'); }"
    )
    page = seat.go("/warn-me/")
    expect(page.locator("[data-push]").get_by_role("status")).to_contain_text("cửa sổ riêng tư")
    expect(page.locator("[data-push] button")).to_be_hidden()
    nothing_to_tick_but_other_ways(page)
    seat.context.close()


def test_a_city_that_is_not_reached_is_told_apart_from_a_push_service(city: RunningCity, chromium: Browser) -> None:
    said = a_receiver("https://fcm.googleapis.com/away").json()
    seat, page = at_the_box(chromium, city, said, "ask")
    page.route("**/push/key", lambda route: route.abort())
    box = page.locator("[data-push]")
    box.get_by_role("button", name=START).click()
    expect(box.get_by_role("status")).to_contain_text("không kết nối được với Hue-S")
    expect(box.get_by_text("Cách khác")).to_be_visible()
    seat.context.close()


def nothing_to_tick_but_other_ways(page: Page) -> None:
    expect(page.locator("[data-push-wards]")).to_be_hidden()
    ways = page.locator("[data-push-others] a")
    expect(ways).to_have_count(2)
    assert [way.evaluate("async way => (await fetch(way.href)).status") for way in ways.all()] == [200, 200]


def test_a_push_service_that_fails_is_told_and_may_be_tried_again(city: RunningCity, chromium: Browser) -> None:
    said = a_receiver("https://fcm.googleapis.com/failed").json()
    seat, page = at_the_box(chromium, city, said, "ask")
    page.evaluate("() => { PushManager.prototype.subscribe = async () => { throw new DOMException('no network'); }; }")
    box = page.locator("[data-push]")
    box.get_by_role("button", name=START).click()
    expect(box.get_by_role("status")).to_contain_text("Chưa được: trình duyệt")
    expect(box.get_by_text("Cách khác")).to_be_visible()
    expect(box.get_by_role("button", name=START)).to_be_enabled()
    seat.context.close()


def where_it_is_said(
    chromium: Browser, city: RunningCity, phone: str, path: str
) -> tuple[Seat, Worker, list[list[Any]]]:
    """Return somebody's browser, its worker that subscribed, and what is right for it to post each time."""
    seat = a_seat(chromium, city, phone, viewport={"width": PHONE[0], "height": PHONE[1]})
    page = seat.go(path)
    worker = worker_of(seat)
    page.wait_for_function("() => navigator.serviceWorker.controller !== null")
    said = a_receiver("https://fcm.googleapis.com/here").json()
    lend(worker, said, "/push/here")
    return seat, worker, [[{"endpoint": said["endpoint"]}, 204]]


def test_any_page_says_once_a_day_who_is_here(city: RunningCity, chromium: Browser) -> None:
    seat, worker, right = where_it_is_said(chromium, city, LAN, "/me/")
    for path, wanted in (("/me/", 1), ("/me/reports/", 1), ("/me/", 2)):
        if wanted == 2:
            worker.evaluate(SAID_AT, 0)
        seat.go(path).wait_for_load_state("networkidle")
        assert [told for _with, *told in posted(worker, wanted)] == right * wanted
    seat.context.close()


def test_the_worker_says_who_is_here_after_a_sign_in(city: RunningCity, chromium: Browser) -> None:
    seat, worker, right = where_it_is_said(chromium, city, STRANGER, "/demo/")
    worker.evaluate(SAID_AT, seat.page.evaluate("() => Date.now()"))  # so that no page says it for the day
    seat.page.locator(f'button[value="{LAN}"]').first.evaluate("button => button.click()")
    seat.page.wait_for_url(lambda url: "/demo/" not in url)
    assert [told for _with, *told in posted(worker)] == right
    seat.context.close()


def test_a_browser_that_cannot_be_warned_says_so_and_what_helps(city: RunningCity, chromium: Browser) -> None:
    seat = a_seat(chromium, city, STRANGER, viewport={"width": PHONE[0], "height": PHONE[1]})
    seat.context.add_init_script("delete window.PushManager")  # as on a phone's page outside of its home screen
    box = seat.go("/warn-me/").locator("[data-push]")
    expect(box.get_by_role("status")).to_contain_text("đưa Hue-S ra màn hình chính")
    expect(box.get_by_role("button")).to_have_count(0)
    assert seat.is_clean()
    seat.context.close()
