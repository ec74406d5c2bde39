"""Whose turn it is: nothing old after what is newer, nothing faster than the city chose, nothing beyond a lease."""

from dataclasses import replace
from datetime import time, timedelta
from typing import Any

import pytest
from django.conf import settings as present

from hues.kernel.agencies.testing import duty_leader, eve, lan
from hues.kernel.delivery import actions, queries
from hues.kernel.delivery.actions import broadcasting, handing, leasing
from hues.kernel.delivery.channels import Urgency, Way, Whom, Words
from hues.kernel.delivery.choosing import chosen
from hues.kernel.delivery.lanes import Kind
from hues.kernel.delivery.models import Parcel
from hues.kernel.delivery.testing import PushService, a_gateway, a_postbox
from hues.kernel.delivery.testing.working import send_all
from hues.kernel.delivery.tests.telling import BODY, MINUTE, NOON, TITLE, opened, subscribed, tell

pytestmark = pytest.mark.django_db
SECOND = timedelta(seconds=1)


def say(
    key: str,
    *,
    topic: str = "story",
    urgency: Urgency = Urgency.HIGH,
    wards: list[str] | None = None,
    minutes: int = 0,
) -> None:
    title = {"vi": key, "en": key}
    at = NOON + minutes * MINUTE
    words = Words(key=key, topic=topic, urgency=urgency, title=title, body=BODY, link="/", at=at)
    actions.broadcast(words, Whom(wards=wards))


def read(service: PushService, *receivers: Any) -> list[str]:
    """Return the titles that came, in their order, each opened by whom it was for."""
    by_path = {f"/{receiver.endpoint.rpartition('/')[2]}": receiver for receiver in receivers}
    return [str(opened(by_path[pushed.path], pushed)["title"]) for pushed in service.received]


def test_a_part_that_a_dead_worker_held_brings_nobody_an_older_word_after_the_newer(service: PushService) -> None:
    ours = subscribed(service, "lan", lan())
    say("first")
    leasing.chunk(Kind.PUSHES, at=NOON)  # a worker takes it and dies
    say("second", minutes=1)
    send_all(NOON + MINUTE)
    send_all(NOON + 5 * MINUTE)
    assert read(service, ours) == ["second"]
    first = next(reach for reach in queries.reached() if reach.title["vi"] == "first")
    assert (first.left, first.ends) == (0, (("push", "replaced", 1),))


def test_what_a_busy_service_put_off_is_not_sent_after_what_is_newer(service: PushService) -> None:
    ours = subscribed(service, "lan", lan())
    service.answers["/lan"] = [(429, "600")]
    say("first")
    send_all(NOON)
    say("second", minutes=1)
    send_all(NOON + MINUTE)
    send_all(NOON + 20 * MINUTE)
    assert read(service, ours)[1:] == ["second"]
    assert (queries.owing().parcels, queries.dead_letters()) == (0, ())


def test_a_grave_warning_overtakes_what_is_calmer_and_waits_for_no_other_one(
    service: PushService, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(broadcasting, "CHUNK", 1)
    ours = [subscribed(service, f"b{number}") for number in range(3)]
    for key, urgency in (("notice", Urgency.NORMAL), ("flood", Urgency.EXTREME)):
        say(key, urgency=urgency, topic=key)
    actions.send_owed(at=NOON)
    say("dam", urgency=Urgency.EXTREME, topic="dam")
    send_all(NOON)
    told = read(service, *ours)
    assert (told[0], told[1]) == ("flood", "dam")
    assert told[-3:] == ["notice"] * 3
    assert sorted(told) == ["dam"] * 3 + ["flood"] * 3 + ["notice"] * 3


def test_who_is_not_told_the_newer_is_still_told_the_older(service: PushService) -> None:
    ours = subscribed(service, "lan", lan())
    service.answers["/lan"] = [(429, "600")]
    say("first")
    send_all(NOON)
    say("elsewhere", wards=["19753"], minutes=1)
    send_all(NOON + 20 * MINUTE)
    assert read(service, ours) == ["first", "first"]


def test_danger_that_passes_quiet_hours_is_not_given_up_for_a_word_that_waits_for_the_morning(
    service: PushService,
) -> None:
    person = lan().person_id
    assert person
    ours = subscribed(service, "lan", lan())
    actions.prefer(
        person_id=person,
        least=Urgency.LOW,
        quiet_from=time(11),  # noon is 5 UTC
        quiet_until=time(14),
        at=NOON,
    )
    service.answers["/lan"] = [(429, "120")]
    say("danger", urgency=Urgency.EXTREME)
    send_all(NOON)
    say("calmer", urgency=Urgency.NORMAL, minutes=1)
    send_all(NOON + 2 * MINUTE)
    assert read(service, ours) == ["danger", "danger"]
    send_all(NOON + 130 * MINUTE)
    assert read(service, ours)[2:] == ["calmer"]


def test_a_dead_letter_that_is_played_again_does_not_bring_back_what_was_replaced(service: PushService) -> None:
    ours = subscribed(service, "lan", lan())
    service.answers["/lan"] = [(400, "")]
    say("first")
    send_all(NOON)
    (dead,) = queries.dead_letters()
    say("second", minutes=1)
    actions.replay(by=duty_leader(), items=[dead.id], at=NOON + 2 * MINUTE)
    send_all(NOON + 2 * MINUTE)
    assert read(service, ours)[1:] == ["second"]
    assert queries.dead_letters() == ()


def test_waiting_for_a_closed_line_uses_up_no_try(service: PushService) -> None:
    for number in range(enough := 20):
        subscribed(service, f"b{number}")
        service.answers[f"/b{number}"] = [(503, "")] * 2
    tell()
    at = NOON
    send_all(at)
    for _ in range(5):
        at += 10 * SECOND
        send_all(at)
    assert len(service.received) == enough
    assert set(Parcel.objects.values_list("tries", flat=True)) == {0}
    send_all(NOON + MINUTE)
    assert set(Parcel.objects.values_list("tries", flat=True)) == {1}
    send_all(NOON + 3 * MINUTE)
    assert queries.owing().parcels == 0


def test_many_that_wait_for_a_closed_line_or_go_again_are_written_down_together(
    service: PushService, django_assert_max_num_queries: Any
) -> None:
    for number in range(enough := 30):
        subscribed(service, f"b{number}")
        service.answers[f"/b{number}"] = [(503, "")]
    tell()
    send_all(NOON)
    with django_assert_max_num_queries(25):  # once they are looked at and held, then nothing is due
        actions.send_all(Kind.PUSHES, now=lambda: NOON + 10 * SECOND)
    assert {row.due_at for row in Parcel.objects.all()} == {NOON + MINUTE}
    with django_assert_max_num_queries(35):
        actions.send_all(Kind.PUSHES, now=lambda: NOON + MINUTE)
    (reach,) = queries.reached()
    assert {end: n for _way, end, n in reach.ends} == {"again": enough, "sent": enough}


def number_of(n: int) -> str:
    return f"+84901{n:06}"


def test_text_messages_go_out_no_faster_than_the_city_chose_and_none_is_lost(settings: Any) -> None:
    rate = chosen()["rates"]["sms"]
    at_once, more = int(rate * handing.BURST.total_seconds()), 25
    with a_gateway() as company:
        settings.HUES = replace(present.HUES, sms_url=company.url)
        for n in range(at_once + more):
            actions.subscribe(way=Way.SMS, address=number_of(n), person_id=None, language="vi", at=NOON)
        say("danger", urgency=Urgency.EXTREME)
        send_all(NOON)
        assert len(company.received) == at_once
        assert queries.owing().chunks == 1
        send_all(NOON + SECOND)
        assert len(company.received) == at_once + min(more, rate)
        send_all(NOON + 2 * SECOND)
    assert sorted(text["to"] for text in company.received) == [number_of(n) for n in range(at_once + more)]
    assert queries.owing().chunks == 0


def test_words_to_single_people_keep_to_the_same_rate(settings: Any) -> None:
    rate = chosen()["rates"]["mail"]
    at_once = int(rate * handing.BURST.total_seconds())
    with a_postbox() as postbox:
        settings.HUES = replace(present.HUES, mail_url=postbox.url)
        for n in range(at_once + 3):
            actions.write(
                f"office{n}@example.vn", reason="r", title=TITLE, body=BODY, link="/", useful_for=MINUTE, at=NOON
            )
        send_all(NOON)
        assert len(postbox.letters) == at_once
        assert set(Parcel.objects.filter(sent_at=None).values_list("tries", flat=True)) == {0}
        send_all(NOON + SECOND)
    assert len({letter["To"] for letter in postbox.letters}) == at_once + 3


def test_a_gateway_so_slow_that_a_lease_would_end_gets_a_part_in_several_rounds(
    settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(handing, "IN_TIME", 0.0)  # one slice, and the time is over
    with a_gateway() as company, a_postbox() as postbox:
        settings.HUES = replace(present.HUES, sms_url=company.url, mail_url=postbox.url)
        for n in range(10):
            actions.subscribe(way=Way.SMS, address=number_of(n), person_id=None, language="vi", at=NOON)
        for asker in (lan(), eve()):
            address = f"{asker.person_id}@example.vn"
            actions.subscribe(way=Way.MAIL, address=address, person_id=asker.person_id, language="vi", at=NOON)
        say("danger", urgency=Urgency.EXTREME)
        sent = []
        for seconds in range(4):
            send_all(NOON + seconds * SECOND)
            sent.append(len(company.received))
    assert sent == [4, 8, 10, 10]
    assert len(postbox.letters) == 2
    (reach,) = queries.reached()
    assert {way: n for way, _end, n in reach.ends} == {"sms": 10, "mail": 2}
