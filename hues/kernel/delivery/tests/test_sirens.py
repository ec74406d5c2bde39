"""Sirens through a real Mosquitto: who sounds, who does not, and who is told of it."""

from contextlib import ExitStack
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as present

from hues.kernel.agencies.testing import duty_leader
from hues.kernel.delivery import actions, queries, sirens
from hues.kernel.delivery.actions import leasing, sending
from hues.kernel.delivery.choosing import chosen
from hues.kernel.delivery.lanes import Kind
from hues.kernel.delivery.models import Parcel
from hues.kernel.delivery.mqtt import Conversation
from hues.kernel.delivery.testing.mosquitto import MISSING, MOSQUITTO, Broker, Siren, a_broker, a_siren
from hues.kernel.delivery.testing.working import send_all
from hues.kernel.delivery.tests.sounding import SECOND, SITES, silent, sound
from hues.kernel.delivery.tests.telling import MINUTE, NOON

pytestmark = [pytest.mark.django_db, pytest.mark.skipif(not MOSQUITTO, reason=MISSING)]


def ends() -> dict[str, int]:
    return {end: n for reach in queries.reached() for way, end, n in reach.ends if way == "siren"}


def test_every_siren_sounds_once_in_the_decreed_pattern_and_says_so(town: dict[str, Siren]) -> None:
    sound()
    send_all(NOON)
    for site, siren in town.items():
        siren.was_told(1)
        (told,) = siren.told
        assert (told["id"], told["pattern"]) == (f"storm:{site}", "emergency")
        assert (told["times"], told["seconds"], told["pause"]) == (5, 30, 5)
        assert told["at"] == NOON.isoformat()
    assert actions.hear(at=NOON + 3 * SECOND) == 0
    assert ends() == {"sent": 4, "arrived": 4}
    assert (queries.dead_letters(), silent()) == ((), [])


def test_only_the_sirens_of_the_wards_sound_and_none_without_a_pattern(town: dict[str, Siren]) -> None:
    ward = next(site["ward"] for site in chosen()["sirens"] if site["code"] == "S2")
    sound(wards=[ward], pattern="flood")
    sound("quiet", pattern="")
    send_all(NOON)
    town["S2"].was_told(1)
    assert {site: len(siren.told) for site, siren in town.items()} == {"S1": 0, "S2": 1, "S3": 0, "S4": 0}


def test_a_worker_that_dies_after_the_sirens_heard_it_makes_none_sound_twice(town: dict[str, Siren]) -> None:
    sound()
    held = leasing.parcels(Kind.SIRENS, at=NOON)
    messages = [sending._message(row) for row in Parcel.objects.filter(pk__in=held.ids)]
    assert {result.outcome for result in sirens.send(messages, at=NOON)} == {"sent"}  # … and here it dies
    send_all(NOON + 20 * SECOND)
    assert queries.owing().parcels == 4
    send_all(NOON + 30 * SECOND)
    for siren in town.values():
        siren.was_told(2)
        assert siren.told[0]["id"] == siren.told[1]["id"]
        assert len(siren.sounded) == 1
    assert queries.owing().parcels == 0


def test_a_siren_that_nobody_reaches_is_tried_again_and_somebody_knows_of_it(broker: Broker) -> None:
    sound()
    with a_siren(broker, "S1") as there:
        send_all(NOON)
        there.was_told(1)
    at = NOON
    for _ in range(2):
        assert silent() == []
        at += timedelta(seconds=50)
        send_all(at)
    assert sorted(set(silent())) == ["S2", "S3", "S4"]
    with a_siren(broker, "S2") as back:
        for _ in range(9):
            at += timedelta(minutes=25)
            send_all(at)
        back.was_told(1)
    dead = queries.dead_letters()
    assert sorted(letter.site for letter in dead) == ["S3", "S4"]
    assert {letter.last_error for letter in dead} == {"no siren listens there"}
    assert there.sounded == ["storm:S1"]


def test_a_siren_that_was_cut_off_for_a_moment_hears_it_when_it_is_back(broker: Broker, town: dict[str, Siren]) -> None:
    assert town["S1"].client
    town["S1"].client.loop_stop()
    town["S1"].client.disconnect()
    sound()
    send_all(NOON)
    assert queries.owing().parcels == 0
    assert town["S1"].told == []
    with a_siren(broker, "S1") as back:
        back.was_told(1)
    assert back.sounded == ["storm:S1"]


def test_what_was_said_once_is_not_kept_for_a_siren_that_is_new(broker: Broker, town: dict[str, Siren]) -> None:
    sound()
    send_all(NOON)
    town["S1"].was_told(1)
    with a_siren(broker, "S9") as other, a_siren(broker, "S1b") as new:
        assert new.client
        new.client.subscribe("hues/sirens/+/command", qos=1)
        sound("later")
        send_all(NOON)
        new.was_told(4)
        assert {command["id"].partition(":")[0] for command in new.told} == {"later"}
        assert other.told == []


def test_a_broker_that_is_down_is_tried_again_and_a_leader_can_play_again_what_was_given_up(broker: Broker) -> None:
    broker.stop()
    sound()
    at = NOON
    for _ in range(3):
        send_all(at)
        at += timedelta(minutes=25)
    dead = queries.dead_letters()
    assert (len(dead), {letter.last_error for letter in dead}) == (4, {"[Errno 111] Connection refused"})
    (line,) = queries.lines()
    assert (line.name, line.failures) == ("siren", 12)
    broker.start()
    with ExitStack() as sirens_:
        back = [sirens_.enter_context(a_siren(broker, site)) for site in SITES]
        assert actions.replay(by=duty_leader(), items=[letter.id for letter in dead], at=at) == 4
        send_all(at + MINUTE)
        for siren in back:
            siren.was_told(1)
            assert siren.told[0]["at"] == (at + MINUTE).isoformat()
    assert (queries.dead_letters(), queries.lines()) == ((), ())


def test_a_siren_that_fails_or_says_nothing_becomes_a_dead_letter_that_can_be_played_again(broker: Broker) -> None:
    with (
        a_siren(broker, "S1"),
        a_siren(broker, "S2", broken="no power"),
        a_siren(broker, "S3", answers=False) as mute,
        a_siren(broker, "S4", answers=False),
    ):
        sound()
        send_all(NOON)
        mute.was_told(1)
        assert actions.hear(at=NOON + 30 * SECOND) == 2
        assert silent() == ["S2"]
        assert actions.hear(at=NOON + 3 * MINUTE) == 0
        assert {letter.site: letter.last_error for letter in queries.dead_letters()} == {
            "S2": "no power",
            "S3": "it does not say that it sounds",
            "S4": "it does not say that it sounds",
        }
        assert sorted(silent()) == ["S2", "S3", "S4"]
        mute.answers = True
        (again,) = [letter.id for letter in queries.dead_letters() if letter.site == "S3"]
        actions.replay(by=duty_leader(), items=[again], at=NOON + 4 * MINUTE)
        send_all(NOON + 4 * MINUTE)
        mute.was_told(2)
        assert mute.sounded == ["storm:S3"]
        assert actions.hear(at=NOON + 5 * MINUTE) == 0
    assert sorted(letter.site for letter in queries.dead_letters()) == ["S2", "S4"]
    assert ends() == {"sent": 5, "arrived": 2, "refused": 3}


def test_a_siren_that_answers_late_is_believed(broker: Broker) -> None:
    with a_siren(broker, "S1", answers=False) as siren:
        ward = sirens.ward_of("S1")
        sound(wards=[ward])
        send_all(NOON)
        siren.was_told(1)
        actions.hear(at=NOON + 3 * MINUTE)
        assert len(queries.dead_letters()) == 1
        assert siren.client
        siren.client.publish("hues/sirens/S1/answer", '{"id": "storm:S1", "state": "sounding"}', retain=True, qos=1)
        actions.hear(at=NOON + 4 * MINUTE)
    assert queries.dead_letters() == ()


@pytest.mark.parametrize("nonsense", ["", "{", "[1]", '{"id": "storm:S1"}', '{"id": ["storm:S1"], "state": 1}', "\x00"])
def test_nonsense_from_a_siren_is_no_answer(broker: Broker, nonsense: str) -> None:
    with a_siren(broker, "S1", answers=False) as siren:
        sound(wards=[sirens.ward_of("S1")])
        send_all(NOON)
        siren.was_told(1)
        assert siren.client
        siren.client.publish("hues/sirens/S1/answer", nonsense, retain=True, qos=1).wait_for_publish(5)
        assert actions.hear(at=NOON + SECOND) == 1
    assert silent() == []


@pytest.mark.usefixtures("broker")
def test_a_demo_tells_no_sirens_but_those_on_its_own_machine(settings: Any) -> None:
    there = present.HUES.siren_url
    for url, demo, owed in (
        ("mqtts://broker.example", True, 0),
        (there, True, 4),
        ("mqtts://broker.example", False, 8),
    ):
        settings.HUES = replace(present.HUES, siren_url=url, demo=demo)
        sound(f"{url} {demo}")
        assert Parcel.objects.count() == owed


def test_tls_and_passwords_are_kept_to(settings: Any, tmp_path: Path) -> None:
    with a_broker(tmp_path, secure=True) as broker:
        for wrong in (
            broker.url.replace("word@", "wor@"),
            broker.url.partition("?")[0],
            f"mqtt://localhost:{broker.port}",
        ):
            settings.HUES = replace(present.HUES, siren_url=wrong)
            sound(f"to {wrong}", wards=[sirens.ward_of("S1")])
            send_all(NOON)
        settings.HUES = replace(present.HUES, siren_url=broker.url)
        with Conversation(broker.url.replace("//hues:", "//siren:")) as siren:
            siren.listen("hues/sirens/S1/command")
            sound("well", wards=[sirens.ward_of("S1")])
            siren.until(lambda: False, 0.2)
            send_all(NOON)
            assert siren.until(lambda: bool(siren.heard), 5)
    errors = Parcel.objects.order_by("pk").values_list("last_error", "sent_at")
    assert [error[:14] for error, _sent_at in errors] == ["Not authorized", "[SSL: CERTIFIC", "the broker hun", ""]
