"""A story that is over: no siren sounds any more, and what is owed does not come too late."""

from contextlib import ExitStack

import pytest

from hues.kernel.delivery import actions, queries, sirens
from hues.kernel.delivery.mqtt import Conversation
from hues.kernel.delivery.testing.mosquitto import MISSING, MOSQUITTO, Broker, Siren, a_siren
from hues.kernel.delivery.testing.working import send_all
from hues.kernel.delivery.tests.sounding import SECOND, SITES, silent, sound
from hues.kernel.delivery.tests.telling import MINUTE, NOON

pytestmark = [pytest.mark.django_db, pytest.mark.skipif(not MOSQUITTO, reason=MISSING)]


def test_a_story_that_is_over_makes_no_siren_sound_any_more_not_even_by_hand(broker: Broker) -> None:
    broker.stop()
    sound()
    send_all(NOON)
    broker.start()
    with ExitStack() as sirens_:
        back = [sirens_.enter_context(a_siren(broker, site)) for site in SITES]
        sound("over", pattern="", hush=True)
        send_all(NOON + MINUTE)
        assert queries.owing().parcels == 0
        sound("another", topic="other")
        send_all(NOON + MINUTE)
        for siren in back:
            siren.was_told(2)
            assert siren.sounded == [f"another:{siren.site}"]


def test_a_siren_that_was_away_hears_that_it_is_over_after_what_it_was_told_before(
    broker: Broker, town: dict[str, Siren]
) -> None:
    assert town["S1"].client
    town["S1"].client.loop_stop()
    town["S1"].client.disconnect()
    sound()
    send_all(NOON)
    sound("over", pattern="", hush=True, at=NOON + MINUTE)
    send_all(NOON + MINUTE)
    with a_siren(broker, "S1") as back:
        back.was_told(2)
    assert [(told["id"], told["pattern"], told["story"]) for told in back.told] == [
        ("storm:S1", "emergency", "s"),
        ("over:S1", "stop", "s"),
    ]
    assert (back.stopped, queries.owing().parcels) == (["s"], 0)
    sound("really over", pattern="", hush=True, at=NOON + 2 * MINUTE)
    assert queries.owing().parcels == 0


def test_of_a_siren_that_does_not_hear_that_it_should_stop_nobody_is_told_and_no_answer_is_awaited(
    broker: Broker, town: dict[str, Siren]
) -> None:
    sound(wards=[sirens.ward_of("S1")])
    send_all(NOON)
    town["S1"].was_told(1)
    assert actions.hear(at=NOON + SECOND) == 0
    broker.stop()
    sound("over", pattern="", hush=True, at=NOON + MINUTE)
    for minutes in range(1, 240, 25):
        send_all(NOON + minutes * MINUTE)
    assert silent() == []
    assert [(letter.site, letter.channel) for letter in queries.dead_letters()] == [("S1", "siren")]


def test_a_stop_that_is_owed_does_not_come_after_a_new_sound(town: dict[str, Siren]) -> None:
    ward = sirens.ward_of("S1")
    sound(wards=[ward])
    send_all(NOON)
    sound("smaller", pattern="", hush=True, at=NOON + MINUTE)
    sound("wider", wards=[ward], hush=True, warned=(ward,), at=NOON + 2 * MINUTE)
    send_all(NOON + 2 * MINUTE)
    town["S1"].was_told(2)
    assert town["S1"].sounded == ["storm:S1", "wider:S1"]
    assert (town["S1"].stopped, queries.owing().parcels) == ([], 0)


def test_the_broker_keeps_no_command_longer_than_the_alert_is_in_force(broker: Broker, town: dict[str, Siren]) -> None:
    assert town["S1"].client
    town["S1"].client.loop_stop()
    town["S1"].client.disconnect()
    sound(wards=[sirens.ward_of("S1")], ends_at=NOON + SECOND)
    send_all(NOON)
    assert queries.owing().parcels == 0
    with Conversation(broker.url) as other:  # seconds of the broker's own clock
        other.until(lambda: False, 2.2)
    with a_siren(broker, "S1") as back:
        sound("later", wards=[sirens.ward_of("S1")])
        send_all(NOON)
        back.was_told(1)
    assert back.sounded == ["later:S1"]
