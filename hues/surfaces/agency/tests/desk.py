"""What the tests of an agency's desk do there: read a case, read its page, send a move."""

from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from hues.engines.cases import queries
from hues.engines.cases.testing import MONDAY, Known
from hues.kernel.agencies import testing as cast
from hues.kernel.media.testing import a_picture
from hues.surfaces.desks.testing import seen_on, text_of

ELSEWHERE = "kinh-te-thuan-hoa"
TYPED = "Đã cho thợ đến dặm vá, giữ nguyên lời này."


def a_file(seed: int) -> SimpleUploadedFile:
    """Return a photo as a browser sends it."""
    return SimpleUploadedFile("after.jpg", a_picture(seed=seed), "image/jpeg")


def found(case: Known) -> queries.DeskCase:
    """Return the case as it is now."""
    return queries.ops_case(cast.operator(), case.number, at=MONDAY)


def page_of(browser: Client, case: Known) -> str:
    """Return the case's page."""
    return text_of(browser.get(f"/desk/{case.number}/"))


def send(browser: Client, case: Known, code: str, seen: str = "", **typed: Any) -> Any:
    """Send a move from the page as it is now, or as it was."""
    shown = seen or seen_on(page_of(browser, case))
    return browser.post(f"/desk/{case.number}/{code}/", {"seen": shown, **typed})


def kept_photo(page: str) -> str:
    """Return the name of the first photo that a page keeps."""
    return page.split('name="photos" value="')[1].split('"')[0]
