"""The log blots out addresses that are secrets, and is brief about strangers' mistakes."""

import logging
from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from hues.config.logs import Discreet


@pytest.mark.parametrize(
    ("address", "left"),
    [
        ("/en/pass/aB-_9x/take/", "/en/pass/…/take/"),
        ("/push/mail-off/aB:9x", "/push/mail-off/…"),
        ("/push/mail-on/aB:9x", "/push/mail-on/…"),
        ("/push/less/aB:9x", "/push/less/…"),
    ],
)
def test_an_address_that_opens_something_stands_in_no_log(address: str, left: str) -> None:
    gone = ("Gone", address)
    record = logging.LogRecord("django.request", logging.WARNING, "", 1, "%s: %s", gone, None)
    assert Discreet().filter(record)
    assert record.getMessage() == f"Gone: {left}"
    handlers: Any = settings.LOGGING["handlers"]
    assert all("discreet" in handler["filters"] for handler in handlers.values())


def test_a_wrong_host_is_one_line_without_where_we_found_it(caplog: pytest.LogCaptureFixture) -> None:
    assert Client().get("/healthz/no", headers={"host": "elsewhere.example"}).status_code == 400
    (record,) = [record for record in caplog.records if record.name == "django.security.DisallowedHost"]
    assert "elsewhere.example" in record.getMessage()
    assert record.exc_info is None
