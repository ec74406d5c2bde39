"""Sirens are insisted on: asked again soon while it is worth it, and somebody knows of those in vain."""

from collections import Counter
from contextlib import ExitStack
from datetime import timedelta

import pytest

from hues.kernel.agencies.testing import duty_leader
from hues.kernel.delivery import actions, queries
from hues.kernel.delivery.actions import leasing
from hues.kernel.delivery.lanes import Kind
from hues.kernel.delivery.models import Parcel
from hues.kernel.delivery.testing.mosquitto import MISSING, MOSQUITTO, Broker, Siren, a_siren
from hues.kernel.delivery.testing.working import send_all
from hues.kernel.delivery.tests.sounding import SECOND, SITES, silent, sound
from hues.kernel.delivery.tests.telling import MINUTE, NOON

pytestmark = [pytest.mark.django_db, pytest.mark.skipif(not MOSQUITTO, reason=MISSING)]
SOON = 15 * SECOND


def tries() -> set[int]:
    return set(Parcel.objects.values_list("tries", flat=True))


def test_a_broker_that_comes_back_is_asked_within_seconds_however_long_it_was_away(broker: Broker) -> None:
    broker.stop()
    sound()
    at = NOON
    for number in range(1, 60):
        send_all(at)
        assert tries() == {number}
        at += SOON
    broker.start()
    with ExitStack() as back:
        town = [back.enter_context(a_siren(broker, site)) for site in SITES]
        send_all(at)
        for siren in town:
            siren.was_told(1)
    assert queries.owing().parcels == 0
    told = Counter(silent())
    assert set(told) == set(SITES)
    assert max(told.values()) <= 3


def test_after_half_an_hour_it_is_given_up_and_who_sends_it_again_has_another_half(broker: Broker) -> None:
    broker.stop()
    sound()

    def seconds_until_given_up(began: timedelta) -> int:
        for seconds in range(int(began.total_seconds()), 7200, 15):
            send_all(NOON + seconds * SECOND)
            if queries.dead_letters():
                return seconds
        raise AssertionError

    first = seconds_until_given_up(timedelta())
    assert first == 1_800
    dead = [letter.id for letter in queries.dead_letters()]
    actions.replay(by=duty_leader(), items=dead, at=NOON + (first + 15) * SECOND)
    assert seconds_until_given_up((first + 15) * SECOND) == 2 * first + 15


def test_what_was_late_from_the_beginning_is_still_tried_three_times(broker: Broker) -> None:
    broker.stop()
    sound()
    late = NOON + 50 * MINUTE
    for number in range(3):
        assert queries.dead_letters() == ()
        send_all(late + number * SOON)
    assert len(queries.dead_letters()) == len(SITES)


def test_somebody_is_told_once_of_sirens_that_nobody_has_tried_to_tell(town: dict[str, Siren]) -> None:
    sound()
    assert actions.say_untold(at=NOON + 29 * SECOND) == 0
    leasing.parcels(Kind.SIRENS, at=NOON + 29 * SECOND)  # a worker takes them and hangs
    assert actions.say_untold(at=NOON + 30 * SECOND) == len(SITES)
    assert actions.say_untold(at=NOON + 31 * SECOND) == 0
    assert sorted(silent()) == [*SITES]
    send_all(NOON + MINUTE)
    for siren in town.values():
        siren.was_told(1)
    orders = queries.siren_orders("storm")
    assert orders
    assert {order.came for order in orders} == {"told"}
    assert actions.say_untold(at=NOON + 5 * MINUTE) == 0


@pytest.mark.usefixtures("broker")
def test_nobody_is_told_of_what_is_over_or_only_had_to_stop() -> None:
    sound("short", ends_at=NOON + 20 * SECOND)
    sound("long", topic="other")
    Parcel.objects.filter(key__startswith="long").update(address="S1:stop")
    assert actions.say_untold(at=NOON + MINUTE) == 0
    assert silent() == []
