"""
Draw the app's icons from our own mark: python tools/icons.py

Needs Chromium; the pictures are kept in the repository, so this runs only when the mark changes.
"""

import io
import re
import shutil
import sys
from pathlib import Path

from PIL import Image
from playwright.sync_api import sync_playwright

FOLDER = Path(__file__).resolve().parents[1] / "hues" / "surfaces" / "shell" / "static" / "shell"
PLAIN = {"icon-48.png": 48, "icon-180.png": 180, "icon-192.png": 192, "icon-512.png": 512}
COLOURS = 64


def masked(mark: str) -> str:
    """Return the mark with its ground to the edges and its figure inside of the safe circle."""
    figure = re.sub(r"<rect[^>]*/>", "", mark[mark.index(">") + 1 : mark.rindex("</svg>")])
    ground = re.search(r'<rect[^>]*fill="([^"]+)"', mark)
    colour = ground[1] if ground else "#000"
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 64">'
        f'<rect width="64" height="64" fill="{colour}"/><g transform="translate(8 8) scale(.75)">{figure}</g></svg>'
    )


def main() -> int:
    """Draw every size, with few colours so that they stay small."""
    mark = (FOLDER / "mark.svg").read_text()
    wanted = [(name, size, mark) for name, size in PLAIN.items()] + [("icon-maskable.png", 512, masked(mark))]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        page = browser.new_page()
        for name, size, drawing in wanted:
            page.set_viewport_size({"width": size, "height": size})
            page.set_content(f"<style>*{{margin:0}}svg{{display:block;width:{size}px}}</style>{drawing}")
            picture = Image.open(io.BytesIO(page.screenshot(omit_background=True)))
            picture.quantize(COLOURS, Image.Quantize.FASTOCTREE).save(FOLDER / name, optimize=True)
        browser.close()
    print(f"{len(wanted)} icons are in {FOLDER}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
