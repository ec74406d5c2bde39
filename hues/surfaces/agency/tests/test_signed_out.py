"""The session is over while somebody writes at a desk: nothing of it is lost, and nobody else reads it."""

import re
from html import unescape
from typing import Any
from urllib.parse import quote

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from hues.engines.cases import queries
from hues.engines.cases.rules.workflow import State
from hues.engines.cases.testing import MONDAY, Known, a_case_in
from hues.kernel.agencies import testing as cast
from hues.kernel.media.testing import a_picture
from hues.kernel.people.asker import Asker
from hues.surfaces.desks.testing import at_desk, seen_on, sign_in, text_of

pytestmark = pytest.mark.django_db

TYPED = "Đã dặm vá, viết lúc phiên đã hết hạn."
QUIET = {"HX-Request": "true"}


def drawn_for(asker: Asker, address: str) -> dict[str, str]:
    """Return what a page of a case brings along to its forms."""
    page = text_of(at_desk(asker).get(address))
    found = re.search(r'name="who" value="([^"]+)"', page)
    assert found
    return {"seen": seen_on(page), "who": found[1]}


def a_photo() -> SimpleUploadedFile:
    """Return a photo that is chosen."""
    return SimpleUploadedFile("after.jpg", a_picture(), "image/jpeg")


@pytest.fixture
def case() -> Known:
    """Return a case that waits for an answer."""
    return a_case_in(State.IN_PROGRESS)


def sent_late(browser: Client, case: Known, code: str = "answer", **more: Any) -> Any:
    """Send an answer from a page of Minh's in a browser where nobody is signed in any more."""
    brought = drawn_for(cast.minh(), f"/desk/{case.number}/")
    headers = more.pop("headers", {})
    return browser.post(f"/desk/{case.number}/{code}/?tab=all", {**brought, "text": TYPED, **more}, headers=headers)


def test_an_answer_waits_with_its_photo_and_the_sign_in_leads_back_to_it(case: Known) -> None:
    browser = Client()
    answer = sent_late(browser, case, outcome="fixed", proof=[a_photo()])
    back = f"/desk/{case.number}/?tab=all"
    assert (answer.status_code, answer["Location"]) == (303, f"/login/?next={quote(back, safe='')}")
    assert queries.ops_case(cast.operator(), case.number, at=MONDAY).state == State.IN_PROGRESS
    sign_in(browser, cast.minh())
    page = text_of(browser.get(back))
    assert TYPED in page
    assert '<option value="fixed" selected>' in page
    assert page.count('name="photos"') == 1
    assert 'class="error"' not in page
    draft = queries.draft(cast.minh(), queries.key_of_move(case.id, "answer"))
    assert draft
    assert (draft.fields["text"], len(draft.photos)) == (TYPED, 1)


def test_what_is_kept_while_somebody_writes_waits_too_and_the_page_is_told_where_to_sign_in(case: Known) -> None:
    browser = Client()
    sent_late(browser, case, "answer/keep", text="Đã", proof=[a_photo()])
    told = sent_late(browser, case, "answer/keep", headers=QUIET)
    assert told.status_code == 401
    assert told["HX-Redirect"].startswith("/login/?next=%2Fdesk%2F")
    sign_in(browser, cast.minh())
    page = text_of(browser.get(f"/desk/{case.number}/"))
    assert TYPED in page
    assert page.count('name="photos"') == 1


def test_a_colleague_is_shown_nothing_and_it_is_forgotten(case: Known) -> None:
    browser = Client()
    sent_late(browser, case)
    sign_in(browser, cast.head())
    assert TYPED not in text_of(browser.get(f"/desk/{case.number}/"))
    sign_in(browser, cast.minh())
    assert TYPED not in text_of(browser.get(f"/desk/{case.number}/"))


def test_it_waits_until_its_own_case_is_open(case: Known) -> None:
    browser, other = Client(), a_case_in(State.IN_PROGRESS)
    sent_late(browser, case)
    sign_in(browser, cast.minh())
    assert TYPED not in text_of(browser.get(f"/desk/{other.number}/"))
    assert TYPED in text_of(browser.get(f"/desk/{case.number}/"))


def test_words_for_a_case_that_went_on_meanwhile_are_there_to_be_copied(case: Known) -> None:
    browser = Client()
    sent_late(browser, case)
    minh = at_desk(cast.minh())
    minh.post(f"/desk/{case.number}/answer/", {"seen": case.version, "outcome": "no_violation", "text": "Khác."})
    sign_in(browser, cast.minh())
    assert TYPED in text_of(browser.get(f"/desk/{case.number}/"))


@pytest.mark.parametrize("who", ["", "x", "00000000-0000-0000-0000-000000000000:a:b", "\0"])
def test_a_page_that_says_for_nobody_leaves_nothing(case: Known, who: str) -> None:
    browser = Client()
    refused = sent_late(browser, case, who=who)
    assert refused.status_code == 401
    sign_in(browser, cast.minh())
    assert TYPED not in text_of(browser.get(f"/desk/{case.number}/"))


def test_the_centre_gets_its_words_back_too() -> None:
    case, browser = a_case_in(State.RECEIVED), Client()
    brought = drawn_for(cast.operator(), f"/ops/{case.number}/")
    answer = browser.post(f"/ops/{case.number}/refuse/", {**brought, "text": TYPED})
    assert answer.status_code == 303
    sign_in(browser, cast.operator())
    page = text_of(browser.get(f"/ops/{case.number}/"))
    assert TYPED in page
    page = text_of(browser.get(f"/ops/{case.number}/"))  # loaded again
    assert TYPED in page
    key = re.findall(r"/late/([0-9a-f]{32})/forget/", text_of(browser.get("/late/")))
    assert browser.post(f"/late/{key[0]}/forget/")["Location"] == f"/ops/{case.number}/"
    assert TYPED not in text_of(browser.get(f"/ops/{case.number}/"))


def test_two_moves_wait_each_for_its_own_case_until_it_is_made() -> None:
    browser, cases = Client(), [a_case_in(State.RECEIVED) for _ in range(2)]
    for number, case in enumerate(cases):
        brought = drawn_for(cast.operator(), f"/ops/{case.number}/")
        browser.post(f"/ops/{case.number}/note/", {**brought, "text": f"{TYPED} {number}"})
    sign_in(browser, cast.operator())
    for number, case in enumerate(cases):
        page = text_of(browser.get(f"/ops/{case.number}/"))
        assert f"{TYPED} {number}" in page
        who = re.findall(r'name="who" value="([^"]+)"', page)[0]
        said = {"text": f"{TYPED} {number}", "seen": seen_on(page), "who": who}
        assert browser.post(f"/ops/{case.number}/note/", said).status_code == 303
        page = text_of(browser.get(f"/ops/{case.number}/"))
        assert "chưa được gửi" not in page
    assert "/forget/" not in text_of(browser.get("/late/"))


def test_a_move_can_be_sent_from_where_all_waits(case: Known) -> None:
    browser = Client()
    sent_late(browser, case, outcome="fixed", proof=[a_photo()])
    sign_in(browser, cast.minh())
    page = browser.get("/late/").content.decode()
    action = unescape(re.findall(r'action="(/desk/[^"]+)"', page)[0])
    sent = {name: unescape(value) for name, value in re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', page)}
    assert action == f"/desk/{case.number}/answer/?tab=all"
    assert browser.post(action, sent).status_code == 303
    assert queries.ops_case(cast.operator(), case.number, at=MONDAY).state == State.ANSWERED
    assert "/forget/" not in text_of(browser.get("/late/"))


def test_a_part_of_a_page_leads_by_the_sign_in_back_to_the_page() -> None:
    page = "http://testserver/en/desk/?tab=all"
    told = Client().get("/desk/counts/", headers={**QUIET, "HX-Current-URL": page})
    assert told.status_code == 401
    assert told["HX-Redirect"].endswith("/login/?next=%2Fen%2Fdesk%2F%3Ftab%3Dall")
    elsewhere = Client().get("/desk/counts/", headers={**QUIET, "HX-Current-URL": "https://elsewhere.example/desk/"})
    assert elsewhere["HX-Redirect"].endswith("/login/")
