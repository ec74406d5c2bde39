"""A hint says how urgent it is; and while another person is signed in at a browser, not even a hint goes there."""

from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.test import Client

from hues.kernel.agencies.testing import eve, lan
from hues.kernel.delivery import actions, queries
from hues.kernel.delivery.channels import Urgency
from hues.kernel.delivery.testing import PushService, a_receiver
from hues.kernel.delivery.tests.telling import BODY, NOON, TITLE, opened, send_all, tell
from hues.kernel.delivery.tests.test_signed_in import HINTED, SAID, browser_of, heard, say_who_is_here, tell_one
from hues.kernel.people.testing import sign_in

pytestmark = pytest.mark.django_db
URGENT = ("Có tin khẩn cần bạn xem ngay", "/me/inbox/")


@pytest.mark.parametrize(
    ("urgency", "wanted"), [(Urgency.EXTREME, URGENT), (Urgency.HIGH, URGENT), (Urgency.NORMAL, HINTED)]
)
def test_a_hint_says_how_urgent_it_is(service: PushService, urgency: Urgency, wanted: tuple[str, str]) -> None:
    person, receiver = lan(), a_receiver(f"{service.origin}/urgent")
    browser_of(person, receiver)
    Session.objects.all().delete()
    assert person.person_id
    link = "/ops/rescue/1/"
    actions.plan([person.person_id], reason="rescue:1", title=TITLE, body=BODY, link=link, urgency=urgency, at=NOON)
    send_all(NOON)
    assert heard(service, receiver) == [wanted]
    (pushed,) = service.received
    assert "rescue" not in str(opened(receiver, pushed) | {"tag": ""})
    assert opened(receiver, pushed)["urgent"] is (wanted == URGENT)


def test_nothing_of_ones_own_goes_to_where_another_is_signed_in(service: PushService) -> None:
    person, other, receiver = lan(), eve(), a_receiver(f"{service.origin}/shared")
    browser_of(person, receiver)
    Session.objects.all().delete()
    second = Client()
    sign_in(second, other)
    say_who_is_here(second, receiver)
    tell_one(person)
    send_all(NOON)
    assert heard(service, receiver) == []
    assert queries.unread_count(person) == 1
    assert queries.owing().parcels == 0
    tell()
    send_all(NOON)
    assert heard(service, receiver) == [(TITLE["vi"], "/x/")]


def test_when_the_guest_is_gone_a_hint_goes_there_and_whole_words_when_the_person_is_back(service: PushService) -> None:
    person, receiver = lan(), a_receiver(f"{service.origin}/gone")
    browser_of(person, receiver)
    Session.objects.all().delete()
    second, again = Client(), Client()
    sign_in(second, eve())
    say_who_is_here(second, receiver)
    Session.objects.update(expire_date=NOON - timedelta(minutes=1))
    tell_one(person)
    send_all(NOON)
    sign_in(again, person)
    say_who_is_here(again, receiver)
    tell_one(person, "case:2")
    send_all(NOON)
    assert heard(service, receiver) == [HINTED, SAID]
