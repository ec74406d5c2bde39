"""Whoever signs out leaves nothing of theirs to the next person at that browser."""

import json

import pytest
from playwright.sync_api import Browser

from hues.kernel.delivery.testing import a_receiver
from tests.browser.test_opened import KEPT, pushing
from tests.browser.watching import LAN, PHONE, a_seat
from tests.browser.working import lend, posted, worker_of
from tests.running import RunningCity

pytestmark = pytest.mark.browser
SHOWN = """async wanted => {
  const there = await navigator.serviceWorker.ready;
  for (let tries = 0; tries < 600; tries++) {
    if ((await there.getNotifications()).length === wanted) return true;
    await new Promise(later => setTimeout(later, 50));
  }
  return false;
}"""


def test_at_sign_out_the_browser_is_parted_from_the_account(city: RunningCity, chromium: Browser) -> None:
    size = {"viewport": {"width": PHONE[0], "height": PHONE[1]}, "permissions": ["notifications"]}
    seat = a_seat(chromium, city, LAN, **size)
    page = seat.go("/me/")
    worker = worker_of(seat)
    said = a_receiver("https://fcm.googleapis.com/parting").json()
    lend(worker, said, "/push/subscriptions")
    push = pushing(seat, city)
    push(json.dumps({"title": "Riêng", "body": "…", "url": "/me/reports/", "tag": "own"}))
    push(json.dumps({"title": "Lũ", "body": "…", "url": "/f/alerts/x/", "tag": "lu", "many": True}))
    assert page.evaluate(SHOWN, 2)
    assert page.evaluate(KEPT, ["/f/alerts/x/", True])
    assert page.evaluate(KEPT, ["/me/reports/", False])  # what is one's own is not kept at all
    page.locator('form[action$="/logout/"] button').click()
    page.wait_for_url(f"{city.url.rstrip('/')}/")
    assert page.evaluate(SHOWN, 0)
    assert page.evaluate(KEPT, ["/f/alerts/x/", False])
    assert posted(worker) == [["omit", {**said, "language": "vi", "parts": True}, 201]]
    seat.context.close()
