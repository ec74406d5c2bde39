"""The log blots out addresses that are secrets."""

import logging
from typing import Any

from django.conf import settings

from hues.config.logs import Discreet


def test_a_link_that_opens_a_case_stands_in_no_log() -> None:
    gone = ("Gone", "/en/pass/aB-_9x/take/")
    record = logging.LogRecord("django.request", logging.WARNING, "", 1, "%s: %s", gone, None)
    assert Discreet().filter(record)
    assert record.getMessage() == "Gone: /en/pass/…/take/"
    handlers: Any = settings.LOGGING["handlers"]
    assert all("discreet" in handler["filters"] for handler in handlers.values())
