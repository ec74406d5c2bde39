"""A session that ended by itself loses nobody: a browser is its person's until they sign out or another agrees."""

import pytest
from django.test import Client

from hues.kernel.agencies.testing import eve, lan
from hues.kernel.delivery.models import Subscription
from hues.kernel.delivery.testing import PushService, a_receiver
from hues.kernel.delivery.testing.working import send_all
from hues.kernel.delivery.tests.telling import (
    HINTED,
    NOON,
    SAID,
    browser_of,
    come,
    end_sessions,
    heard,
    say_who_is_here,
    subscribed,
    tell_one,
)

pytestmark = pytest.mark.django_db


def test_a_page_of_warnings_opened_after_the_session_ended_loses_nobody(service: PushService) -> None:
    person, receiver = lan(), a_receiver(f"{service.origin}/ended")
    browser = browser_of(person, receiver)
    end_sessions()
    tell_one(person)
    said = receiver.json() | {"language": "en"}
    answer = browser.post("/push/subscriptions", said, content_type="application/json")  # as push.js does on load
    assert answer.status_code == 201
    send_all(NOON)
    assert heard(service, receiver) == [HINTED]
    come(person, receiver)
    tell_one(person, "case:2")
    send_all(NOON)
    assert heard(service, receiver) == [HINTED, SAID]


def test_wards_chosen_by_somebody_signed_out_are_kept_beside_the_person(service: PushService) -> None:
    person = lan()
    receiver = subscribed(service, "wards", person)
    said = receiver.json() | {"language": "vi", "wards": ["19774"]}
    answer = Client().post("/push/subscriptions", said, content_type="application/json")
    assert answer.json()["wards"] == ["19774"]
    assert Subscription.objects.get().person_id == person.person_id


def test_whoever_signs_out_and_whoever_agrees_next_part_it(service: PushService) -> None:
    person, other = lan(), eve()
    receiver = subscribed(service, "parts", person)
    said = receiver.json() | {"language": "vi", "parts": True}
    assert Client().post("/push/subscriptions", said, content_type="application/json").status_code == 201
    assert Subscription.objects.get().person_id is None
    browser_of(person, receiver)
    tell_one(person)
    browser_of(other, receiver)
    assert Subscription.objects.get().person_id == other.person_id
    send_all(NOON)
    assert service.received == []


def test_a_browser_that_never_said_who_is_signed_in_gets_a_hint_until_a_page_says_it(service: PushService) -> None:
    person, receiver = lan(), a_receiver(f"{service.origin}/before")
    browser = browser_of(person, receiver)
    Subscription.objects.update(session="")  # as those of before were kept
    tell_one(person)
    send_all(NOON)
    say_who_is_here(browser, receiver)
    tell_one(person, "case:2")
    send_all(NOON)
    assert heard(service, receiver) == [HINTED, SAID]
