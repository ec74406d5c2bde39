"""A move on many cases of which none is left: the page says so, whoever asks and however it was sent."""

from typing import Any

import pytest
from django.test import Client

from hues.engines.cases.rules.workflow import State
from hues.engines.cases.testing import a_case_in, the_city
from hues.kernel.agencies import testing as cast
from hues.surfaces.desks.testing import at_desk, text_of

pytestmark = pytest.mark.django_db
GONE = "Không phản ánh nào đã chọn còn ở bàn này. Chưa có gì thay đổi."
SENT: tuple[dict[str, str], ...] = ({}, {"sure": "1"}, {"sure": "1", "text": "Đã xử lý."})


def assert_told(browser: Client, address: str, pick: str, more: dict[str, str]) -> None:
    answer: Any = browser.post(address, {"pick": pick, **more})
    assert answer.status_code == 422
    page = text_of(answer)
    assert GONE in page
    assert pick.partition(".")[0] in page
    assert "Không có phản ánh này ở đây" in page
    assert "ở địa chỉ này" not in page
    assert 'name="pick"' not in page
    assert 'type="submit" data-key' not in page
    assert more.get("text", "") in page


@pytest.mark.parametrize("more", SENT)
def test_a_number_that_nobody_has_is_told_to_be_gone(more: dict[str, str]) -> None:
    the_city()
    assert_told(at_desk(cast.operator()), "/ops/together/note/", "PA-2026-099999.1", more)


@pytest.mark.parametrize("more", SENT)
def test_a_case_of_others_is_told_to_be_gone_and_no_more(more: dict[str, str]) -> None:
    others = a_case_in(State.RECEIVED)
    assert_told(at_desk(cast.minh()), "/desk/together/note/", f"{others.number}.{others.version}", more)


def test_what_was_written_for_cases_that_went_elsewhere_meanwhile_is_given_back() -> None:
    elsewhere = a_case_in(State.RECEIVED)
    browser = at_desk(cast.minh())
    words = "Đã gọi cho tổ trưởng dân phố,\nhẹn sáng thứ Hai."
    picks = [f"{elsewhere.number}.{elsewhere.version}"]
    answer = browser.post("/desk/together/note/", {"pick": picks, "sure": "1", "text": words})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Đã gọi cho tổ trưởng dân phố,<br>hẹn sáng thứ Hai." in page
    assert "<textarea" not in page
