"""
Take the README's picture from a running demo city: python tools/pictures.py http://localhost:8000

A citizen's page on a phone stands beside the centre's desk. Needs Chromium; run it when the look has changed.
"""

import io
import shutil
import sys
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

PICTURE = Path(__file__).resolve().parents[1] / "docs" / "pictures" / "walk.png"
OPERATOR = "+84901000005"
PHONE, DESK = (390, 844), (1440, 900)  # CSS pixels
HEIGHT = 560  # pixels of both pages in the picture
MARGIN, GROUND = 16, (236, 231, 240)
COLOURS, MOST = 200, 250_000
ARGUMENTS = ("--no-sandbox", "--use-gl=angle", "--use-angle=swiftshader", "--enable-unsafe-swiftshader")


def phone(browser: Browser, city: str) -> Image.Image:
    """Return the page of a report that was put right, as everybody reads it on a phone."""
    page = _page(browser, PHONE, scale=2)
    page.goto(f"{city}/f/field_reports/?outcome=fixed&category=roads")
    links = page.locator("#main a[href*='/field_reports/PA-']")
    for address in [links.nth(n).get_attribute("href") for n in range(links.count())]:
        page.goto(f"{city}{address}")
        if page.locator(".before-after").count():
            break
    return _shot(page)


def desk(browser: Browser, city: str) -> Image.Image:
    """Return the queue of the operations centre with its map."""
    page = _page(browser, DESK, scale=1)
    page.goto(f"{city}/demo/?next=/ops/")
    page.locator(f'button[value="{OPERATOR}"]').first.evaluate("button => button.click()")
    page.wait_for_url("**/ops/**")
    page.locator("#queue-map.ready").wait_for()
    return _shot(page)


def beside(left: Image.Image, right: Image.Image) -> Image.Image:
    """Return both pages at one height on one ground."""
    pages = [
        page.resize((round(page.width * HEIGHT / page.height), HEIGHT), Image.Resampling.LANCZOS)
        for page in (left, right)
    ]
    width = sum(page.width for page in pages) + 3 * MARGIN
    picture = Image.new("RGB", (width, HEIGHT + 2 * MARGIN), GROUND)
    picture.paste(pages[0], (MARGIN, MARGIN))
    picture.paste(pages[1], (pages[0].width + 2 * MARGIN, MARGIN))
    return picture


def main(city: str) -> int:
    """Take both pages and keep the picture; 1 if it became too large."""
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=shutil.which("chromium"), args=ARGUMENTS)
        picture = beside(phone(browser, city), desk(browser, city))
        browser.close()
    PICTURE.parent.mkdir(parents=True, exist_ok=True)
    picture.quantize(COLOURS, dither=Image.Dither.NONE).save(PICTURE, optimize=True)
    size = PICTURE.stat().st_size
    print(f"{PICTURE}: {picture.width} × {picture.height}, {size // 1000} kB")
    return int(size > MOST)


def _page(browser: Browser, size: tuple[int, int], *, scale: int) -> Page:
    width, height = size
    context = browser.new_context(
        viewport={"width": width, "height": height}, device_scale_factor=scale, locale="vi-VN"
    )
    return context.new_page()


def _shot(page: Page) -> Image.Image:
    page.wait_for_load_state("networkidle")
    return Image.open(io.BytesIO(page.screenshot())).convert("RGB")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1].rstrip("/") if len(sys.argv) > 1 else "http://localhost:8000"))
