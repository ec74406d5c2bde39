"""What was reported here already is shown while one writes, and one tap joins it."""

import re
from datetime import timedelta
from html import unescape
from urllib.parse import urlencode

import pytest
from django.contrib.auth import get_user_model
from django.test import Client

from hues.engines.cases import actions, queries
from hues.engines.cases.rules.workflow import State
from hues.engines.cases.testing import Known, a_case_in
from hues.functions.field_reports.tests.walking import CITADEL, NEW, WORDS, a_file, post
from hues.kernel.agencies.testing import eve
from hues.kit import clock


@pytest.fixture
def as_eve() -> Client:
    browser = Client()
    browser.force_login(get_user_model().objects.get(pk=str(eve().person_id)))
    return browser


def at_work() -> Known:
    return a_case_in(State.IN_PROGRESS, at=clock.now() - timedelta(days=1))


def begin(browser: Client) -> None:
    """Show a photo taken at the citadel and choose the category."""
    post(browser, "", go="1", photos=[a_file(place=CITADEL)])
    post(browser, "place/", lat=CITADEL[0], lng=CITADEL[1], source="map")
    post(browser, "category/", category="roads-pothole")


def panel(browser: Client, **typed: str) -> str:
    return browser.post(NEW + "near/", typed, headers={"HX-Request": "true"}).content.decode()


def way_to_join(browser: Client, number: str, **typed: str) -> str:
    """Return where the panel leads to join a report."""
    found = re.search(rf'action="(/f/field_reports/{number}/join/[^"]*)"', panel(browser, **typed))
    assert found
    return unescape(found[1])


def test_the_number_alone_tells_nothing_of_a_report_that_is_not_public(as_eve: Client) -> None:
    case, other = at_work(), a_case_in(State.IN_PROGRESS, at=clock.now() - timedelta(days=1))
    begin(as_eve)
    shown = way_to_join(as_eve, case.number)
    address = f"/f/field_reports/{case.number}/join/"
    assert as_eve.get(shown).status_code == 200
    elsewhere = shown.replace(case.number, other.number, 1)
    for closed in (address, address + "?near=x", elsewhere):
        assert as_eve.get(closed).status_code == 404
        assert as_eve.post(closed).status_code == 404
    public = a_case_in(State.PUBLISHED, at=clock.now() - timedelta(days=9))
    assert as_eve.get(f"/f/field_reports/{public.number}/join/").status_code == 200


def test_whoever_writes_the_same_again_is_shown_it_and_joins_with_one_tap(as_eve: Client) -> None:
    case = at_work()
    begin(as_eve)
    assert f"{NEW}near/" in as_eve.get(NEW + "words/").content.decode()
    answer = as_eve.post(way_to_join(as_eve, case.number, text="ổ gà"))
    assert (answer.status_code, answer["Location"]) == (303, f"/f/field_reports/{case.number}/join/")
    assert "1 người" in as_eve.get(answer["Location"]).content.decode()


def test_one_tap_that_was_a_mistake_is_taken_back_before_anything_is_published(as_eve: Client) -> None:
    case = at_work()
    begin(as_eve)
    joined = as_eve.post(way_to_join(as_eve, case.number))["Location"]
    assert 'name="back"' in as_eve.get(joined).content.decode()
    answer = as_eve.post(joined, {"back": "1"})
    assert (answer.status_code, answer["Location"]) == (303, f"{NEW}words/")
    assert not queries.follows(eve(), case.number)


def test_what_somebody_met_too_is_found_again_among_their_reports(as_eve: Client) -> None:
    work, public = at_work(), a_case_in(State.PUBLISHED, at=clock.now() - timedelta(days=2))
    mine = "/f/field_reports/mine/"
    assert work.number not in as_eve.get(mine).content.decode()
    for case in (work, public):
        actions.support(number=case.number, by=eve(), at=clock.now())
    page = as_eve.get(mine).content.decode()
    assert f'href="/f/field_reports/{work.number}/join/"' in page
    assert f'href="/f/field_reports/{public.number}/"' in page
    assert page.index(public.number) < page.index(work.number)
    assert as_eve.get(f"/f/field_reports/{work.number}/join/").status_code == 200
    actions.withdraw_support(number=work.number, by=eve(), at=clock.now())
    assert work.number not in as_eve.get(mine).content.decode()


def test_whoever_reported_it_is_led_to_their_own_report(as_eve: Client) -> None:
    own = a_case_in(State.IN_PROGRESS, by=eve(), at=clock.now() - timedelta(days=1))
    begin(as_eve)
    answer = as_eve.post(way_to_join(as_eve, own.number))
    assert (answer.status_code, answer["Location"]) == (303, f"/f/field_reports/{own.number}/")
    assert not queries.follows(eve(), own.number)


def test_the_panel_is_before_sending_too_and_a_page_of_its_own_without_script(as_eve: Client) -> None:
    case = at_work()
    begin(as_eve)
    post(as_eve, "words/", text=WORDS)
    assert f'href="{NEW}near/"' in as_eve.get(NEW + "check/").content.decode()
    page = as_eve.get(NEW + "near/").content.decode()
    assert "<html" in page
    assert case.number in page


def test_what_is_being_typed_is_in_no_address(as_eve: Client) -> None:
    begin(as_eve)
    page = as_eve.get(NEW + "words/").content.decode()
    assert f'data-hx-post="{NEW}near/"' in page
    assert "đèn" not in as_eve.get(NEW + "near/", {"text": "Đèn đường không sáng"}).content.decode().lower()


def test_a_stranger_signs_in_first_and_comes_back_to_the_same_report() -> None:
    case, stranger = at_work(), Client()
    begin(stranger)
    here = way_to_join(stranger, case.number)
    answer = stranger.post(here)
    assert answer.status_code == 303
    assert answer["Location"] == f"/login/?{urlencode({'next': here})}"
    assert stranger.get(here).status_code == 200


def test_nothing_is_shown_where_nothing_was_reported(as_eve: Client) -> None:
    begin(as_eve)
    assert "join/" not in panel(as_eve)
    assert panel(Client()).strip() == ""


def test_what_nobody_took_on_cannot_be_joined(as_eve: Client) -> None:
    case = a_case_in(State.RECEIVED, at=clock.now() - timedelta(days=1))
    assert as_eve.get(f"/f/field_reports/{case.number}/join/").status_code == 404
    assert as_eve.post(f"/f/field_reports/{case.number}/join/").status_code == 404
