"""Who somebody is and what they may do is one question: every page of a signed-in person asks it."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from hues.kernel.agencies import testing as cast
from hues.kernel.agencies.models import Membership
from hues.kernel.agencies.queries import agencies, asker_for, asker_of, person_at
from hues.kernel.people.asker import STRANGER, Role
from hues.kernel.people.models import Person
from hues.kit.clock import now
from hues.kit.ids import new_id

pytestmark = pytest.mark.django_db


def test_a_person_and_their_roles_are_one_statement() -> None:
    minh = cast.minh()
    assert minh.person_id
    agencies()  # the list of agencies is known by its edition, whoever asks
    with CaptureQueriesContext(connection) as asked:
        person = person_at(minh.person_id, now())
    assert person
    assert len(asked) == 1
    with CaptureQueriesContext(connection) as asked:
        asker = asker_of(person, now())
    assert [one["sql"] for one in asked if "membership" in one["sql"]] == []
    assert asker == minh == asker_of(Person.objects.get(pk=minh.person_id), now())


def test_only_what_is_open_at_that_instant_counts() -> None:
    minh = cast.minh()
    assert minh.person_id
    held = Membership.objects.filter(person=minh.person_id)
    ended = held.get().from_at + timedelta(days=1)
    held.update(until_at=ended)
    assert asker_for(minh.person_id, ended - timedelta(seconds=1)).roles == minh.roles
    assert asker_for(minh.person_id, ended).roles == {Role.CITIZEN}
    assert asker_for(minh.person_id, ended).agencies == frozenset()


def test_nobody_asks_for_an_unknown_or_a_closed_account() -> None:
    minh = cast.minh()
    assert minh.person_id
    assert person_at(new_id(), now()) is None
    Person.objects.filter(pk=minh.person_id).update(is_active=False)
    assert asker_for(minh.person_id, now()) == asker_for(new_id(), now()) == STRANGER
