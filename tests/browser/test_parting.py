"""Whoever signs out leaves nothing of theirs to the next person at that browser."""

import json
from typing import Any

import pytest
from playwright.sync_api import Browser, Worker

from hues.kernel.delivery.testing import a_receiver
from tests.browser.test_opened import KEPT, pushing
from tests.browser.watching import LAN, PHONE, a_seat
from tests.running import RunningCity

pytestmark = pytest.mark.browser
# Chromium without a network has no push service: the worker is lent a subscription, and what it posts is kept.
LENT = """said => {
  self.posted = [];
  PushManager.prototype.getSubscription = async () => ({ endpoint: said.endpoint, toJSON: () => said });
  const fetch_ = self.fetch;
  self.fetch = async (asked, more) => {
    const answer = await fetch_(asked, more);
    const told = String(asked) === "/push/subscriptions";
    if (told) self.posted.push([more.credentials, JSON.parse(more.body), answer.status]);
    return answer;
  };
}"""
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
    page.evaluate("() => navigator.serviceWorker.ready.then(() => true)")
    (worker,) = seat.context.service_workers or [seat.context.wait_for_event("serviceworker")]
    said = a_receiver("https://fcm.googleapis.com/parting").json()
    worker.evaluate(LENT, said)
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


def posted(worker: Worker) -> Any:
    return worker.evaluate("""async () => {
      const later = then => setTimeout(then, 50);
      for (let tries = 0; tries < 200 && !self.posted.length; tries++) await new Promise(later);
      return self.posted;
    }""")
