"""What is one person's alone is said in a browser only while they are signed in there; warnings are said still."""

from importlib import import_module

import pytest
from django.conf import settings
from django.test import Client

from hues.kernel.agencies.testing import eve, lan
from hues.kernel.delivery import queries
from hues.kernel.delivery.models import Subscription
from hues.kernel.delivery.testing import PushService, a_receiver
from hues.kernel.delivery.testing.working import send_all
from hues.kernel.delivery.tests.telling import (
    HINTED,
    NOON,
    SAID,
    WARNED,
    browser_of,
    come,
    end_sessions,
    heard,
    let_sessions_run_out,
    say_who_is_here,
    subscribed,
    tell,
    tell_one,
)
from hues.kernel.people.models import Person

pytestmark = pytest.mark.django_db


def test_a_session_ended_elsewhere_hears_that_there_is_something_and_every_warning(service: PushService) -> None:
    person = lan()
    receiver = subscribed(service, "lost", person)
    tell_one(person, "case:0")
    send_all(NOON)
    end_sessions()
    tell_one(person)
    send_all(NOON)
    assert heard(service, receiver) == [SAID, HINTED]
    assert queries.unread_count(person) == 2
    tell()
    send_all(NOON)
    assert heard(service, receiver)[2:] == [WARNED]


def test_a_session_that_ran_out_is_over_too(service: PushService) -> None:
    person = lan()
    receiver = subscribed(service, "old", person)
    let_sessions_run_out()
    tell_one(person)
    send_all(NOON)
    assert heard(service, receiver) == [HINTED]


def test_what_waited_for_the_morning_is_hinted_at_to_who_left_in_the_night(service: PushService) -> None:
    person = lan()
    receiver = subscribed(service, "night", person)
    tell_one(person)
    end_sessions()
    send_all(NOON)
    assert heard(service, receiver) == [HINTED]


def test_whoever_signs_in_again_there_is_told_again(service: PushService) -> None:
    person = lan()
    receiver = subscribed(service, "back", person)
    end_sessions()
    come(person, receiver)
    tell_one(person)
    send_all(NOON)
    assert heard(service, receiver) == [SAID]


def test_another_who_signs_in_there_takes_nothing_over_by_it(service: PushService) -> None:
    person, other = lan(), eve()
    receiver = subscribed(service, "shared", person)
    end_sessions()
    come(other, receiver)
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
    subscribed(service, "shut", person)
    tell_one(person)
    Person.objects.filter(pk=str(person.person_id)).update(is_active=False)
    send_all(NOON)
    assert service.received == []
