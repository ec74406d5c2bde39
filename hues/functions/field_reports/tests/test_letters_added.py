"""Later letters: the answer to a question, words for a report that is there, and thanks once."""

from datetime import timedelta

import pytest
from django.test import Client

from hues.engines.cases import queries
from hues.engines.cases.actions import CaseReceipt, ask_citizen, refuse, take
from hues.engines.cases.rules.workflow import State
from hues.engines.cases.testing import Known, a_case, routed, split
from hues.functions.field_reports.tests.lettering import (
    NAME,
    QUEUE,
    SENDER,
    TOLD,
    a_waiting_letter,
    number_in,
    sender,
    with_photo_and_place,
)
from hues.kernel.agencies import testing as cast
from hues.kernel.delivery.queries import inbox
from hues.kernel.journal.testing import drain
from hues.kernel.letters import queries as letters
from hues.kernel.letters.testing import a_letter
from hues.kit import clock

pytestmark = pytest.mark.django_db


def a_report_of_the_sender(desk: Client) -> Known:
    letter = a_waiting_letter(key="opened")
    number = number_in(desk.post(f"{QUEUE}{letter}/", TOLD))
    case = queries.ops_case(cast.operator(), number, at=clock.now())
    return Known(id=case.id, number=number, version=case.version)


def asked(case: Known) -> None:
    at, minh = clock.now(), cast.minh()
    known = routed(CaseReceipt(id=case.id, number=case.number, accept_due_at=at, due_at=at), at=at)
    taken = take(case_id=case.id, by=minh, seen=known.version, at=at)
    ask_citizen(case_id=case.id, question="Trước số nhà nào?", by=minh, seen=taken.version, at=at)


def test_a_later_letter_answers_what_the_agency_asked_by_itself(desk: Client) -> None:
    case = a_report_of_the_sender(desk)
    asked(case)
    letter = a_waiting_letter(key="reply", text="Trước số 12, cạnh quán cà phê.")
    drain()
    mine = queries.my_case(sender(), case.number, at=clock.now())
    assert mine.state == State.IN_PROGRESS
    assert mine.timeline[-1].text == "Trước số 12, cạnh quán cà phê."
    assert letters.waiting(cast.operator()) == ()
    assert case.number in desk.get(f"{QUEUE}{letter}/").content.decode()
    inside = repr(queries.desk_case(cast.minh(), case.number, at=clock.now()))
    assert [trace for trace in (NAME, SENDER, str(sender().person_id)) if trace in inside] == []


def test_a_place_or_a_photo_alone_answers_too(desk: Client) -> None:
    case = a_report_of_the_sender(desk)
    asked(case)
    with_photo_and_place(clock.now())
    drain()
    mine = queries.my_case(sender(), case.number, at=clock.now())
    assert "16.469800, 107.577600" in mine.timeline[-1].text
    assert len(mine.photos) == 1


def test_what_nobody_asked_for_waits_and_one_press_adds_it_to_the_senders_report(desk: Client) -> None:
    case, other = a_report_of_the_sender(desk), a_case(at=clock.now())
    at, minh = clock.now(), cast.minh()
    routed(CaseReceipt(id=case.id, number=case.number, accept_due_at=at, due_at=at), at=at)
    letter = a_waiting_letter(key="more", text="Hôm nay có thêm xe ngã.")
    drain()
    page = desk.get(f"{QUEUE}{letter}/").content.decode()
    assert f"{QUEUE}{letter}/add/{case.number}/" in page
    assert other.number not in page
    assert desk.post(f"{QUEUE}{letter}/add/{other.number}/").status_code == 404
    assert number_in(desk.post(f"{QUEUE}{letter}/add/{case.number}/")) == case.number
    timeline = queries.ops_case(cast.operator(), case.number, at=clock.now()).timeline
    assert timeline[-1].text == "Hôm nay có thêm xe ngã."
    assert letters.waiting(cast.operator()) == ()
    drain()
    assert f"{case.number}: người phản ánh đã bổ sung" in [card.title["vi"] for card in inbox(minh).rows]


def test_a_letter_is_added_to_a_report_that_is_split_and_reaches_its_parts(desk: Client) -> None:
    case = split(a_report_of_the_sender(desk))
    letter = a_waiting_letter(key="more", text="Hôm nay có thêm xe ngã.")
    drain()
    assert f"{QUEUE}{letter}/add/{case.number}/" in desk.get(f"{QUEUE}{letter}/").content.decode()
    assert number_in(desk.post(f"{QUEUE}{letter}/add/{case.number}/")) == case.number
    page = queries.desk_case(cast.minh(), f"{case.number}-1", at=clock.now())
    assert page.timeline[-1].text == "Hôm nay có thêm xe ngã."
    assert [trace for trace in (NAME, SENDER, str(sender().person_id)) if trace in repr(page)] == []
    assert letters.waiting(cast.operator()) == ()


def test_a_report_that_is_over_takes_no_more_words_and_the_letter_waits(desk: Client) -> None:
    case = a_report_of_the_sender(desk)
    words = "Không thuộc phạm vi tiếp nhận của thành phố."
    refuse(case_id=case.id, outcome="out_of_scope", text=words, by=cast.operator(), seen=case.version, at=clock.now())
    letter = a_waiting_letter(key="more", text="Hôm nay có thêm xe ngã.")
    assert f"/add/{case.number}/" not in desk.get(f"{QUEUE}{letter}/").content.decode()
    assert desk.post(f"{QUEUE}{letter}/add/{case.number}/")["Location"] == QUEUE
    assert len(letters.waiting(cast.operator())) == 1


def test_who_writes_anew_is_thanked_once_however_many_messages_it_takes(desk: Client) -> None:
    a_waiting_letter()
    drain()
    a_waiting_letter(key="m2", text="Ngay chỗ cổng sau.")
    drain()
    assert [card.title["vi"] for card in inbox(sender()).rows] == ["Thành phố đã nhận tin của bạn"]


def test_letters_of_two_senders_are_never_one_report(desk: Client) -> None:
    mine = a_waiting_letter()
    theirs = a_letter(sender="other", key="m9", at=clock.now() + timedelta(seconds=1))
    answer = desk.post(f"{QUEUE}{mine}/", {"letter": [str(mine), str(theirs)], **TOLD})
    assert answer.status_code == 422
    assert len(letters.waiting(cast.operator())) == 2
