"""In the list of messages too, who opened one that is for a circle is counted ward by ward before it is summed."""

from typing import Any

import pytest

from hues.kernel.agencies.testing import eve, lan
from hues.kernel.delivery import actions, queries
from hues.kernel.delivery.channels import Urgency, Whom, Words
from hues.kernel.delivery.models import Broadcast, ReadBroadcast
from hues.kernel.delivery.tests.telling import BODY, NOON, TITLE


@pytest.mark.django_db
@pytest.mark.parametrize(("circle", "wanted"), [("parents", 0), ("", 2)])
def test_the_list_of_messages_sums_rough_numbers_of_a_circle(circle: str, wanted: int) -> None:
    said: dict[str, Any] = {"urgency": Urgency.LOW, "title": TITLE, "body": BODY, "link": "/x/"}
    actions.broadcast(Words(key="k", topic="t", at=NOON, **said), Whom(wards=None, circle=circle))
    sent = Broadcast.objects.get()
    for person in (lan().person_id, eve().person_id):
        assert person
        ReadBroadcast.objects.create(person_id=person, broadcast=sent, at=NOON)
    (reach,) = queries.reached()
    assert reach.opened == wanted
