"""Browsers of the city's people, and an eye on everything that goes wrong in them."""

import io
import random
import re
import shutil
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from PIL import Image
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, FilePayload, Page, Request

from hues.kernel.media.testing import an_exif
from tests.running import ROOT, RunningCity

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
ARGUMENTS = ["--no-sandbox", "--use-gl=angle", "--use-angle=swiftshader", "--enable-unsafe-swiftshader"]
MISSING = "there is no Chromium on this machine: THE BROWSER WALKS ARE LEFT OUT"
AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]

STRANGER, LAN, MINH, THAO, MAI = "", "+84901000001", "+84901000003", "+84901000005", "+84901000007"
SON = "+84901200004"
AT_DESKS = frozenset({MINH, THAO, MAI, SON})
NEW = "/f/field_reports/new/"
CITADEL = (16.4698, 107.5776)
WORDS = "Hai bóng đèn trước nhà không sáng ba tối nay, đường rất tối."
PHONE, DESK, NARROWEST = (390, 844), (1440, 900), 320
PATIENCE = 30_000  # milliseconds: two cores draw maps without a graphics card

# What Chromium says when somebody leaves a page while its fade is still running: nothing is broken by it.
HASTE = re.compile("Transition was (aborted|skipped)")


@dataclass(kw_only=True)
class Seat:
    """Somebody's browser: the page they look at, what their console said, and who else was asked for anything."""

    city: RunningCity
    context: BrowserContext
    page: Page
    wrong: list[str] = field(default_factory=list)
    foreign: list[str] = field(default_factory=list)

    def go(self, path: str) -> Page:
        """Open a page of the city."""
        self.page.goto(self.city.url + path)
        return self.page

    def sign_in(self, phone: str) -> None:
        """Sign in as somebody of the demo."""
        self.go("/demo/").locator(f'button[value="{phone}"]').first.evaluate("button => button.click()")
        self.page.wait_for_url(lambda url: "/demo/" not in url)

    def note_console(self, said: ConsoleMessage) -> None:
        """Remember an error of the console."""
        if said.type == "error":
            self.wrong.append(f"{said.text} ({said.location})")

    def note_request(self, asked: Request) -> None:
        """Remember a request that leaves the city."""
        if not asked.url.startswith((self.city.url, "data:", "blob:")):
            self.foreign.append(asked.url)

    def is_clean(self) -> bool:
        """Test that nothing went wrong and nothing left the city."""
        assert self.wrong == []
        assert self.foreign == []
        return True


def a_seat(chromium: Browser, city: RunningCity, phone: str = STRANGER, **wishes: Any) -> Seat:
    """Open a browser of the size that its owner has, signed in as somebody of the demo."""
    context = chromium.new_context(**_looks(DESK if phone in AT_DESKS else PHONE) | wishes)
    return _taken(context, city, "" if "storage_state" in wishes else phone)


def a_lasting_seat(chromium: Browser, city: RunningCity, folder: Path) -> Seat:
    """Open a phone's browser that finds in `folder` what it kept there before it was closed."""
    context = chromium.browser_type.launch_persistent_context(
        folder, executable_path=CHROMIUM, args=ARGUMENTS, **_looks(PHONE)
    )
    return _taken(context, city, STRANGER)


def _looks(size: tuple[int, int]) -> dict[str, Any]:
    return {"viewport": {"width": size[0], "height": size[1]}, "locale": "vi-VN"}


def _taken(context: BrowserContext, city: RunningCity, phone: str) -> Seat:
    context.set_default_timeout(PATIENCE)
    seat = Seat(city=city, context=context, page=context.new_page())
    if phone:
        seat.sign_in(phone)
    context.on("console", seat.note_console)
    context.on(
        "weberror", lambda error: None if HASTE.search(str(error.error)) else seat.wrong.append(str(error.error))
    )
    context.on("request", seat.note_request)
    return seat


def a_photo(*, seed: int, place: tuple[float, float] | None = None) -> FilePayload:
    """Return a photo of a phone: large, noisy, and sure of its place if one is given."""
    size = (2000, 1500)
    picture = Image.frombytes("RGB", size, random.Random(seed).randbytes(size[0] * size[1] * 3))
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=50, exif=an_exif(place=place))
    return {"name": f"IMG_{seed}.jpg", "mimeType": "image/jpeg", "buffer": out.getvalue()}


def faults(page: Page) -> list[tuple[str, Any]]:
    """Return what axe finds against WCAG 2.2 AA on a page whose context may bypass the policy against scripts."""
    page.evaluate(AXE.read_text("utf-8"))
    found = page.evaluate("rules => axe.run(document, {runOnly: {type: 'tag', values: rules}})", RULES)
    return [(fault["id"], [node["target"] for node in fault["nodes"]][:5]) for fault in found["violations"]]


OVERHANGING = """narrow => document.documentElement.scrollWidth <= narrow ? [] :
    [...document.querySelectorAll("body *")].filter(part => part.getBoundingClientRect().right > narrow + .5)
    .map(part => `${part.tagName}.${part.getAttribute("class")} ${part.getBoundingClientRect().right}`)"""


def sideways(page: Page) -> list[str]:
    """Return what lies beside the narrowest phone when its page can be scrolled sideways."""
    page.set_viewport_size({"width": NARROWEST, "height": 640})
    found: list[str] = page.evaluate(OVERHANGING, NARROWEST)
    return found
