"""An alert that waits for approval, on the screen of a desk."""

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.watching import DESK, SON, a_seat
from tests.running import RunningCity

pytestmark = pytest.mark.browser
NGA = "+84901200005"
FILLED = """() => document.querySelectorAll("main :is(textarea, input[type=text])").forEach(field => {
  field.value = field.value.replaceAll("[…]", "5");
})"""


def test_what_is_approved_and_the_button_that_issues_it_fit_one_screen(city: RunningCity, chromium: Browser) -> None:
    writer = a_seat(chromium, city, SON)
    page = writer.go("/ops/alerts/new/?template=flood-3")
    page.evaluate(FILLED)
    page.locator("input[name=wards]").first.check()
    page.locator("button[name=submit]").click()
    page.wait_for_url(lambda url: "/new/" not in url)
    approver = a_seat(chromium, city, NGA, viewport={"width": DESK[0], "height": DESK[1]})
    approver.page.goto(page.url)
    for part in (".alert-head", ".two-thirds section", ".reach", "form.accent .btn-danger"):
        expect(approver.page.locator(part).first).to_be_in_viewport(ratio=1)
    assert approver.is_clean()
    for seat in (writer, approver):
        seat.context.close()
