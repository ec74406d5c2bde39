"""What is one person's alone is said in a browser only while they are signed in there; warnings are said still."""

from datetime import timedelta
from importlib import import_module

import pytest
from django.conf import settings
from django.contrib.sessions.models import Session
from django.test import Client

from hues.kernel.agencies.testing import eve, lan
from hues.kernel.delivery import actions, queries
from hues.kernel.delivery.models import Subscription
from hues.kernel.delivery.testing import PushService, Receiver, a_receiver
from hues.kernel.delivery.tests.telling import BODY, NOON, TITLE, opened, send_all, tell
from hues.kernel.people.asker import Asker
from hues.kernel.people.models import Person
from hues.kernel.people.testing import sign_in

pytestmark = pytest.mark.django_db
HINT = "Bạn có tin mới"
SAID, HINTED = (TITLE["vi"], "/me/"), (HINT, "/me/inbox/")


def browser_of(asker: Asker, receiver: Receiver) -> Client:
    browser = Client()
    sign_in(browser, asker)
    assert browser.post("/push/subscriptions", receiver.json(), content_type="application/json").status_code == 201
    return browser


def say_who_is_here(browser: Client, receiver: Receiver) -> None:
    said = {"endpoint": receiver.endpoint}
    assert browser.post("/push/here", said, content_type="application/json").status_code == 204


def tell_one(asker: Asker, reason: str = "case:1") -> None:
    assert asker.person_id
    actions.plan([asker.person_id], reason=reason, title=TITLE, body=BODY, link="/me/", at=NOON)


def heard(service: PushService, receiver: Receiver) -> list[object]:
    """Return the title of each push that came, where it leads, and hold that no word of ours is in one without them."""
    found = [opened(receiver, pushed) for pushed in service.received]
    assert not [one for one in found if one["title"] == HINT and (BODY["vi"] in str(one) or TITLE["vi"] in str(one))]
    return [(one["title"], one["url"]) for one in found]


def test_a_session_ended_elsewhere_hears_that_there_is_something_and_every_warning(service: PushService) -> None:
    person, receiver = lan(), a_receiver(f"{service.origin}/lost")
    browser_of(person, receiver)
    tell_one(person, "case:0")
    send_all(NOON)
    Session.objects.all().delete()  # on another device, or by the centre
    tell_one(person)
    send_all(NOON)
    assert heard(service, receiver) == [SAID, HINTED]
    assert queries.unread_count(person) == 2
    tell()
    send_all(NOON)
    assert heard(service, receiver)[2:] == [(TITLE["vi"], "/x/")]


def test_a_session_that_ran_out_is_over_too(service: PushService) -> None:
    person, receiver = lan(), a_receiver(f"{service.origin}/old")
    browser_of(person, receiver)
    Session.objects.update(expire_date=NOON - timedelta(minutes=1))
    tell_one(person)
    send_all(NOON)
    assert heard(service, receiver) == [HINTED]


def test_what_waited_for_the_morning_is_hinted_at_to_who_left_in_the_night(service: PushService) -> None:
    person, receiver = lan(), a_receiver(f"{service.origin}/night")
    browser_of(person, receiver)
    tell_one(person)
    Session.objects.all().delete()
    send_all(NOON)
    assert heard(service, receiver) == [HINTED]


def test_whoever_signs_in_again_there_is_told_again(service: PushService) -> None:
    person, receiver = lan(), a_receiver(f"{service.origin}/back")
    browser_of(person, receiver)
    Session.objects.all().delete()
    again = Client()
    sign_in(again, person)
    say_who_is_here(again, receiver)
    tell_one(person)
    send_all(NOON)
    assert heard(service, receiver) == [SAID]


def test_another_who_signs_in_there_takes_nothing_over_by_it(service: PushService) -> None:
    person, other, receiver = lan(), eve(), a_receiver(f"{service.origin}/shared")
    browser_of(person, receiver)
    Session.objects.all().delete()
    second = Client()
    sign_in(second, other)
    say_who_is_here(second, receiver)
    say_who_is_here(Client(), receiver)
    tell_one(person)
    tell_one(other, "case:2")
    send_all(NOON)
    assert heard(service, receiver) == [HINTED]  # nobody is signed in there by now
    assert Subscription.objects.get().person_id == person.person_id


def test_a_session_that_goes_on_under_another_key_is_the_same(service: PushService) -> None:
    person, receiver = lan(), a_receiver(f"{service.origin}/proved")
    browser = browser_of(person, receiver)
    store = import_module(settings.SESSION_ENGINE).SessionStore(browser.cookies[settings.SESSION_COOKIE_NAME].value)
    store.cycle_key()  # as whoever proves once more who they are
    store.save()
    tell_one(person)
    send_all(NOON)
    assert heard(service, receiver) == [SAID]


def test_an_account_that_is_shut_hears_nothing_of_its_own_any_more(service: PushService) -> None:
    person = lan()
    browser_of(person, a_receiver(f"{service.origin}/shut"))
    tell_one(person)
    Person.objects.filter(pk=str(person.person_id)).update(is_active=False)
    send_all(NOON)
    assert service.received == []
