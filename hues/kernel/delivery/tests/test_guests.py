"""A hint says how urgent it is; and while another person is signed in at a browser, not even a hint goes there."""

import pytest

from hues.kernel.agencies.testing import eve, lan
from hues.kernel.delivery import actions, queries
from hues.kernel.delivery.channels import Urgency
from hues.kernel.delivery.testing import PushService
from hues.kernel.delivery.testing.working import send_all
from hues.kernel.delivery.tests.telling import (
    BODY,
    HINTED,
    NOON,
    SAID,
    TITLE,
    WARNED,
    come,
    end_sessions,
    heard,
    let_sessions_run_out,
    opened,
    subscribed,
    tell,
    tell_one,
)

pytestmark = pytest.mark.django_db
URGENT = ("Có tin khẩn cần bạn xem ngay", "/me/inbox/")


@pytest.mark.parametrize(
    ("urgency", "wanted"), [(Urgency.EXTREME, URGENT), (Urgency.HIGH, URGENT), (Urgency.NORMAL, HINTED)]
)
def test_a_hint_says_how_urgent_it_is(service: PushService, urgency: Urgency, wanted: tuple[str, str]) -> None:
    person = lan()
    receiver = subscribed(service, "urgent", person)
    end_sessions()
    assert person.person_id
    link = "/ops/rescue/1/"
    actions.plan([person.person_id], reason="rescue:1", title=TITLE, body=BODY, link=link, urgency=urgency, at=NOON)
    send_all(NOON)
    assert heard(service, receiver) == [wanted]
    (pushed,) = service.received
    assert "rescue" not in str(opened(receiver, pushed) | {"tag": ""})
    assert opened(receiver, pushed)["urgent"] is (wanted == URGENT)


def test_nothing_of_ones_own_goes_to_where_another_is_signed_in(service: PushService) -> None:
    person, other = lan(), eve()
    receiver = subscribed(service, "shared", person)
    end_sessions()
    come(other, receiver)
    tell_one(person)
    send_all(NOON)
    assert heard(service, receiver) == []
    assert queries.unread_count(person) == 1
    assert queries.owing().parcels == 0
    tell()
    send_all(NOON)
    assert heard(service, receiver) == [WARNED]


def test_when_the_guest_is_gone_a_hint_goes_there_and_whole_words_when_the_person_is_back(service: PushService) -> None:
    person = lan()
    receiver = subscribed(service, "gone", person)
    end_sessions()
    come(eve(), receiver)
    let_sessions_run_out()
    tell_one(person)
    send_all(NOON)
    come(person, receiver)
    tell_one(person, "case:2")
    send_all(NOON)
    assert heard(service, receiver) == [HINTED, SAID]
