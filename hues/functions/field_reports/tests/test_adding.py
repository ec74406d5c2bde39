"""Photos with a reply and with a reopening: they reach the desk and never the public, and a refused form keeps them."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client

from hues.engines.cases import queries
from hues.engines.cases.queries.moderation import limits
from hues.engines.cases.rules.workflow import State
from hues.engines.cases.testing import Known, a_case_in
from hues.functions.field_reports.tests.lettering import QUEUE, TOLD, a_waiting_letter, number_in
from hues.kernel.agencies.testing import lan, minh
from hues.kernel.media.testing import a_photo, a_picture
from hues.kit import clock

TEXT = "Vẫn còn ngập đến đầu gối, xem ảnh."


def a_file(seed: int = 1) -> SimpleUploadedFile:
    """Return a picture as a browser sends it."""
    return SimpleUploadedFile("hiện trạng.jpg", a_picture(seed=seed), "image/jpeg")


def send(browser: Client, case: Known, verb: str, **given: object) -> HttpResponse:
    """Send one of the reporter's forms."""
    answer: HttpResponse = browser.post(
        f"/f/field_reports/{case.number}/{verb}/", {"text": TEXT, "seen": case.version, **given}
    )  # type: ignore[assignment]
    return answer


def photos_at_desk(case: Known) -> list[str]:
    """Return the roles of the photos that the agency sees."""
    return [photo.role for photo in queries.desk_case(minh(), case.number, at=clock.now()).photos]


@pytest.mark.parametrize(("state", "verb"), [(State.WAITING, "reply"), (State.PUBLISHED, "reopen")])
def test_photos_go_with_the_words_to_the_agency_and_not_to_the_public(state: State, verb: str, as_lan: Client) -> None:
    case = a_case_in(state, at=clock.now())
    answer = send(as_lan, case, verb, pictures=[a_file(1), a_file(2)])
    assert answer.status_code == 303
    assert photos_at_desk(case).count("extra") == 2
    page = as_lan.get(f"/f/field_reports/{case.number}/").content.decode()
    assert page.count("<img") >= 2
    if state == State.PUBLISHED:
        assert [p.role for p in queries.public_case(case.number, at=clock.now()).photos].count("extra") == 0


def test_a_refused_form_keeps_its_photos_and_the_next_try_brings_them(as_lan: Client) -> None:
    case = a_case_in(State.WAITING, at=clock.now())
    refused = send(as_lan, case, "reply", text=" ", pictures=[a_file()])
    assert refused.status_code == 422
    page = refused.content.decode()
    (kept,) = re.findall(r'name="photos" value="([^"]+)"', page)
    assert photos_at_desk(case).count("extra") == 0
    assert send(as_lan, case, "reply", photos=[kept]).status_code == 303
    assert photos_at_desk(case).count("extra") == 1


def test_a_photo_that_was_left_out_again_stays_out(as_lan: Client) -> None:
    case = a_case_in(State.WAITING, at=clock.now())
    page = send(as_lan, case, "reply", text=" ", pictures=[a_file()]).content.decode()
    (kept,) = re.findall(r'name="photos" value="([^"]+)"', page)
    assert send(as_lan, case, "reply", photos=[kept], drop=[kept]).status_code == 303
    assert photos_at_desk(case).count("extra") == 0


def test_nobody_brings_a_photo_that_somebody_else_has_sent(as_lan: Client) -> None:
    case = a_case_in(State.WAITING, at=clock.now())
    theirs = a_photo(by=minh().person_id, at=clock.now())
    for name in (str(theirs.id), f"{theirs.id}:forged"):
        answer = send(as_lan, case, "reply", photos=[name])
        assert answer.status_code == 422
        assert TEXT in answer.content.decode()
    assert photos_at_desk(case).count("extra") == 0
    assert queries.my_case(lan(), case.number, at=clock.now()).state == State.WAITING


def test_what_is_no_picture_and_the_eleventh_one_are_named_and_the_words_stay(as_lan: Client) -> None:
    case = a_case_in(State.WAITING, at=clock.now())
    wrong = SimpleUploadedFile("thư mời.jpg", b"no picture at all", "image/jpeg")
    answer = send(as_lan, case, "reply", pictures=[wrong])
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "thư mời.jpg" in page
    assert TEXT in page
    many = send(as_lan, case, "reply", pictures=[a_file(n) for n in range(11)])
    assert many.status_code == 422
    assert "Nhiều nhất mười ảnh." in many.content.decode()
    assert queries.my_case(lan(), case.number, at=clock.now()).state == State.WAITING


@pytest.mark.parametrize("state", [State.RECEIVED, State.IN_PROGRESS, State.SPLIT, State.ANSWERED])
def test_something_is_added_to_an_open_report_without_being_asked(state: State, as_lan: Client) -> None:
    case = a_case_in(state, at=clock.now())
    assert 'id="add"' in as_lan.get(f"/f/field_reports/{case.number}/").content.decode()
    assert send(as_lan, case, "add", pictures=[a_file()]).status_code == 303
    mine = queries.my_case(lan(), case.number, at=clock.now())
    assert (mine.state, mine.timeline[-1].text) == (state, TEXT)
    assert TEXT in as_lan.get(f"/f/field_reports/{case.number}/").content.decode()


@pytest.mark.parametrize("state", [State.WAITING, State.PUBLISHED, State.REFUSED])
def test_where_words_have_another_way_nothing_is_added(state: State, as_lan: Client) -> None:
    case = a_case_in(state, at=clock.now())
    assert 'id="add"' not in as_lan.get(f"/f/field_reports/{case.number}/").content.decode()
    answer = send(as_lan, case, "add")
    assert answer.status_code == 409
    assert TEXT in answer.content.decode()


def test_one_reporter_adds_so_much_within_an_hour_and_the_words_beyond_stay_in_the_form(as_lan: Client) -> None:
    at = clock.now()
    first, second = a_case_in(State.IN_PROGRESS, at=at), a_case_in(State.IN_PROGRESS, at=at)
    most = limits().added_per_hour
    answers = []
    for n in range(most + 1):
        case = (first, second)[n % 2]
        seen = queries.my_case(lan(), case.number, at=at).version
        answers.append(send(as_lan, case, "add", text=f"Lần {n}", seen=seen))
    assert [answer.status_code for answer in answers] == [303] * most + [429]
    page = answers[-1].content.decode()
    assert "Bạn đã bổ sung rất nhiều lần trong một giờ." in page
    assert f"Lần {most}</textarea>" in page


def test_what_an_operator_hands_on_of_letters_is_not_counted(desk: Client) -> None:
    number = number_in(desk.post(f"{QUEUE}{a_waiting_letter(key='opened')}/", TOLD))
    for n in range(limits().added_per_hour + 1):
        letter = a_waiting_letter(key=f"more-{n}", text=f"Lần {n}")
        assert number_in(desk.post(f"{QUEUE}{letter}/add/{number}/")) == number
