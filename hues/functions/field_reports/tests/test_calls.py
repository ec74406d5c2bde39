"""Reports that an operator writes down: sealed like any other, followed by the caller, joined to what is there."""

import re
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from hues.engines.cases import queries
from hues.engines.cases.actions import unseal
from hues.engines.cases.testing import a_case, the_city
from hues.kernel.agencies import testing as cast
from hues.kernel.agencies.queries import asker_for
from hues.kernel.delivery.queries import texts_to
from hues.kernel.media.testing import a_photo, a_picture
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


def test_a_caller_who_wants_to_follow_it_only_the_second_time_does(desk: Client) -> None:
    number = number_of(desk.post(NEW, told(follow="")))
    assert texts_to(PHONE) == ()
    for _turn in range(2):
        assert number_of(desk.post(NEW, told())) == number
        (text,) = texts_to(PHONE)
        assert number in text.body
    caller = asker_for(accounts_of([PHONE])[PHONE], clock.now())
    assert queries.follows(caller, number)


def test_an_operator_learns_that_a_caller_follows_what_the_second_form_no_longer_says(desk: Client) -> None:
    told_of = "tin nhắn đã gửi trước đó rồi"
    number = number_of(desk.post(NEW, told()))
    assert told_of not in desk.get(desk.post(NEW, told())["Location"]).content.decode()
    page = desk.get(desk.post(NEW, told(follow=""))["Location"]).content.decode()
    assert number in page
    assert told_of in page
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
    beside = desk.post(f"{NEW}near/", told(**here)).content.decode()
    assert there.number in beside
    assert case.text[:20] in beside
    assert desk.post(f"{NEW}join/{there.number}/", {"phone": ""}).status_code == 422
    for _ in range(2):
        assert desk.post(f"{NEW}join/{there.number}/", told()).status_code == 303
    assert queries.ops_case(cast.operator(), there.number, at=clock.now()).supports == 1


def test_words_suggest_a_category_and_a_press_takes_it(desk: Client) -> None:
    beside = desk.post(f"{NEW}near/", {"text": "ổ gà"}).content.decode()
    assert f'value="{POTHOLE}"' in beside
    page = desk.post(NEW, told(category="", pick=POTHOLE)).content.decode()
    assert f'<option value="{POTHOLE}" selected>' in page
    assert "Ổ gà rất sâu" in page


def test_nobody_but_the_centre_writes_for_others(desk: Client) -> None:
    for who in (cast.lan(), cast.minh()):
        assert at_desk(who).post(NEW, told()).status_code == 403
        assert at_desk(who).post(f"{NEW}near/").status_code == 403


def jpeg(name: str = "o-ga.jpg") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, a_picture(), content_type="image/jpeg")


def test_photos_brought_to_the_counter_and_answers_go_with_the_report(desk: Client) -> None:
    said = told(category="lights-out", q_lamps="few", channel="counter")
    number = number_of(desk.post(NEW, {**said, "pictures": [jpeg(), jpeg("hai.jpg")]}))
    case = queries.ops_case(cast.operator(), number, at=clock.now())
    assert len(case.photos) == 2
    assert case.answers == {"lamps": "few"}
    again = desk.post(NEW, {**said, "pictures": [jpeg(), jpeg("hai.jpg")]})
    assert number_of(again) == number


def test_a_form_that_was_sent_before_loses_no_other_words(desk: Client) -> None:
    number = number_of(desk.post(NEW, {**told(), "pictures": [jpeg()]}))
    others: list[dict[str, Any]] = [
        {"text": "Ổ gà rất sâu, vừa có người ngã xe ở đây."},
        {"pictures": [jpeg(), jpeg("hai.jpg")]},
    ]
    for more in others:
        refused = desk.post(NEW, {**told(), "pictures": [jpeg()], **more})
        page = refused.content.decode()
        assert refused.status_code == 422
        assert number in page
        assert more.get("text", "Ổ gà rất sâu") in page
        assert page.count('name="photos"') == len(more.get("pictures", [1]))
    assert len(texts_to(PHONE)) == 1
    (key,) = re.findall(r'name="key" value="([^"]+)"', page)
    assert key != told()["key"]
    (name, _other) = re.findall(r'name="photos" value="([^"]+)"', page)
    assert number_of(desk.post(NEW, {**told(), "key": key, "photos": name})) != number


def test_photos_stay_when_something_is_refused_or_a_category_is_picked(desk: Client) -> None:
    refused = desk.post(NEW, {**told(text="lún"), "pictures": [jpeg()]})
    assert refused.status_code == 422
    (name,) = re.findall(r'name="photos" value="([^"]+)"', refused.content.decode())
    picked = desk.post(NEW, {**told(category="", pick=POTHOLE), "photos": name})
    assert name in picked.content.decode()
    number = number_of(desk.post(NEW, {**told(), "photos": name}))
    assert len(queries.ops_case(cast.operator(), number, at=clock.now()).photos) == 1


def test_a_photo_that_is_none_is_named_and_the_rest_stays(desk: Client) -> None:
    bad = SimpleUploadedFile("x.jpg", b"no picture", content_type="image/jpeg")
    answer = desk.post(NEW, {**told(), "pictures": [bad]})
    assert answer.status_code == 422
    assert "x.jpg" in answer.content.decode()
    assert "Ổ gà rất sâu" in answer.content.decode()


def test_nobody_attaches_a_photo_by_its_bare_id(desk: Client) -> None:
    photo = a_photo(by=cast.lan().person_id, at=clock.now())
    assert desk.post(NEW, {**told(), "photos": str(photo.id)}).status_code == 422


def test_the_questions_of_the_category_are_asked_with_what_was_answered(desk: Client) -> None:
    asked = desk.post(f"{NEW}questions/", {"category": "lights-out", "q_lamps": "street"}).content.decode()
    assert 'name="q_pole"' in asked
    assert re.search(r'value="street"[^>]* checked', asked)
    assert 'name="q_lamps' not in desk.post(f"{NEW}questions/", {"category": POTHOLE}).content.decode()
    page = desk.post(NEW, told(category="lights-out", text="tắt")).content.decode()
    assert 'name="q_lamps"' in page
    wrong = desk.post(NEW, told(category="lights-out", q_lamps="a hundred"))
    assert wrong.status_code == 422


def test_several_answers_to_a_question_stay_ticked_and_go_with_the_report(desk: Client) -> None:
    several: dict[str, Any] = {"category": "traffic-signal", "q_lamps": ["red", "count"]}
    asked = desk.post(f"{NEW}questions/", several).content.decode()
    refused = desk.post(NEW, {**told(text="tắt"), **several}).content.decode()
    picked = desk.post(NEW, {**told(), **several, "pick": "traffic-signal"}).content.decode()
    for page in (asked, refused, picked):
        assert re.findall(r'name="q_lamps" value="(\w+)"[^>]* checked', page) == ["red", "count"]
    number = number_of(desk.post(NEW, {**told(), **several}))
    assert "Đỏ, Số đếm giây" in desk.get(f"/ops/{number}/").content.decode()


def test_what_is_typed_when_the_session_is_over_waits_for_the_same_operator(desk: Client) -> None:
    who = re.findall(r'name="who" value="([^"]+)"', desk.get(NEW).content.decode())[0]
    stranger = Client()
    answer = stranger.post(NEW, {**told(text="Ổ gà sâu, lúc ấy phiên đã hết hạn."), "who": who, "pictures": [jpeg()]})
    assert answer.status_code == 303
    assert "/login/" in answer["Location"]
    assert "next=" in answer["Location"]
    sign_in(stranger, cast.operator())
    page = stranger.get(NEW).content.decode()
    assert "lúc ấy phiên đã hết hạn" in page
    assert "0905 123 456" in page
    assert 'value="0c6a3d52-6b0e-4b44-9df3-0d0d6ad7b4a1"' in page
    assert page.count('name="photos"') == 1
    assert "lúc ấy phiên đã hết hạn" in stranger.get(NEW).content.decode()  # loaded again
    who = re.findall(r'name="who" value="([^"]+)"', page)[0]
    sent = stranger.post(NEW, {**told(text="Ổ gà sâu, lúc ấy phiên đã hết hạn."), "who": who})
    assert sent.status_code == 303
    assert "lúc ấy phiên đã hết hạn" not in stranger.get(NEW).content.decode()


def test_a_colleague_is_not_shown_it_and_a_stranger_leaves_nothing(desk: Client) -> None:
    who = re.findall(r'name="who" value="([^"]+)"', desk.get(NEW).content.decode())[0]
    browser = Client()
    assert browser.post(NEW, {**told(), "who": who}).status_code == 303
    sign_in(browser, cast.duty_leader())
    assert "Ổ gà rất sâu" not in browser.get(NEW).content.decode()
    assert Client().post(NEW, told()).status_code == 401
    assert Client().post(NEW, {**told(), "who": f"{cast.operator().person_id}:forged:forged"}).status_code == 401


def test_the_panel_beside_takes_no_name_and_no_number_along(desk: Client) -> None:
    page = desk.get(NEW).content.decode()
    for place in re.findall(r"<div[^>]*hx-get[^>]*>", page):
        assert "not phone,name,who" in place


def test_invisible_bytes_break_neither_the_form_nor_what_is_shown_beside_it(desk: Client) -> None:
    answer = desk.post(NEW, told(text="Ngập\x00 sâu", phone="12"))
    assert answer.status_code == 422
    assert "Ngập" in answer.content.decode()
    assert desk.post(f"{NEW}near/", told(text="Ngập\x00 sâu")).status_code == 200
