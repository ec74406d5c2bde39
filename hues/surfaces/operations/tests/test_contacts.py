"""Whoever publishes is told of telephone numbers in the words, and lets them stand by a tick."""

from typing import Any

import pytest
from django.test import Client

from hues.engines.cases import actions, queries
from hues.engines.cases.rules.workflow import State
from hues.engines.cases.testing import MONDAY, Known, a_case_in, a_proof
from hues.kernel.agencies import testing as cast
from hues.surfaces.desks.testing import at_desk, seen_on, text_of

pytestmark = pytest.mark.django_db
NUMBER = "0905 111 222"
WORDS = "Ổ gà trước cổng trường."


@pytest.fixture
def thao() -> Client:
    return at_desk(cast.operator())


def state_of(case: Known) -> State:
    return queries.ops_case(cast.operator(), case.number, at=MONDAY).state


def page_of(browser: Client, case: Known) -> str:
    return text_of(browser.get(f"/ops/{case.number}/"))


def publish(browser: Client, case: Known, **typed: str) -> Any:
    return browser.post(f"/ops/{case.number}/publish/", {"seen": seen_on(page_of(browser, case)), **typed})


def answered(words: str) -> Known:
    case, by = a_case_in(State.IN_PROGRESS), cast.minh()
    moved = actions.answer_case(
        case_id=case.id, text=words, outcome="not_ours", proof=a_proof(by), by=by, seen=case.version, at=MONDAY
    )
    return Known(id=case.id, number=case.number, version=moved.version)


def test_the_page_names_the_number_and_asks_for_a_tick(thao: Client) -> None:
    case = answered(f"Mời gọi cán bộ {NUMBER}.")
    page = page_of(thao, case)
    assert 'name="agreed"' in page
    assert page.count(NUMBER) > 1
    refused = publish(thao, case, public_text=WORDS)
    assert refused.status_code == 422
    assert WORDS in text_of(refused)
    assert state_of(case) == State.ANSWERED
    assert publish(thao, case, public_text=WORDS, agreed="on").status_code == 422
    assert publish(thao, case, public_text=WORDS, agreed=named_on(page)).status_code == 303
    assert state_of(case) == State.PUBLISHED


def named_on(page: str) -> str:
    return page.split('name="agreed"')[1].split('value="')[1].split('"')[0]


def test_a_tick_is_good_for_the_contacts_that_it_stood_beside_and_for_no_others(thao: Client) -> None:
    case = answered(f"Mời gọi cán bộ {NUMBER}.")
    first = named_on(page_of(thao, case))
    other = "0905 111 333"
    refused = publish(thao, case, public_text=f"{WORDS} Gọi {other}.", agreed=first)
    page = text_of(refused)
    assert refused.status_code == 422
    assert state_of(case) == State.ANSWERED
    assert other in page.split('name="agreed"')[1]
    assert "checked" not in page.split('name="agreed"')[1].split(">")[0]
    assert publish(thao, case, public_text=WORDS, agreed=named_on(page)).status_code == 303


def test_nothing_is_asked_where_there_is_no_number_and_it_is_once_one_is_typed(thao: Client) -> None:
    case = answered("Mời gọi tổng đài 19001075.")
    assert 'name="agreed"' not in page_of(thao, case)
    refused = publish(thao, case, public_text=f"{WORDS} Gọi {NUMBER}.")
    assert refused.status_code == 422
    assert 'name="agreed"' in text_of(refused)
    assert publish(thao, case, public_text=WORDS).status_code == 303
