"""The service worker of somebody's browser, and what it posts."""

from typing import Any

from playwright.sync_api import Page, Worker

from tests.browser.watching import Seat

# Chromium without a network has no push service: the worker is lent a subscription, and what it posts is kept.
LENT = """([said, door]) => {
  self.posted = [];
  PushManager.prototype.getSubscription = async () => ({ endpoint: said.endpoint, toJSON: () => said });
  const fetch_ = self.fetch;
  self.fetch = async (asked, more) => {
    const answer = await fetch_(asked, more);
    if (String(asked) === door) self.posted.push([more.credentials, JSON.parse(more.body), answer.status]);
    return answer;
  };
}"""
POSTED = """async wanted => {
  const later = then => setTimeout(then, 50);
  for (let tries = 0; tries < 200 && self.posted.length < wanted; tries++) await new Promise(later);
  return self.posted;
}"""


def ready(page: Page) -> None:
    """Wait until a page has a service worker."""
    page.evaluate("() => navigator.serviceWorker.ready.then(() => true)")


def worker_of(seat: Seat) -> Worker:
    """Return the service worker of the page that somebody looks at."""
    ready(seat.page)
    (worker,) = seat.context.service_workers or [seat.context.wait_for_event("serviceworker")]
    return worker


def lend(worker: Worker, said: dict[str, Any], door: str) -> None:
    """Lend a worker a subscription, and have it keep what it posts to one address."""
    worker.evaluate(LENT, [said, door])


def posted(worker: Worker, wanted: int = 1) -> Any:
    """Return what a worker posted there once it is as much as is wanted: its cookies, its body, the answer."""
    return worker.evaluate(POSTED, wanted)
