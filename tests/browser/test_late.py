"""Two windows of one browser: signing in again in one loses nothing of what stands in the other."""

from urllib.parse import quote

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.watching import MAI, a_seat
from tests.running import RunningCity

pytestmark = pytest.mark.browser

FORM = "/ops/templates/new/"
WORDS = "Dạ, đội sửa đường sẽ đến ngày mai.\nXin cảm ơn."


@pytest.mark.parametrize("script", [True, False])
def test_a_form_in_another_window_waits_and_is_sent_by_hand(
    city: RunningCity, chromium: Browser, *, script: bool
) -> None:
    title = f"Hẹn ngày mai {script}"
    with_script = a_seat(chromium, city, MAI)
    seat = with_script
    if not script:
        seat = a_seat(chromium, city, MAI, storage_state=with_script.context.storage_state(), java_script_enabled=False)
    page = seat.go(FORM)
    page.locator('[name="title"]').fill(title)
    page.locator('[name="text_vi"]').fill(WORDS)
    page.locator('[name="outcome"]').select_option(index=1)
    other = seat.context.new_page()
    seat.context.clear_cookies(name=next(c["name"] for c in seat.context.cookies() if c["name"].endswith("_session")))
    other.goto(f"{city.url}/demo/?next={quote('/ops/templates/')}")
    other.locator(f'button[value="{MAI}"]').first.click()
    other.wait_for_url("**/ops/templates/")
    page.locator('[name="text_vi"]').locator("xpath=ancestor::form").locator('button[type="submit"]').last.click()
    page.wait_for_url("**/late/")
    page.reload()
    expect(page.locator("main")).to_contain_text("Xin cảm ơn.")
    page.get_by_role("button", name="Gửi ngay").click()
    page.wait_for_url("**/ops/templates/**")
    expect(page.locator("main")).to_contain_text(title)
    assert seat.is_clean()
