"""Walk through the pages of a report as a browser without JavaScript does."""

import re
from html import unescape
from typing import Any

from django.contrib.auth import get_user_model
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from hues.engines.cases import queries as cases
from hues.kernel.agencies.testing import lan
from hues.kernel.media.testing import a_picture, an_exif
from hues.kit import clock

NEW = "/f/field_reports/new/"
CITADEL = (16.4698, 107.5776)
WORDS = "Ổ gà rất sâu trước cổng chợ, tối qua có hai người ngã xe."


def a_file(*, place: tuple[float, float] | None = None, name: str = "anh.jpg", seed: int = 0) -> SimpleUploadedFile:
    """Return a photo as a phone sends it."""
    picture = a_picture((320, 240), exif=an_exif(place=place), seed=seed)
    return SimpleUploadedFile(name, picture, "image/jpeg")


def hidden(page: str) -> dict[str, str]:
    """Return the hidden fields of a page's forms (the last form wins)."""
    found = re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', page)
    return {name: unescape(value) for name, value in found}


def post(browser: Client, step: str, **given: Any) -> Any:
    """Open a step's page, send its form with what was given, and return the answer."""
    kept = hidden(browser.get(NEW + step).content.decode())
    fields = {name: kept[name] for name in ("draft", "mine", "back") if name in kept}
    return browser.post(NEW + step, {**fields, **given})


def up_to_check(browser: Client, *, photo: bool = True) -> None:
    """Answer every question."""
    given = {"photos": [a_file(place=CITADEL)]} if photo else {}
    assert post(browser, "", go="1", **given).status_code == 303
    assert post(browser, "place/", address="Cổng chợ", ward="19753").status_code == 303
    assert post(browser, "category/", category="roads-pothole").status_code == 303
    answer = post(browser, "words/", text=WORDS)
    assert (answer.status_code, answer["Location"]) == (303, NEW + "check/")


def sign_in(browser: Client) -> None:
    """Sign Lan in."""
    browser.force_login(get_user_model().objects.get(pk=str(lan().person_id)))


def numbers_of_lan() -> list[str]:
    """Return the numbers of what Lan has reported, the newest first."""
    return [row.number for row in cases.my_cases(lan(), at=clock.now()).rows]
