"""A browser that is parted from an account hears as one without, and nothing that was the former person's alone."""

import pytest

from hues.kernel.agencies.testing import lan
from hues.kernel.delivery import actions, queries
from hues.kernel.delivery.channels import Way
from hues.kernel.delivery.models import Subscription
from hues.kernel.delivery.testing import PushService, a_receiver
from hues.kernel.delivery.testing.working import send_all
from hues.kernel.delivery.tests.telling import NOON, opened, tell, tell_one
from hues.kernel.people.asker import Asker

pytestmark = pytest.mark.django_db


def test_what_is_owed_to_the_former_person_is_not_sent_and_the_browsers_own_wards_stay(service: PushService) -> None:
    person, receiver = lan(), a_receiver(f"{service.origin}/shared")

    def here(who: Asker | None) -> int:
        said = receiver.json()
        return actions.subscribe(
            way=Way.PUSH,
            address=said["endpoint"],
            keys=said["keys"],
            person_id=who.person_id if who else None,
            language="vi",
            parts=who is None,
            at=NOON,
        )

    pk = here(None)
    actions.choose_wards(subscription=pk, wards=["19774"], at=NOON)
    assert here(person) == here(person) == pk
    tell_one(person)
    assert here(None) == pk
    send_all(NOON)
    assert service.received == []
    assert Subscription.objects.get(pk=pk).person_id is None
    assert list(queries.wards_of(pk)) == ["19774"]
    assert queries.unread_count(person) == 1


def test_a_browser_is_told_whether_many_hear_of_it(service: PushService) -> None:
    person, receiver = lan(), a_receiver(f"{service.origin}/own")
    said = receiver.json()
    actions.subscribe(
        way=Way.PUSH,
        address=said["endpoint"],
        keys=said["keys"],
        person_id=person.person_id,
        language="vi",
        at=NOON,
    )
    tell_one(person)
    send_all(NOON)
    tell()
    send_all(NOON)
    assert [opened(receiver, pushed)["many"] for pushed in service.received] == [False, True]
