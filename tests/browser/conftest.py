"""One running city and one Chromium for all walks."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect, sync_playwright

from tests.browser.watching import ARGUMENTS, CHROMIUM, MISSING, PATIENCE
from tests.running import RunningCity, a_city

REPORTS = 200


@pytest.fixture(scope="session")
def city(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningCity]:
    """Run a demo city for as long as browsers walk through it."""
    if CHROMIUM is None:
        pytest.skip(MISSING)
    with a_city(Path(tmp_path_factory.mktemp("city")), reports=REPORTS) as running:
        yield running


# Not for the whole session: while Playwright runs, Django takes every test of this process for an asynchronous one.
@pytest.fixture(scope="package")
def chromium() -> Iterator[Browser]:
    """Start a Chromium that draws maps without a graphics card."""
    if CHROMIUM is None:
        pytest.skip(MISSING)
    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield browser
        browser.close()
