"""Reports that an operator writes down: sealed like any other, followed by the caller, joined to what is there."""

import re
from typing import Any

import pytest
from django.test import Client

from hues.engines.cases import queries
from hues.engines.cases.actions import unseal
from hues.engines.cases.testing import a_case, the_city
from hues.kernel.agencies import testing as cast
from hues.kernel.agencies.queries import asker_for
from hues.kernel.delivery.queries import texts_to
from hues.kernel.people.asker import Asker
from hues.kernel.people.queries import accounts_of
from hues.kernel.people.testing import sign_in
from hues.kit import clock

pytestmark = pytest.mark.django_db
NEW, PHONE = "/ops/field_reports/", "+84905123456"
POTHOLE = "roads-pothole"


@pytest.fixture
def desk() -> Client:
    the_city()
    return at_desk(cast.operator())


def at_desk(asker: Asker) -> Client:
    client = Client()
    sign_in(client, asker)
    return client


def told(**other: str) -> dict[str, str]:
    return {
        "key": "0c6a3d52-6b0e-4b44-9df3-0d0d6ad7b4a1",
        "channel": "phone",
        "phone": "0905 123 456",
        "name": "Nguyễn Ánh",
        "follow": "on",
        "category": POTHOLE,
        "text": "Ổ gà rất sâu trước cổng trường, xe máy ngã hai lần.",
        "address": "12 Lê Lợi",
        "ward": "19753",
        **other,
    }


def number_of(answer: Any) -> str:
    return str(re.findall(r"PA-\d{4}-\d{6}", answer["Location"])[0])


def test_a_call_becomes_a_report_that_the_caller_can_follow(desk: Client) -> None:
    answer = desk.post(NEW, told())
    assert answer.status_code == 303, answer.content.decode()[:3000]
    number = number_of(answer)
    (text,) = texts_to(PHONE)
    assert number in text.body
    assert "đã ghi nhận phản ánh" in text.body
    caller = asker_for(accounts_of([PHONE])[PHONE], clock.now())
    mine = queries.my_case(caller, number, at=clock.now())
    assert mine.number == number
    page = at_desk(caller).get(f"/f/field_reports/{number}/")
    assert "Ổ gà rất sâu" in page.content.decode()


def test_the_same_call_sent_twice_is_one_report_and_one_message(desk: Client) -> None:
    first, second = desk.post(NEW, told()), desk.post(NEW, told())
    assert number_of(first) == number_of(second)
    assert len(texts_to(PHONE)) == 1


def test_who_called_is_sealed(desk: Client) -> None:
    number = number_of(desk.post(NEW, told()))
    page = desk.get(f"/ops/{number}/").content.decode()
    assert "Ánh" not in page.replace("Phản ánh", "")
    assert "905 123" not in page
    case = queries.ops_case(cast.operator(), number, at=clock.now())
    reporter = unseal(case_id=case.id, purpose="Gọi lại để hỏi vị trí", by=cast.operator(), at=clock.now())
    assert "Nguyễn Ánh" in reporter.contact


def test_who_does_not_want_to_follow_needs_no_mobile_and_gets_no_account(desk: Client) -> None:
    said = told(phone="0234 3 822 123")
    del said["follow"]
    assert desk.post(NEW, said).status_code == 303
    assert not accounts_of(["+842343822123"])
    refused = desk.post(NEW, told(phone="0234 3 822 123", key="b"))
    assert refused.status_code == 422
    assert "0234 3 822 123" in refused.content.decode()


@pytest.mark.parametrize(
    ("field", "value"),
    [("phone", "12"), ("text", "lún"), ("category", ""), ("ward", ""), ("channel", "mail"), ("text", "a\ufffd" * 9)],
)
def test_what_is_wrong_is_told_and_the_rest_stays(desk: Client, field: str, value: str) -> None:
    answer = desk.post(NEW, told(**{field: value, "name": "Trần Thị Ngọc Ánh"}))
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "Trần Thị Ngọc Ánh" in page
    assert 'class="error"' in page


def test_what_is_there_already_is_shown_and_one_press_counts_the_caller_in(desk: Client) -> None:
    there = a_case(at=clock.now())
    case = queries.ops_case(cast.operator(), there.number, at=clock.now())
    here = {"lat": str(case.lat), "lng": str(case.lng), "source": "map", "category": case.category}
    beside = desk.get(f"{NEW}near/", told(**here)).content.decode()
    assert there.number in beside
    assert case.text[:20] in beside
    assert desk.post(f"{NEW}join/{there.number}/", {"phone": ""}).status_code == 422
    for _ in range(2):
        assert desk.post(f"{NEW}join/{there.number}/", told()).status_code == 303
    assert queries.ops_case(cast.operator(), there.number, at=clock.now()).supports == 1


def test_words_suggest_a_category_and_a_press_takes_it(desk: Client) -> None:
    beside = desk.get(f"{NEW}near/", {"text": "ổ gà"}).content.decode()
    assert f'value="{POTHOLE}"' in beside
    page = desk.post(NEW, told(category="", pick=POTHOLE)).content.decode()
    assert f'<option value="{POTHOLE}" selected>' in page
    assert "Ổ gà rất sâu" in page


def test_nobody_but_the_centre_writes_for_others(desk: Client) -> None:
    for who in (cast.lan(), cast.minh()):
        assert at_desk(who).post(NEW, told()).status_code == 403
        assert at_desk(who).get(f"{NEW}near/").status_code == 403
