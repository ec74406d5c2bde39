"""What a citizen writes to an answer after their session ended is kept, and sent once they are back and want it."""

import re
from html import unescape

import pytest
from django.conf import settings
from django.contrib.auth import get_user_model
from django.test import Client

from hues.engines.cases import queries
from hues.engines.cases.queries import MyCase
from hues.engines.cases.rules.workflow import State
from hues.engines.cases.testing import Known, a_case_in
from hues.functions.field_reports.tests.lettering import at_desk
from hues.kernel.agencies import testing as cast
from hues.kernel.people.asker import Asker
from hues.kit import clock

pytestmark = pytest.mark.django_db
WORDS = "Vẫn còn ổ gà cạnh cổng trường, trời mưa không thấy gì."
SAID = {
    "rate": {"stars": "2", "fixed": "no", "text": WORDS},
    "reopen": {"text": WORDS},
    "add": {"text": WORDS},
}
SENT = re.compile(r'<form class="stack" method="post" action="([^"]+)">(.*?)</form>', re.DOTALL)
FIELD = re.compile(r'type="hidden" name="([^"]+)" value="([^"]*)"')


def mine(case: Known) -> MyCase:
    return queries.my_case(cast.lan(), case.number, at=clock.now())


def back_again(browser: Client, asker: Asker) -> list[tuple[str, dict[str, str]]]:
    """Sign somebody in where a session is over, and return the forms that wait for them."""
    browser.force_login(get_user_model()._default_manager.get(pk=str(asker.person_id)))
    page = browser.get("/late/").content.decode()
    return [(to, {name: unescape(value) for name, value in FIELD.findall(form)}) for to, form in SENT.findall(page)]


def sent_too_late(verb: str, case: Known) -> Client:
    """Return the browser in which somebody sent what they had written after their session was over."""
    browser = at_desk(cast.lan())
    assert browser.get(f"/f/field_reports/{case.number}/").status_code == 200
    del browser.cookies[settings.SESSION_COOKIE_NAME]
    answer = browser.post(f"/f/field_reports/{case.number}/{verb}/", {**SAID[verb], "seen": str(case.version)})
    assert (answer.status_code, answer["Location"]) == (303, "/late/")
    return browser


@pytest.mark.parametrize("verb", SAID)
def test_it_waits_and_is_sent_by_hand(verb: str) -> None:
    case = a_case_in(State.PUBLISHED if verb != "add" else State.IN_PROGRESS, at=clock.now())
    browser, before = sent_too_late(verb, case), len(mine(case).timeline)
    [(to, form)] = back_again(browser, cast.lan())
    assert form["text"] == WORDS
    assert len(mine(case).timeline) == before
    assert browser.post(to, form).status_code == 303
    assert [step.text for step in mine(case).timeline if step.text == WORDS] == [WORDS]
    assert back_again(browser, cast.lan()) == []


@pytest.mark.parametrize("verb", SAID)
def test_whoever_signs_in_there_instead_finds_and_changes_nothing(verb: str) -> None:
    case = a_case_in(State.PUBLISHED if verb != "add" else State.IN_PROGRESS, at=clock.now())
    browser, before = sent_too_late(verb, case), mine(case)
    assert back_again(browser, cast.eve()) == []
    assert mine(case).timeline == before.timeline
    assert back_again(browser, cast.lan()) == []
