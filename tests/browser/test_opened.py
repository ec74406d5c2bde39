"""What counts as opened on a device: the page it was told of, opened by any way; nothing else is told to the city."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Browser, Worker

from tests.browser.watching import PHONE, Seat, a_seat
from tests.browser.working import ready, worker_of
from tests.running import RunningCity

pytestmark = pytest.mark.browser
# Chromium without a network has no push service: the worker is lent a subscription, and what it posts is kept.
LENT = """() => {
  self.posted = [];
  PushManager.prototype.getSubscription = async () => ({ endpoint: "https://push.example/mine" });
  const fetch_ = self.fetch;
  self.fetch = (asked, more) => {
    if (String(asked) === "/push/opened") self.posted.push(JSON.parse(more.body));
    return fetch_(asked, more);
  };
}"""
KEPT = """async ([path, wanted]) => {
  for (let tries = 0; tries < 200; tries++) {
    if (Boolean(await caches.match(`/push/told${path}`)) === wanted) return true;
    await new Promise(later => setTimeout(later, 50));
  }
  return false;
}"""

WORDS_KEPT = KEPT.replace("/push/told", "/push/said")  # the last that the worker writes of a push


def test_the_page_that_a_push_told_of_counts_when_it_is_opened_from_anywhere(
    city: RunningCity, chromium: Browser
) -> None:
    seat = a_phone(chromium, city)
    page = seat.go("/")
    worker = worker_of(seat)
    worker.evaluate(LENT)
    seat.go("/f/alerts/")
    path = str(page.locator('main a[href^="/f/alerts/VN"]').first.get_attribute("href"))
    seat.go(path)
    assert posted(worker) == []  # it was not told of it: nobody learns what is read here
    pushing(seat, city)(json.dumps({"title": "Lũ", "body": "…", "url": f"/en{path}", "tag": "lu", "many": True}))
    assert page.evaluate(KEPT, [path, True])
    seat.go("/f/alerts/")
    assert posted(worker) == []
    seat.go(path)
    assert page.evaluate(KEPT, [path, False])
    assert posted(worker) == [{"endpoint": "https://push.example/mine", "url": f"/en{path}"}]
    seat.go(path)
    seat.go("/")
    assert len(posted(worker)) == 1
    seat.context.close()


def test_what_a_push_said_is_read_without_a_network_though_its_page_was_never_fetched(
    city: RunningCity, chromium: Browser
) -> None:
    seat = a_phone(chromium, city)
    page = seat.go("/")
    ready(page)
    path = "/f/alerts/VN-HUE-2026-999999/"
    told = {"title": "Hủy: lũ <b>", "body": "Nước đã rút.\nVề nhà.", "url": path, "tag": "lu", "many": True}
    pushing(seat, city)(json.dumps(told))
    assert page.evaluate(KEPT, [path, True])
    seat.context.set_offline(True)
    for address in (path, f"/en{path}"):
        page.goto(city.url.rstrip("/") + address)
        card = page.locator("#as-told")
        assert card.locator("h1").inner_text() == told["title"]
        assert card.locator(".prewrap").inner_text() == told["body"]
    page.goto(city.url.rstrip("/") + "/f/alerts/VN-HUE-2026-999998/")
    assert page.locator("#as-told").count() == 0
    seat.context.set_offline(False)
    seat.context.close()


def test_a_copy_kept_before_says_without_a_network_what_a_push_has_said_of_its_story_since(
    city: RunningCity, chromium: Browser
) -> None:
    seat = a_phone(chromium, city)
    page = seat.go("/")
    ready(page)
    page.wait_for_function("() => navigator.serviceWorker.controller !== null")
    seat.go("/f/alerts/")
    path = str(page.locator('main a[href^="/f/alerts/VN"]').first.get_attribute("href"))
    push, over = pushing(seat, city), "/f/alerts/VN-HUE-2026-999997/"
    for url, title in ((path, "Lũ về"), (over, "Hết lũ: về nhà được")):
        push(json.dumps({"title": title, "body": "…", "url": url, "tag": "lu", "many": True}))
        assert page.evaluate(WORDS_KEPT, [url, True])
        if url == path:  # opened, and kept as it was before its end: from here on no copy is made anew
            seat.go(path)
            seat.go("/")
            seat.context.set_offline(True)
    for address in (path, "/f/alerts/", "/"):
        page.goto(city.url.rstrip("/") + address)
        card = page.locator("#as-told")
        assert card.locator("h2").inner_text() == "Hết lũ: về nhà được"
        assert "Mới hơn trang dưới đây" in card.inner_text()
    seat.context.set_offline(False)
    seat.go(path)
    assert page.locator("#as-told").count() == 0
    seat.context.close()


def a_phone(chromium: Browser, city: RunningCity) -> Seat:
    """Return a phone that lets the city notify."""
    size = {"viewport": {"width": PHONE[0], "height": PHONE[1]}, "permissions": ["notifications"]}
    return a_seat(chromium, city, **size)


def pushing(seat: Seat, city: RunningCity) -> Callable[[str], None]:
    """Return what hands a push to the worker, as a push service would."""
    devtools, workers = seat.context.new_cdp_session(seat.page), dict[str, str]()
    devtools.on(
        "ServiceWorker.workerRegistrationUpdated",
        lambda said: workers.update({one["scopeURL"]: one["registrationId"] for one in said["registrations"]}),
    )
    devtools.send("ServiceWorker.enable")
    while not workers:
        seat.page.evaluate("() => 1")  # what was said meanwhile is heard
    origin = city.url.rstrip("/")
    given = {"origin": origin, "registrationId": workers[f"{origin}/"]}

    def push(data: str) -> None:
        devtools.send("ServiceWorker.deliverPushMessage", {**given, "data": data})

    return push


def posted(worker: Worker) -> Any:
    return worker.evaluate("() => self.posted")
