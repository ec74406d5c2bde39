"""A reopened report shows the answer that was contested as an earlier one, beside the new proof."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from hues.engines.cases import actions, queries
from hues.engines.cases.rules.workflow import State
from hues.engines.cases.testing import Known, a_case_in
from hues.functions.field_reports.tests.lettering import at_desk
from hues.kernel.agencies import testing as cast
from hues.kernel.delivery import queries as delivery
from hues.kernel.errors import Invalid
from hues.kernel.journal import testing as journal
from hues.kernel.media.testing import a_photo, a_picture
from hues.kit import clock

pytestmark = pytest.mark.django_db
EARLIER, ANSWER = "Câu trả lời trước đó", '<h2 id="answer-title">'


def heading(case: Known, browser: Client) -> str:
    page: str = browser.get(f"/f/field_reports/{case.number}/").content.decode()
    return page.split(ANSWER)[1].split("</h2>")[0]


def test_the_answer_is_an_earlier_one_from_the_moment_it_is_contested() -> None:
    at, lan = clock.now() - timedelta(hours=1), cast.lan()
    case = a_case_in(State.PUBLISHED, at=at)
    browser = at_desk(lan)
    assert heading(case, browser) == "Trả lời"
    proof = a_photo(by=lan.person_id, at=clock.now(), seed=5).id
    words = "Vẫn còn như cũ, xem ảnh chụp sáng nay."
    actions.reopen(case_id=case.id, text=words, photos=(proof,), by=lan, seen=case.version, at=clock.now())
    assert heading(case, browser) == EARLIER
    photos = queries.my_case(lan, case.number, at=clock.now()).photos
    assert [photo.photo_id for photo in photos if photo.role == "extra"] == [proof]


@pytest.mark.parametrize("words", ["ừ", "Vẫn còn.", "ừ" * 40, "1234 5678 9012 3456 7890", "Còn hỏng nguyên."])
def test_a_report_is_not_reopened_without_new_proof(words: str) -> None:
    case = a_case_in(State.PUBLISHED, at=clock.now() - timedelta(hours=1))
    answer = at_desk(cast.lan()).post(
        f"/f/field_reports/{case.number}/reopen/", {"text": words, "seen": str(case.version)}
    )
    assert answer.status_code == 422
    assert "ít nhất 20 chữ cái còn gì chưa ổn" in answer.content.decode()
    assert words in answer.content.decode()
    assert queries.my_case(cast.lan(), case.number, at=clock.now()).state == State.PUBLISHED


def test_the_photo_of_the_report_sent_once_more_is_no_new_proof() -> None:
    lan, at = cast.lan(), clock.now()
    first = a_photo(by=lan.person_id, at=at - timedelta(hours=1), seed=9).id
    case = a_case_in(State.PUBLISHED, photos=(first,), at=at - timedelta(hours=1))
    again = a_photo(by=lan.person_id, at=at, seed=9).id
    with pytest.raises(Invalid) as refused:
        actions.reopen(case_id=case.id, text="Vẫn hỏng.", photos=(again,), by=lan, seen=case.version, at=at)
    assert "text" in refused.value.fields
    other = a_photo(by=lan.person_id, at=at, seed=10).id
    actions.reopen(case_id=case.id, text="Vẫn hỏng.", photos=(again, other), by=lan, seen=case.version, at=at)
    assert queries.my_case(lan, case.number, at=at).state == State.ASSIGNED


@pytest.mark.parametrize("words", ["ừ", "Hố ga vẫn hở, nắp chưa thay."])
def test_a_photo_or_enough_words_reopen_it(words: str) -> None:
    case = a_case_in(State.PUBLISHED, at=clock.now() - timedelta(hours=1))
    sent = {"text": words, "seen": str(case.version)}
    shown = {"pictures": SimpleUploadedFile("a.jpg", a_picture(seed=9), "image/jpeg")} if words == "ừ" else {}
    answer = at_desk(cast.lan()).post(f"/f/field_reports/{case.number}/reopen/", sent | shown)
    assert answer.status_code == 303
    mine = queries.my_case(cast.lan(), case.number, at=clock.now())
    added = [photo for photo in mine.photos if photo.role == "extra"]
    assert (mine.state, len(added)) == (State.ASSIGNED, len(shown))


def test_who_reads_the_page_has_read_what_the_inbox_says_of_it_but_a_copy_kept_on_the_phone_is_not_read() -> None:
    at, browser = clock.now(), at_desk(cast.lan())
    read, other = (a_case_in(State.PUBLISHED, at=at - timedelta(hours=1)) for _ in range(2))
    journal.drain()
    links = [f"/f/field_reports/{case.number}/" for case in (read, other)]
    browser.get(links[0], headers={"sec-fetch-dest": "empty"})
    before = [item.link for item in delivery.inbox(cast.lan()).rows if item.read_at is None]
    browser.get(links[0])
    after = [item.link for item in delivery.inbox(cast.lan()).rows if item.read_at is None]
    assert set(before) == set(links)
    assert set(after) == {links[1]}
