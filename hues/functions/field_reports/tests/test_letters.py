"""Letters that operators see to: reports of a sealed sender, counted in, or put aside; never twice and never lost."""

import re
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from hues.engines.cases import queries
from hues.engines.cases.actions import unseal
from hues.engines.cases.testing import a_case
from hues.functions.field_reports.tests.lettering import (
    NAME,
    POTHOLE,
    QUEUE,
    SENDER,
    TOLD,
    a_waiting_letter,
    at_desk,
    number_in,
    sender,
    with_photo_and_place,
)
from hues.kernel.agencies import testing as cast
from hues.kernel.areas import queries as areas
from hues.kernel.delivery.queries import inbox
from hues.kernel.journal import queries as journal
from hues.kernel.journal.testing import drain
from hues.kernel.letters import queries as letters
from hues.kernel.letters.testing import WORDS, a_letter
from hues.kit import clock

pytestmark = pytest.mark.django_db


def test_letters_of_one_sender_are_one_row_that_counts_in_the_menu_of_every_page(desk: Client) -> None:
    a_waiting_letter()
    a_waiting_letter(key="m2", text="Ngay chỗ cổng sau.")
    a_letter(sender="other", key="m3", text="Đèn đường tắt ba đêm.", at=clock.now())
    page = desk.get(QUEUE).content.decode()
    assert page.count('class="card flat letter-row"') == 2
    assert "Ngay chỗ cổng sau." in page
    assert '<span class="count">2</span>' in desk.get("/ops/").content.decode()
    assert '<span class="count">' not in at_desk(cast.auditor()).get("/ops/health/").content.decode()


def test_letters_become_one_report_with_all_words_photos_and_the_place(desk: Client) -> None:
    at = clock.now()
    first, second = a_waiting_letter(at=at), with_photo_and_place(at)
    page = desk.get(f"{QUEUE}{second}/").content.decode()
    assert WORDS in page
    assert 'name="lat" value="16.4698"' in page
    here = {"lat": "16.4698", "lng": "107.5776", "source": "gps"}
    sent = {"letter": [str(first), str(second)], "category": POTHOLE, "text": WORDS, **here}
    number = number_in(desk.post(f"{QUEUE}{first}/", sent))
    case = queries.ops_case(cast.operator(), number, at=clock.now())
    assert (case.channel, case.text, len(case.photos)) == ("zalo", WORDS, 1)
    assert letters.waiting(cast.operator()) == ()
    assert queries.my_case(sender(), number, at=clock.now()).number == number
    drain()
    assert any(number in card.reason for card in inbox(sender()).rows)


def test_the_questions_of_the_category_are_asked_beside_a_letter_and_answered_in_the_report(desk: Client) -> None:
    letter = a_waiting_letter()
    page = desk.post(f"{QUEUE}{letter}/", {**TOLD, "category": "", "pick": "lights-out"}).content.decode()
    assert 'name="q_lamps"' in page
    number = number_in(desk.post(f"{QUEUE}{letter}/", {**TOLD, "category": "lights-out", "q_lamps": "few"}))
    assert queries.ops_case(cast.operator(), number, at=clock.now()).answers == {"lamps": "few"}


def test_a_whole_story_suggests_its_category_and_a_press_takes_it(desk: Client) -> None:
    letter = a_waiting_letter(
        text="Kính gửi thành phố, ba đêm nay đèn đường ở kiệt nhà tôi tắt, rất nguy hiểm cho trẻ em."
    )
    assert 'name="pick" value="lights-out"' in desk.get(f"{QUEUE}{letter}/").content.decode()
    page = desk.post(f"{QUEUE}{letter}/", {**TOLD, "category": "", "pick": "lights-out"}).content.decode()
    assert '<option value="lights-out" selected>' in page


def test_what_comes_while_the_operator_writes_waits_on(desk: Client) -> None:
    first = a_waiting_letter()
    late = a_waiting_letter(key="m2", text="Bổ sung: ở làn bên phải.")
    number_in(desk.post(f"{QUEUE}{first}/", {"letter": [str(first)], **TOLD}))
    (thread,) = letters.waiting(cast.operator())
    assert [letter.id for letter in thread.letters] == [late]


def test_who_wrote_is_sealed_from_everybody_and_opened_only_for_a_purpose(desk: Client) -> None:
    letter = a_waiting_letter()
    person = str(letters.sender_of(letter))
    told = desk.get(QUEUE).content.decode() + desk.get(f"{QUEUE}{letter}/").content.decode()
    number = number_in(desk.post(f"{QUEUE}{letter}/", TOLD))
    drain()
    told += desk.get(f"/ops/{number}/").content.decode() + desk.get(f"{QUEUE}{letter}/").content.decode()
    case = queries.ops_case(cast.operator(), number, at=clock.now())
    told += repr(list(journal.entries_about(case.id))) + repr(list(journal.entries_about(letter)))
    assert number in told
    assert [trace for trace in (NAME, SENDER, person) if trace in told] == []
    reporter = unseal(case_id=case.id, purpose="Hỏi lại vị trí chính xác.", by=cast.operator(), at=clock.now())
    assert (reporter.name, reporter.phone) == (NAME, "")


def test_of_two_operators_one_sees_to_a_letter_and_the_other_is_led_to_what_became_of_it(desk: Client) -> None:
    letter = a_waiting_letter()
    number = number_in(desk.post(f"{QUEUE}{letter}/", TOLD))
    other = at_desk(cast.duty_leader())
    for answer in (
        other.post(f"{QUEUE}{letter}/", TOLD),
        other.post(f"{QUEUE}{letter}/aside/", {"reason": "Không phải phản ánh."}),
    ):
        assert answer.status_code == 409
        assert number in answer.content.decode()
    late = other.post(f"{QUEUE}{letter}/", {**TOLD, "source": "map"}).content.decode()
    typed = re.findall(r"<dt[^>]*>(.*?)</dt>", late.split("Nội dung bạn đã nhập")[1])
    assert "Source" not in typed
    ward = areas.ward(TOLD["ward"])
    assert ward
    assert f">{ward.name['vi']}</dd>" in late
    assert other.post(f"{QUEUE}{letter}/join/{number}/", {})["Location"] == QUEUE
    assert number in other.get(f"{QUEUE}{letter}/").content.decode()
    assert queries.ops_queue(cast.operator(), queries.CaseFilters(), at=clock.now()).rows[0].number == number
    assert len(queries.my_cases(sender(), at=clock.now()).rows) == 1


@pytest.mark.parametrize(("field", "value"), [("text", "lún"), ("category", ""), ("ward", ""), ("text", "a\ufffd" * 9)])
def test_what_is_wrong_is_told_and_the_rest_stays(desk: Client, field: str, value: str) -> None:
    letter = a_waiting_letter()
    answer = desk.post(f"{QUEUE}{letter}/", {**TOLD, field: value, "address": "Kiệt 5 Nguyễn Huệ"})
    assert answer.status_code == 422
    assert "Kiệt 5 Nguyễn Huệ" in answer.content.decode()
    assert len(letters.waiting(cast.operator())) == 1


def test_a_letter_is_put_aside_with_a_reason_and_not_without(desk: Client) -> None:
    letter = a_waiting_letter(text="Mấy giờ phường hết giờ làm việc?")
    refused = desk.post(f"{QUEUE}{letter}/aside/", {"reason": " ?"})
    assert refused.status_code == 422
    assert 'id="reason_error"' in refused.content.decode()
    assert desk.post(f"{QUEUE}{letter}/aside/", {"reason": "Câu hỏi, không phải phản ánh."}).status_code == 303
    assert letters.waiting(cast.operator()) == ()
    assert "Câu hỏi, không phải phản ánh." in desk.get(f"{QUEUE}{letter}/").content.decode()


def test_a_sender_is_counted_in_with_what_is_there_already(desk: Client) -> None:
    there = a_case(at=clock.now())
    letter = a_waiting_letter()
    case = queries.ops_case(cast.operator(), there.number, at=clock.now())
    here = {"lat": str(case.lat), "lng": str(case.lng), "source": "map", "category": case.category}
    beside = desk.post(f"{QUEUE}{letter}/near/", {**TOLD, **here}).content.decode()
    join = f"{QUEUE}{letter}/join/{there.number}/"
    assert f'formaction="{join}"' in beside
    assert number_in(desk.post(join, TOLD)) == there.number
    assert queries.ops_case(cast.operator(), there.number, at=clock.now()).supports == 1
    assert queries.follows(sender(), there.number)
    assert letters.waiting(cast.operator()) == ()


def test_the_centre_asks_back_once_and_the_letter_waits_for_the_answer(desk: Client) -> None:
    letter = a_waiting_letter()
    drain()
    said = {"text": "Dạ, trước số nhà nào ạ?", "key": "0c6a3d52-6b0e-4b44-9df3-0d0d6ad7b4a1"}
    for _ in range(2):
        assert desk.post(f"{QUEUE}{letter}/back/", said).status_code == 303
    asked_for = [card.body["vi"] for card in inbox(sender()).rows if card.reason.startswith("letters.answer")]
    assert asked_for == ["Dạ, trước số nhà nào ạ?"]
    assert desk.get(f"{QUEUE}{letter}/").content.decode().count("trước số nhà nào ạ?") == 1
    assert "đang chờ người gửi" in desk.get(QUEUE).content.decode()
    a_waiting_letter(key="m2", text="Trước số 12 ạ.", at=clock.now() + timedelta(seconds=1))
    assert "đang chờ người gửi" not in desk.get(QUEUE).content.decode()
    page = desk.get(f"{QUEUE}{letter}/").content.decode()
    order = [page.index(words) for words in ("Ổ gà rất sâu", "trước số nhà nào ạ?", "Trước số 12 ạ.")]
    assert order == sorted(order)
    written = [entry for entry in journal.entries_about(letter) if entry.event == "letters.letter.answered"]
    assert {entry.by for entry in written} == {cast.operator().person_id}


def test_what_is_put_aside_can_be_answered_and_words_that_cannot_be_sent_stay(desk: Client) -> None:
    letter = a_waiting_letter(text="Mấy giờ phường hết giờ làm việc?")
    for path, said in (("back", {"text": " "}), ("aside", {"reason": "Câu hỏi.", "text": "Dạ " * 400})):
        refused = desk.post(f"{QUEUE}{letter}/{path}/", said)
        assert refused.status_code == 422
        assert 'aria-invalid="true"' in refused.content.decode()
    assert len(letters.waiting(cast.operator())) == 1
    told = {"reason": "Câu hỏi, không phải phản ánh.", "text": "Dạ, 17 giờ ạ."}
    assert desk.post(f"{QUEUE}{letter}/aside/", told).status_code == 303
    assert "Dạ, 17 giờ ạ." in [card.body["vi"] for card in inbox(sender()).rows]
    assert letters.waiting(cast.operator()) == ()


@pytest.mark.parametrize(
    ("path", "typed"),
    [
        ("back/", {"text": "Dạ, trước số nhà nào ạ?"}),
        ("aside/", {"reason": "Câu hỏi, không phải phản ánh.", "text": "Dạ, 17 giờ ạ."}),
        ("", TOLD),
        ("", {"text": "Ổ gà sâu ở đường này, chưa rõ số nhà.", "category": ""}),
        ("", {"text": "Ổ gà sâu ở đường này, chưa rõ số nhà.", "pick": POTHOLE}),
    ],
)
def test_whoever_was_slower_reads_who_was_faster_and_keeps_what_they_typed(
    path: str, typed: dict[str, str], desk: Client
) -> None:
    letter = a_waiting_letter()
    at_desk(cast.duty_leader()).post(f"{QUEUE}{letter}/aside/", {"reason": "Thư rác quảng cáo."})
    late = desk.post(f"{QUEUE}{letter}/{path}", typed)
    assert late.status_code == 409
    page = late.content.decode()
    for words in (cast.duty_leader().name, "Thư rác quảng cáo.", *typed.values()):
        assert words in page or words in (POTHOLE, "19753")
    assert not [card for card in inbox(sender()).rows if card.reason.startswith("letters.answer")]


def test_where_only_some_of_the_letters_were_seen_to_the_words_stay_in_the_form(desk: Client) -> None:
    first, second = a_waiting_letter(), a_waiting_letter(key="m2", at=clock.now() + timedelta(seconds=1))
    at_desk(cast.duty_leader()).post(
        f"{QUEUE}{second}/aside/", {"reason": "Thư rác quảng cáo.", "letter": [str(second)]}
    )
    both = {"letter": [str(first), str(second)]}
    late = desk.post(f"{QUEUE}{first}/back/", {"text": "Dạ, trước số nhà nào ạ?", **both})
    assert late.status_code == 409
    assert "Dạ, trước số nhà nào ạ?</textarea>" in late.content.decode()


@pytest.mark.parametrize("path", ["back/", "aside/"])
def test_where_no_way_leads_out_nothing_is_called_sent_and_the_words_stay(
    path: str, desk: Client, settings: Any
) -> None:
    letter = a_waiting_letter()
    settings.HUES = replace(settings.HUES, zalo_url="")
    said = {"text": "Dạ, trước số nhà nào ạ?", "reason": "Câu hỏi, không phải phản ánh."}
    refused = desk.post(f"{QUEUE}{letter}/{path}", said)
    assert refused.status_code == 422
    page = refused.content.decode()
    assert "Dạ, trước số nhà nào ạ?</textarea>" in page
    assert "Chưa gửi gì" in page
    assert len(letters.waiting(cast.operator())) == 1
    assert desk.post(f"{QUEUE}{letter}/aside/", {"reason": "Câu hỏi, không phải phản ánh."}).status_code == 303


def test_nobody_but_the_centre_reads_letters(desk: Client) -> None:
    letter = a_waiting_letter()
    for who in (cast.lan(), cast.minh(), cast.leader(), cast.admin()):
        for path in (QUEUE, f"{QUEUE}{letter}/"):
            assert at_desk(who).get(path).status_code == 403
        assert at_desk(who).post(f"{QUEUE}{letter}/near/").status_code == 403
        assert at_desk(who).post(f"{QUEUE}{letter}/", TOLD).status_code == 403
        assert at_desk(who).post(f"{QUEUE}{letter}/aside/", {"reason": "Không phải."}).status_code == 403
    assert desk.get(f"{QUEUE}01a2059b-d952-75e9-a4e2-44ff9d098121/").status_code == 404
