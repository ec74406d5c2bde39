"""A report from Lan's phone to the public page, through the doors alone and without JavaScript."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from django.test import Client
from pytest_django import Settings

from hues.engines.cases.testing import the_city
from hues.kernel.agencies import testing as cast
from hues.kernel.journal.testing import drain
from hues.kernel.media.testing import a_picture, an_exif
from hues.kernel.people.asker import Asker
from hues.kernel.people.testing import sign_in
from tests.visiting import File, Visitor, through_django

pytestmark = pytest.mark.django_db

NEW = "/f/field_reports/new/"
CITADEL = (16.4698, 107.5776)
WORDS = "Ổ gà rất sâu trước cổng chợ, tối qua có hai người ngã xe."
QUESTION = "Ổ gà nằm bên phải hay bên trái cổng chợ?"
REPLY = "Bên trái, cách cổng chừng năm mét."
ANSWER = "Đã dặm vá xong ổ gà sáng nay, mời bà con kiểm tra."
TYPED = "Nội dung là tranh chấp dân sự giữa hai nhà, giữ nguyên lời này."


@pytest.fixture(autouse=True)
def city(settings: Settings, tmp_path: Path) -> None:
    """Load the city, and keep what is stored in a folder of this test's own."""
    theirs = {"BACKEND": "hues.kernel.media.storage.DurableFolder", "OPTIONS": {"location": tmp_path}}
    settings.STORAGES = settings.STORAGES | {"default": theirs}
    the_city()


def a_visitor(asker: Asker | None = None) -> Visitor:
    """Return somebody whose forms are checked as a real browser's are."""
    client = Client(enforce_csrf_checks=True)
    if asker:
        sign_in(client, asker)
    return Visitor(way=through_django(client))


def a_photo(*, seed: int, place: tuple[float, float] | None = None) -> File:
    picture = a_picture((640, 480), exif=an_exif(place=place), seed=seed)
    return File(name=f"IMG_{seed}.jpg", body=picture)


def up_to_words(visitor: Visitor) -> None:
    """Answer the first three questions: a photo that knows its place, that place, the category."""
    visitor.open(NEW)
    visitor.send("/new/", files={"photos": [a_photo(seed=1, place=CITADEL)]}, go="1")
    assert visitor.path == f"{NEW}place/"
    assert "Phường Phú Xuân" in visitor.page
    lat, lng = (re.search(rf'name="{name}" value="([\d.]+)"', visitor.page)[1] for name in ("lat", "lng"))  # type: ignore[index]
    assert (float(lat), float(lng)) == pytest.approx(CITADEL, abs=1e-4)
    visitor.send("", lat=lat, lng=lng, source="photo")
    assert visitor.path == f"{NEW}category/"
    visitor.send("", category="roads-pothole")
    assert visitor.path == f"{NEW}words/"


def report(visitor: Visitor) -> str:
    """Report a pothole and return its number from the receipt."""
    up_to_words(visitor)
    visitor.send("", text=WORDS)
    assert visitor.path == f"{NEW}check/"
    assert WORDS in visitor.page
    visitor.send("/check/")
    assert visitor.path.endswith("/sent/")
    found = re.search(r'id="number">(PA-\d{4}-\d{6})<', visitor.page)
    assert found, visitor.path
    return found[1]


def accept(visitor: Visitor, number: str) -> int:
    """Pass a report to Minh's office, from the page as it is now."""
    visitor.open(f"/ops/{number}/")
    return visitor.send("/accept/", agency_id=str(cast.an_agency().id)).status


def told(visitor: Visitor) -> list[str]:
    """Return the titles in somebody's inbox, newest first."""
    drain()
    titles = re.findall(r'class="row-title">(.*?)(?:<|$)', visitor.open("/me/inbox/"))
    return [title.split(": ", 1)[-1] for title in titles]


@pytest.fixture
def says_who_reported() -> Callable[[str], list[str]]:
    """Return a look for anything on a page that leads to Lan."""
    lan = cast.lan()
    traces = (lan.name, "Trần Thị", "901000001", "901 000 001", str(lan.person_id))
    return lambda page: [trace for trace in traces if trace in page]


def test_a_report_travels_from_the_phone_to_the_public_page_and_back(
    says_who_reported: Callable[[str], list[str]],
) -> None:
    lan, eve, stranger = a_visitor(cast.lan()), a_visitor(cast.eve()), a_visitor()
    centre, desk = a_visitor(cast.operator()), a_visitor(cast.minh())

    number = report(lan)
    address = f"/f/field_reports/{number}/"
    inbox = told(lan)
    assert len(inbox) == 1
    assert number in lan.page
    assert WORDS in lan.open(address)
    assert (eve.status_of(address), stranger.status_of(address)) == (404, 404)

    assert number in centre.open("/ops/")
    assert says_who_reported(centre.page + centre.open(f"/ops/{number}/")) == []
    assert accept(centre, number) == 303
    assert cast.an_agency().name["vi"] in told(lan)[0]
    assert "(mới)" in lan.page or "unread" in lan.page

    told(desk)
    assert number in desk.page
    assert number in desk.open("/desk/")
    assert says_who_reported(desk.page + desk.open(f"/desk/{number}/")) == []
    assert desk.send("/take/").status == 303
    assert len(told(lan)) == 3
    desk.open(f"/desk/{number}/")
    assert desk.send("/ask/", text=QUESTION).status == 303
    assert len(told(lan)) == 4

    assert QUESTION in lan.open(address)
    assert lan.send("/reply/", text=REPLY).status == 303
    assert REPLY in desk.open(f"/desk/{number}/")
    after = a_photo(seed=2)
    assert desk.send("/answer/", outcome="fixed", text=ANSWER, files={"proof": [after]}).status == 303
    assert len(told(lan)) == 5
    assert ANSWER not in lan.open(address)  # the centre reads it first
    assert (eve.status_of(address), stranger.status_of(address)) == (404, 404)

    assert ANSWER in centre.open(f"/ops/{number}/")
    assert centre.send("/publish/").status == 303
    inbox = told(lan)
    assert len(inbox) == len(set(inbox)) == 6
    for language in ("", "/en"):
        for visitor in (stranger, eve):
            page = visitor.open(f"{language}{address}")
            assert visitor.last.status == 200
            assert ANSWER in page
            assert WORDS in page
            assert page.count("/media/p/") >= 2  # before and after
            assert says_who_reported(page) == []
    assert says_who_reported(stranger.open("/f/field_reports/")) == []
    assert number in stranger.page

    assert ANSWER in lan.open(address)
    assert lan.send("/rate/", stars="5", fixed="yes", text="Cảm ơn").status == 303
    assert "5 trên 5" in lan.open(address)
    assert "5 trên 5" in stranger.open(address)
    assert "Cảm ơn" in centre.open(f"/ops/{number}/")


def test_of_two_operators_at_once_one_wins_and_the_other_keeps_what_was_typed() -> None:
    number = report(a_visitor(cast.lan()))
    first, second = a_visitor(cast.operator()), a_visitor(cast.duty_leader())
    for visitor in (first, second):
        visitor.open(f"/ops/{number}/")
    assert first.send("/accept/", agency_id=str(cast.an_agency().id)).status == 303
    assert second.send("/refuse/", outcome="out_of_scope", text=TYPED).status == 409
    assert TYPED in second.page
    assert 'class="banner bad" role="alert"' in second.page
    assert number in a_visitor(cast.minh()).open("/desk/")


def test_of_two_case_workers_at_once_one_answers_and_the_other_keeps_words_and_photo() -> None:
    number = report(a_visitor(cast.lan()))
    accept(a_visitor(cast.operator()), number)
    minh, head = a_visitor(cast.minh()), a_visitor(cast.head())
    minh.open(f"/desk/{number}/")
    minh.send("/take/")
    for visitor in (minh, head):
        visitor.open(f"/desk/{number}/")
    assert minh.send("/ask/", text=QUESTION).status == 303
    assert head.send("/answer/", outcome="fixed", text=TYPED, files={"proof": [a_photo(seed=3)]}).status == 409
    assert TYPED in head.page


@pytest.mark.parametrize(
    ("who", "door", "code", "status"),
    [
        ("eve", "desk", "take", 403),
        ("eve", "ops", "refuse", 403),
        ("lan", "ops", "accept", 403),
        ("minh", "ops", "accept", 403),
        ("operator", "desk", "take", 403),
        ("worker", "desk", "take", 404),
    ],
)
def test_nobody_acts_through_another_door(who: str, door: str, code: str, status: int) -> None:
    number = report(a_visitor(cast.lan()))
    accept(a_visitor(cast.operator()), number)
    people = {"eve": cast.eve, "lan": cast.lan, "minh": cast.minh, "operator": cast.operator}
    visitor = a_visitor(cast.worker("kinh-te-thuan-hoa") if who == "worker" else people[who]())
    visitor.open("/f/field_reports/new/")  # any form's token will do
    token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', visitor.page)
    assert token
    body = f"csrfmiddlewaretoken={token[1]}&seen=2&text={'x' * 20}&outcome=spam".encode()
    answer = visitor.way("POST", f"/{door}/{number}/{code}/", body, "application/x-www-form-urlencoded")
    assert answer.status == status
    assert WORDS not in answer.text


def test_a_session_that_ends_in_the_middle_costs_nothing_that_was_written() -> None:
    browser = Client(enforce_csrf_checks=True)
    sign_in(browser, cast.lan())
    lan = Visitor(way=through_django(browser))
    up_to_words(lan)
    browser.session.flush()
    lan.send("", text=WORDS)
    assert lan.path.startswith("/login/?next=")
    sign_in(browser, cast.lan())
    lan.open(f"{NEW}check/")
    assert WORDS in lan.page
    assert "/media/s/" in lan.page
    assert "Phường Phú Xuân" in lan.page
    lan.send("/check/")
    assert lan.path.endswith("/sent/")


def test_a_report_that_is_sent_twice_is_one_report() -> None:
    lan = a_visitor(cast.lan())
    up_to_words(lan)
    lan.send("", text=WORDS)
    again = a_visitor(cast.lan())
    again.open(f"{NEW}check/")
    first, second = lan.send("/check/"), again.send("/check/")
    assert first.goes_to == second.goes_to
    listed = set(re.findall(r"PA-\d{4}-\d{6}", lan.open("/f/field_reports/mine/")))
    assert len(listed) == 1


def test_a_stranger_reports_and_signs_in_with_a_code_at_the_end() -> None:
    stranger = a_visitor()
    up_to_words(stranger)
    stranger.send("", text=WORDS)
    stranger.send("/check/")
    assert stranger.path.startswith("/login/?next=")
    stranger.send("/login/", phone="0905 123 456")
    drain()
    sent = stranger.way("GET", "/demo/outbox.json?to=%2B84905123456").text
    code = re.search(r"\b\d{6}\b", sent)
    assert code, sent
    stranger.send("/code/", code=code[0])
    assert stranger.path == f"{NEW}check/"
    assert WORDS in stranger.page
    stranger.send("/check/")
    assert stranger.path.endswith("/sent/")
