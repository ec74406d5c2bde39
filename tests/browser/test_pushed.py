"""What a device shows of a push: the words of the message, and ours if it has none."""

import json
from typing import Any

import pytest
from playwright.sync_api import Browser

from tests.browser.watching import PHONE, a_seat
from tests.browser.working import ready
from tests.running import RunningCity

pytestmark = pytest.mark.browser
SHOWN = """async wanted => {
  const there = await navigator.serviceWorker.ready;
  for (let tries = 0; ; tries++) {
    const found = (await there.getNotifications()).map(({ title, body, lang, tag, data, requireInteraction }) =>
      ({ title, body, lang, tag, url: data.url, stays: requireInteraction }));
    if (found.length === wanted || tries > 200) return found;
    await new Promise(later => setTimeout(later, 50));
  }
}"""


def test_a_push_shows_its_words_and_one_without_any_ours(city: RunningCity, chromium: Browser) -> None:
    size = {"viewport": {"width": PHONE[0], "height": PHONE[1]}, "permissions": ["notifications"]}
    seat = a_seat(chromium, city, **size)
    page = seat.go("/")
    ready(page)
    devtools, workers = seat.context.new_cdp_session(page), dict[str, str]()
    devtools.on(
        "ServiceWorker.workerRegistrationUpdated",
        lambda said: workers.update({one["scopeURL"]: one["registrationId"] for one in said["registrations"]}),
    )
    devtools.send("ServiceWorker.enable")
    while not workers:
        page.evaluate("() => 1")  # what was said meanwhile is heard

    def deliver(data: str) -> None:
        origin = city.url.rstrip("/")
        given: dict[str, Any] = {"origin": origin, "registrationId": workers[f"{origin}/"], "data": data}
        devtools.send("ServiceWorker.deliverPushMessage", given)

    told = {"title": "Lũ khẩn cấp", "body": "Lên chỗ cao ngay.", "lang": "vi", "tag": "lu", "url": "/f/alerts/"}
    deliver(json.dumps({**told, "urgent": True}))
    assert page.evaluate(SHOWN, 1) == [{**told, "stays": True}]
    deliver("")
    (ours,) = [one for one in page.evaluate(SHOWN, 2) if one["tag"] == "hues"]
    assert (ours["title"], ours["url"]) == ("Hue-S · Thành phố Huế", "/me/inbox/")
    assert ours["body"] == "Bạn có thông báo mới. · You have a new notice."
    assert seat.is_clean()
    seat.context.close()
