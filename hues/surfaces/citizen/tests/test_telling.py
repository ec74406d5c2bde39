"""How I want to be told: staff may have their work told by text message, where the city pays for it."""

from dataclasses import replace
from typing import Any

import pytest
from django.conf import settings as present
from django.test import Client

from hues.kernel.agencies.testing import lan, minh
from hues.kernel.delivery.queries import wishes
from hues.kernel.people.asker import Asker
from hues.kernel.people.testing import sign_in

pytestmark = pytest.mark.django_db
PAGE = "/me/telling/"


def browser_of(who: Asker) -> Client:
    browser = Client(headers={"accept-language": "vi"})
    sign_in(browser, who)
    return browser


def by_text(who: Asker) -> bool:
    assert who.person_id
    return wishes(who.person_id).work_by_text


def test_staff_ask_for_text_messages_about_their_work_and_end_them(settings: Any) -> None:
    settings.HUES = replace(present.HUES, sms_url="http://127.0.0.1:9/send")
    browser = browser_of(minh())
    assert 'name="work"' in browser.get(PAGE).content.decode()
    for ticked in ({"work": "on"}, {}):
        assert browser.post(PAGE, {"least": "low", **ticked}).status_code == 303
        assert by_text(minh()) == bool(ticked)


def test_a_citizen_is_not_asked_and_cannot_ask(settings: Any) -> None:
    settings.HUES = replace(present.HUES, sms_url="http://127.0.0.1:9/send")
    browser = browser_of(lan())
    assert 'name="work"' not in browser.get(PAGE).content.decode()
    browser.post(PAGE, {"least": "low", "work": "on"})
    assert not by_text(lan())


def test_where_no_text_message_leaves_the_house_nobody_is_asked() -> None:
    assert 'name="work"' not in browser_of(minh()).get(PAGE).content.decode()
