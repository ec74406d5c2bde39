"""What has ended is not told any more, by no way and by nobody's hand; that it is over still is."""

import json
from dataclasses import replace
from datetime import time, timedelta
from typing import Any

import pytest
from django.conf import settings as present

from hues.kernel.agencies.testing import duty_leader
from hues.kernel.delivery import actions, queries
from hues.kernel.delivery.actions import parcels
from hues.kernel.delivery.channels import Urgency, Words
from hues.kernel.delivery.models import Broadcast, Parcel
from hues.kernel.delivery.testing import PushService, a_gateway, a_postbox
from hues.kernel.delivery.testing.working import send_all
from hues.kernel.delivery.tests.telling import BODY, MINUTE, NOON, TITLE, subscribed
from hues.kernel.delivery.tests.test_followers import House, house, reader, say

__all__ = ["house"]
pytestmark = pytest.mark.django_db
HOUR, SECOND = timedelta(hours=1), timedelta(seconds=1)
END = NOON + 2 * HOUR


def ends() -> dict[str, dict[str, int]]:
    found: dict[str, dict[str, int]] = {}
    for reach in queries.reached():
        for way, end, n in reach.ends:
            found.setdefault(way, {})[end] = n
    return found


def test_a_part_that_nobody_got_to_in_time_is_over_and_counted(house: House) -> None:
    reader()
    say("danger", Urgency.EXTREME, ends_at=END, send=False)
    send_all(END)
    assert (house.mails, house.texts) == ([], [])
    assert ends() == {"mail": {"over": 1}, "sms": {"over": 1}}
    assert queries.owing().chunks == 0


def test_it_is_sent_until_the_last_second(house: House) -> None:
    reader()
    say("danger", Urgency.EXTREME, ends_at=END, send=False)
    send_all(END - SECOND)
    assert (house.mails, house.texts) == (["danger"], ["danger"])


def test_a_mail_that_quiet_hours_held_until_it_was_over_is_not_sent_but_the_all_clear_is(house: House) -> None:
    asker = reader()
    assert asker.person_id
    actions.prefer(
        person_id=asker.person_id,
        least=Urgency.LOW,
        quiet_from=time(11),  # noon is 5 UTC
        quiet_until=time(20),
        at=NOON - HOUR,
    )
    say("danger", Urgency.HIGH, ends_at=END)
    assert queries.owing().parcels == 1
    send_all(NOON + 12 * HOUR)
    assert house.mails == []
    assert ends()["mail"]["over"] == 1
    say("over", Urgency.HIGH, hours=13, wards=(), also=["danger"])
    assert house.mails == ["over"]
    assert (queries.owing().parcels, queries.dead_letters()) == (0, ())


def test_a_gateway_that_is_back_after_the_end_gets_nothing(settings: Any) -> None:
    with a_gateway(503, 503) as company:
        settings.HUES = replace(present.HUES, sms_url=company.url)
        reader()
        say("danger", Urgency.EXTREME, ends_at=END)
        send_all(NOON + MINUTE)
        assert len(company.received) == 2
        send_all(END + MINUTE)
        assert len(company.received) == 2
    assert Parcel.objects.get().failed_at is None
    assert ends()["sms"] == {"again": 2, "over": 1}
    assert queries.owing().parcels == 0


def test_a_dead_letter_of_what_is_over_is_not_played_again(settings: Any) -> None:
    settings.HUES = replace(present.HUES, mail_url="smtp://127.0.0.1:9?tls=no")
    reader()
    say("short", Urgency.HIGH, ends_at=END + 30 * HOUR)
    say("long", Urgency.HIGH, ends_at=END + 90 * HOUR)
    Broadcast.objects.filter(key="long").update(topic="another")
    for hours in range(1, 26):
        send_all(NOON + hours * HOUR)
    dead = queries.dead_letters()
    assert len(dead) == 2
    with a_postbox() as postbox:
        settings.HUES = replace(present.HUES, mail_url=postbox.url)
        late = END + 60 * HOUR
        assert actions.replay(by=duty_leader(), items=[letter.id for letter in dead], at=late) == 1
        send_all(late)
    assert [letter["Subject"] for letter in postbox.letters] == ["long"]
    assert (queries.owing().parcels, queries.dead_letters()) == (0, ())


def test_no_push_service_keeps_it_longer_than_it_is_true(service: PushService) -> None:
    subscribed(service, "lan")
    subscribed(service, "eve")
    service.answers["/lan"] = [(503, "60")]
    say("danger", Urgency.EXTREME, wards=None, ends_at=END)
    send_all(END - MINUTE)
    ttl = sorted(int(pushed.headers["ttl"]) for pushed in service.received)
    assert ttl == [60, 7_200, 7_200]


def test_what_is_over_is_not_pushed_again(house: House) -> None:
    reader()
    say("danger", Urgency.EXTREME, ends_at=END)
    assert not actions.repeat(key="danger", at=END)
    assert actions.repeat(key="danger", at=END - MINUTE)
    assert Broadcast.objects.get(key="danger:again:1").ends_at == END


def test_words_that_were_kept_before_there_was_an_end_are_still_read() -> None:
    words = Words(key="k", topic="t", urgency=Urgency.HIGH, title=TITLE, body=BODY, link="/", at=NOON, ends_at=END)
    kept = json.loads(json.dumps(parcels.packed(words)))
    assert parcels.unpacked(kept) == words
    del kept["ends_at"]
    assert parcels.unpacked(kept).ends_at is None
