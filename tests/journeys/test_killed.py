"""Kill the city's processes one after the other: it comes back by itself and has lost nothing."""

import http.cookiejar
import os
import re
import signal
import urllib.parse
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.running import RunningCity, a_city, until

pytestmark = pytest.mark.real
NAME = "Trần Thị Lan Ánh"


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningCity]:
    with a_city(Path(tmp_path_factory.mktemp("city"))) as city:
        yield city


class Browser:
    """A browser with cookies that posts forms as a page would."""

    def __init__(self, url: str) -> None:
        self.url = url
        self._open = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar())).open

    def get(self, path: str) -> str:
        with self._open(self.url + path, timeout=30) as answer:
            return str(answer.read().decode())

    def post(self, page: str, path: str, **fields: str) -> str:
        token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', self.get(page))
        assert token, page
        form = urllib.parse.urlencode({"csrfmiddlewaretoken": token[1], **fields}).encode()
        asked = urllib.request.Request(self.url + path, form, {"Referer": self.url + page})
        with self._open(asked, timeout=30) as answer:
            return str(answer.read().decode())


def a_citizen(city: RunningCity) -> Browser:
    browser = Browser(city.url)
    chosen = next(button for button in re.findall(r"<button[^>]*>", browser.get("/demo/")) if "+84901000001" in button)
    field = re.search(r'name="(\w+)"', chosen)
    assert field
    browser.post("/demo/", "/demo/", **{field[1]: "+84901000001"})
    return browser


def test_what_was_acknowledged_outlives_every_process(running: RunningCity) -> None:
    lan = a_citizen(running)
    lan.post("/me/", "/me/", name=NAME, language="vi", home_ward="19753")
    assert NAME in lan.get("/me/")

    for pid, name in running.children().items():
        assert name.startswith("hues "), name
        os.kill(pid, signal.SIGKILL)
        until(lambda gone=pid: gone not in running.children(), 30)
        until(running.is_well, 60)
        until(lambda: len(running.children()) >= 4, 60)
    assert NAME in lan.get("/me/")

    os.kill(running.database(), signal.SIGKILL)
    until(lambda: running.process.poll() is None and running.is_well(), 60)
    until(lambda: _reads(lan), 60)
    assert NAME in lan.get("/me/")


def _reads(browser: Browser) -> bool:
    try:
        return NAME in browser.get("/me/")
    except OSError:
        return False
