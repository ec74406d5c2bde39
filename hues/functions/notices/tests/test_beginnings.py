"""A template chosen while somebody writes a notice."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from lxml import html

from hues.functions.notices.beginnings import start
from hues.functions.notices.tests.desk import NEW, at_desk
from hues.kernel.agencies import testing as cast

pytestmark = pytest.mark.django_db


def chosen(name: str, **typed: Any) -> Any:
    answer = at_desk(cast.alert_writer()).post(NEW, {"begun": "", **typed, "template": name})
    assert answer.status_code == 200
    return html.fromstring(answer.content.decode())


def value(page: Any, name: str) -> str:
    return (
        str(next(form for form in page.forms if "begun" in form.fields).fields[name] or "")
        .strip()
        .replace("\r\n", "\n")
    )


def told(page: Any, tone: str) -> bool:
    return bool(page.xpath('//form//p[@role="status" and contains(@class, $tone)]', tone=tone))


def test_what_was_typed_stays_and_the_rest_is_filled_in() -> None:
    page = chosen("power-cut", title_vi="Cúp điện ở Kim Long", kind="notice", whole="on")
    assert value(page, "title_vi") == "Cúp điện ở Kim Long"
    assert value(page, "body_vi") == start("power-cut")["body_vi"]
    assert value(page, "topic") == "power"
    assert value(page, "whole") == "on"
    assert told(page, "calm")


def test_files_that_a_browser_does_not_send_back_are_asked_for_again() -> None:
    file = SimpleUploadedFile("a.pdf", b"%PDF-1.4", "application/pdf")
    assert told(chosen("power-cut", papers=file), "wait")
    assert not told(chosen("power-cut"), "wait")
