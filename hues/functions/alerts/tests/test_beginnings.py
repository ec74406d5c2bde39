"""A template chosen while somebody writes an alert."""

from typing import Any

import pytest
from lxml import html

from hues.functions.alerts.beginnings import start
from hues.functions.alerts.tests.desk import NEW, at_desk
from hues.kernel.agencies import testing as cast

pytestmark = pytest.mark.django_db


def chosen(name: str, **typed: str | list[str]) -> Any:
    answer = at_desk(cast.alert_writer()).post(NEW, {"begun": "", **typed, "template": name})
    assert answer.status_code == 200
    return html.fromstring(answer.content.decode())


def value(page: Any, name: str) -> str:
    found = next(form for form in page.forms if "begun" in form.fields).fields[name]
    return str(found or "").strip().replace("\r\n", "\n")


def told(page: Any, tone: str) -> bool:
    return bool(page.xpath('//form//p[@role="status" and contains(@class, $tone)]', tone=tone))


def test_what_was_typed_stays_and_the_rest_is_filled_in() -> None:
    page = chosen(
        "flood-3", **{"headline_vi-VN": "Nước lên nhanh"}, expires_at="2030-01-02T03:04", drawn="16.46,107.59 2"
    )
    assert value(page, "headline_vi-VN") == "Nước lên nhanh"
    assert value(page, "expires_at") == "2030-01-02T03:04"
    assert value(page, "drawn") == "16.46,107.59 2"
    assert value(page, "instruction_vi-VN") == start("flood-3")["instruction_vi-VN"]
    assert value(page, "event") == start("flood-3")["event"]
    assert told(page, "calm")


def test_words_of_another_template_that_nobody_changed_give_way() -> None:
    before = start("flood-2") | {"headline_vi-VN": "Nước lên nhanh", "begun": "flood-2"}
    before["description_vi-VN"] = before["description_vi-VN"].replace("\n", "\r\n")
    page = chosen("flood-3", **before)
    assert value(page, "risk") == start("flood-3")["risk"]
    assert value(page, "description_vi-VN") == start("flood-3")["description_vi-VN"]
    assert value(page, "headline_vi-VN") == "Nước lên nhanh"
    assert value(page, "begun") == "flood-3"


def test_a_template_is_taken_back() -> None:
    page = chosen("", **start("flood-2") | {"begun": "flood-2", "headline_en-US": "Water is rising"})
    assert (value(page, "headline_vi-VN"), value(page, "headline_en-US")) == ("", "Water is rising")
    assert not told(page, "banner")
