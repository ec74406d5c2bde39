"""What Zalo tells of a warning afterwards: that it arrived, and that it was opened. Signed, and counted once."""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest
from django.conf import settings as present

from hues.kernel.agencies.testing import eve, lan
from hues.kernel.delivery import actions, queries
from hues.kernel.delivery.channels import Urgency, Way, Whom, Words
from hues.kernel.delivery.queries import reach
from hues.kernel.letters import queries as letters
from hues.kernel.letters.testing import Messenger, a_zalo
from hues.kernel.people.asker import Asker
from hues.kit import clock
from hues.surfaces.letters.testing import SECRET, zalo_event, zalo_posts

pytestmark = pytest.mark.django_db


@pytest.fixture
def zalo(settings: Any) -> Iterator[Messenger]:
    with a_zalo() as found:
        settings.HUES = replace(
            present.HUES, zalo_url=found.url, zalo_secret=SECRET, zalo_page="https://zalo.me/1", demo=True
        )
        actions.keep_zalo_pass(refresh="refresh-0", at=clock.now())
        actions.subscribe(way=Way.OA, address="4242", person_id=lan().person_id, language="vi", at=clock.now())
        yield found


def tell() -> None:
    said, at = {"vi": "Lũ", "en": "Flood"}, clock.now()
    words = Words(key="flood", topic="f", urgency=Urgency.EXTREME, title=said, body=said, link="/x/", at=at)
    actions.broadcast(words, Whom(wards=None))


def send() -> None:
    while actions.send_owed(at=clock.now()):
        pass


def told(event: str, *, secret: str = SECRET, at: datetime | None = None, **message: Any) -> int:
    said = json.loads(zalo_event(at=at or clock.now(), event=event, sender="oa"))
    said |= {"message": message, "recipient": {"id": "4242"}}
    return int(zalo_posts(json.dumps(said).encode(), secret=secret).status_code)


def ends() -> dict[str, int]:
    return {end.outcome: end.n for end in queries.board(["flood"]).ends if end.channel == "oa"}


def unread(whose: Asker | None = None) -> int:
    person = (whose or lan()).person_id
    assert person
    return len(reach.unread_broadcasts(person))


def test_it_arrives_is_opened_and_is_counted_once_however_often_it_is_told(zalo: Messenger) -> None:
    tell()
    send()
    assert [to for to, _said in zalo.warnings] == ["4242"]
    assert told("user_received_message", msg_id="z1") == told("user_received_message", msg_id="z1") == 200
    assert (ends(), unread()) == ({"sent": 1, "arrived": 1}, 1)
    assert told("user_seen_message", msg_ids=["z1", "another"]) == told("user_seen_message", msg_ids=["z1"]) == 200
    assert (ends(), unread()) == ({"sent": 1, "arrived": 1}, 0)
    assert letters.how_many() == 0


def test_who_opened_it_has_got_it(zalo: Messenger) -> None:
    tell()
    send()
    told("user_seen_message", msg_ids=["z1"])
    told("user_received_message", msg_id="z1")
    assert (ends(), unread()) == ({"sent": 1, "arrived": 1}, 0)


def test_who_takes_the_address_over_has_not_opened_what_was_sent_to_another(zalo: Messenger) -> None:
    new = eve()
    tell()
    send()
    actions.subscribe(way=Way.OA, address="4242", person_id=new.person_id, language="vi", at=clock.now())
    assert told("user_seen_message", msg_ids=["z1"]) == 200
    assert (unread(), unread(new)) == (0, 1)


def test_what_is_told_before_we_have_written_down_what_we_sent_is_counted_then(zalo: Messenger) -> None:
    told("user_seen_message", msg_ids=["z1"])
    assert (ends(), unread()) == ({}, 0)
    tell()
    assert unread() == 1
    send()
    assert (ends(), unread()) == ({"sent": 1, "arrived": 1}, 0)


def test_a_wrong_signature_another_message_and_nonsense_count_nothing(zalo: Messenger) -> None:
    tell()
    send()
    assert told("user_seen_message", secret="another", msg_ids=["z1"]) == 401
    assert told("user_received_message", msg_id="z9") == 200
    assert told("user_seen_message", msg_ids="z1") == told("user_seen_message", msg_ids=[{}, None, ["z1"]]) == 200
    assert told("user_received_message") == 200
    assert told("user_seen_message", msg_ids=["\ud800"]) == told("user_received_message", msg_id="\udfff") == 200
    assert (ends(), unread()) == ({"sent": 1}, 1)
