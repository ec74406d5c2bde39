"""The link in a guest's messages opens the guest's report by one press, and nothing by being looked at."""

import pytest
from django.test import Client

from hues.engines.cases.testing import a_case, the_city
from hues.kernel.agencies import testing as cast
from hues.kernel.agencies.queries import asker_for
from hues.kernel.delivery.channels import Way
from hues.kernel.delivery.queries import person_at
from hues.kernel.letters.testing import a_letter
from hues.kernel.people.entering import way_in
from hues.kernel.people.testing import sign_in
from hues.kit import clock

pytestmark = pytest.mark.django_db


@pytest.fixture
def link() -> str:
    the_city()
    a_letter(at=clock.now())
    guest = person_at(Way.ZALO, "4242")
    assert guest
    return way_in(guest, f"/f/field_reports/{a_case(by=asker_for(guest, clock.now()), at=clock.now()).number}/")


def page_of(link: str) -> str:
    return "/f/" + link.partition("/f/")[2]


def test_a_press_opens_the_report_and_looking_does_not(link: str) -> None:
    client = Client()
    looked = client.get(link)
    assert looked.status_code == 200
    assert "Ổ gà sâu" not in looked.content.decode()
    # Without any referrer a browser would send the form from nowhere, and it would be refused.
    assert looked["Referrer-Policy"] == "same-origin"
    assert client.get(page_of(link)).status_code == 404
    pressed = client.post(link)
    assert (pressed.status_code, pressed["Location"]) == (303, page_of(link))
    assert "Ổ gà sâu" in client.get(page_of(link)).content.decode()
    assert client.get(link)["Location"] == page_of(link)
    for mine in ("/me/", "/me/inbox/", "/me/privacy/"):
        assert client.get(mine).status_code == 200


def test_a_link_in_english_leads_to_the_english_page(link: str) -> None:
    assert Client().post(f"/en{link}")["Location"] == f"/en{page_of(link)}"


def test_whoever_is_signed_in_is_told_that_they_leave_their_account(link: str) -> None:
    client = Client()
    sign_in(client, cast.lan())
    assert "banner" in client.get(link).content.decode()


def test_a_forged_link_and_one_that_leads_away_open_nothing(link: str) -> None:
    token = link.split("/")[2]
    for wrong in (f"/in/{token}x/f/", f"/in/{token[:-1]}/f/", f"/in/{token}//evil.example/"):
        for answer in (Client().get(wrong), Client().post(wrong)):
            assert answer.status_code == 404


def test_the_page_asks_for_its_own_token(link: str) -> None:
    assert Client(enforce_csrf_checks=True).post(link).status_code == 403
