"""Walks in a real Chromium: a report from photo to receipt on a phone, and what every main page owes its reader."""

import shutil
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from tests.running import ROOT, RunningCity, a_city

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
ARGUMENTS = ["--no-sandbox", "--use-gl=angle", "--use-angle=swiftshader", "--enable-unsafe-swiftshader"]
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
LAN, THAO, MINH = "+84901000001", "+84901000005", "+84901000003"
PHONE, DESK = {"width": 390, "height": 844}, {"width": 1440, "height": 900}

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="there is no Chromium on this machine: the browser walks are left out"),
]


@pytest.fixture(scope="module")
def city(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningCity]:
    with a_city(Path(tmp_path_factory.mktemp("city"))) as running:
        yield running


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield browser
        browser.close()


def open_as(chromium: Browser, city: RunningCity, phone: str, *, bypass_csp: bool = False) -> BrowserContext:
    size = DESK if phone in (THAO, MINH) else PHONE
    context = chromium.new_context(viewport=size, locale="vi-VN", bypass_csp=bypass_csp)  # type: ignore[arg-type]
    context.set_default_timeout(30_000)
    if phone:
        page = context.new_page()
        page.goto(f"{city.url}/demo/")
        page.locator(f'button[value="{phone}"]').first.evaluate("button => button.click()")
        page.wait_for_url(lambda url: "/demo/" not in url)
        page.close()
    return context


def a_photo() -> dict[str, object]:
    out = BytesIO()
    Image.new("RGB", (1600, 1200), (96, 98, 104)).save(out, "JPEG")
    return {"name": "IMG_1.jpg", "mimeType": "image/jpeg", "buffer": out.getvalue()}


def test_a_report_from_photo_to_receipt_on_a_phone(city: RunningCity, chromium: Browser) -> None:
    context = open_as(chromium, city, LAN)
    page, wrong, foreign = context.new_page(), [], []
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("console", lambda said: wrong.append(said.text) if said.type == "error" else None)
    page.on("request", lambda asked: foreign.append(asked.url) if not _is_ours(asked.url, city) else None)
    page.goto(f"{city.url}/f/field_reports/new/")
    page.set_input_files("#photos", a_photo())  # type: ignore[arg-type]
    page.wait_for_selector(".shots img")
    page.click(".actions .btn-primary")
    page.wait_for_url("**/place/**")
    page.reload()
    _give_an_address(page)
    page.wait_for_url("**/category/**")
    page.fill("#q", "den duong")
    page.click('button[value="lights-out"]')
    page.wait_for_url("**/words/**")
    page.fill("textarea", "Hai bóng đèn trước nhà không sáng ba tối nay, đường rất tối.")
    page.click(".actions .btn-primary")
    page.wait_for_url("**/check/**")
    expect(page.locator("main")).to_contain_text("Hai bóng đèn trước nhà không sáng")
    page.click(".actions .btn-primary")
    page.wait_for_url("**/sent/**")
    expect(page.locator("main")).to_contain_text("PA-")
    assert wrong == []
    assert foreign == []
    context.close()


def _give_an_address(page: Page) -> None:
    page.get_by_label("Phường, xã").select_option("19753")
    page.locator('input[name="address"]').fill("12 Mai Thúc Loan")
    page.locator(".actions .btn-primary").click()


def _is_ours(url: str, city: RunningCity) -> bool:
    return url.startswith((city.url, "data:", "blob:"))


@pytest.mark.skipif(not AXE.exists(), reason="axe-core is not installed: `make setup` brings it")
@pytest.mark.parametrize(
    ("phone", "path"),
    [
        ("", "/"),
        ("", "/en/"),
        ("", "/f/field_reports/"),
        ("", "/f/field_reports/new/"),
        ("", "/login/"),
        (LAN, "/me/"),
        (LAN, "/en/me/inbox/"),
        (MINH, "/desk/"),
        (THAO, "/ops/"),
        (THAO, "/en/ops/"),
    ],
)
def test_a_page_can_be_used_by_everybody(city: RunningCity, chromium: Browser, phone: str, path: str) -> None:
    context = open_as(chromium, city, phone, bypass_csp=True)
    page = context.new_page()
    page.goto(city.url + path)
    page.evaluate(AXE.read_text("utf-8"))
    found = page.evaluate("rules => axe.run(document, {runOnly: {type: 'tag', values: rules}})", RULES)
    assert [(v["id"], v["nodes"][0]["target"]) for v in found["violations"]] == []
    page.set_viewport_size({"width": 320, "height": 640})
    assert page.evaluate("() => document.documentElement.scrollWidth") <= 321
    context.close()


def test_home_opens_without_a_network(city: RunningCity, chromium: Browser) -> None:
    context = open_as(chromium, city, "")
    page = context.new_page()
    page.goto(city.url)
    page.evaluate("() => navigator.serviceWorker.ready.then(() => true)")
    page.reload()
    context.set_offline(True)
    page.goto(city.url)
    expect(page.locator("h1")).to_have_count(1)
    assert len(page.locator("body").inner_text()) > 20
    context.close()
