"""Which alerts make sirens sound, where, and in which pattern."""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings as present

from hues.engines.bulletins import queries
from hues.engines.bulletins.testing import KIM_LONG, MONDAY, PHU_XUAN, cancelled, issued, updated, words
from hues.kernel import city
from hues.kernel.areas import queries as areas
from hues.kernel.areas.testing import the_wards
from hues.kernel.delivery import actions as delivery
from hues.kernel.delivery import sirens
from hues.kernel.delivery.testing import Broker, a_broker
from hues.kernel.journal.testing import drain

pytestmark = pytest.mark.django_db
LATER = MONDAY + timedelta(hours=1)


@pytest.fixture
def broker(settings: Any) -> Iterator[Broker]:
    with a_broker() as broker:
        settings.HUES = replace(present.HUES, siren_url=broker.url)
        yield broker


def sounded(broker: Broker) -> list[tuple[str, str]]:
    """Return site and pattern of every command that the sirens got."""
    drain()
    while delivery.send_owed(at=LATER):
        pass
    return [(topic.split("/")[2], json.loads(body)["pattern"]) for topic, body in broker.published]


@pytest.mark.parametrize(
    ("event", "risk", "pattern"),
    [
        ("flood", 1, ""),
        ("flood", 2, "flood"),
        ("flood", 3, "emergency"),
        ("flood", 5, "emergency"),
        ("storm", 2, ""),
        ("storm", 3, "storm"),
        ("storm", 4, "emergency"),
        ("tsunami", 1, "emergency"),
        ("heat", 5, ""),
        ("nothing-known", 5, ""),
    ],
)
def test_the_graver_the_danger_the_graver_the_sound(event: str, risk: int, pattern: str) -> None:
    assert queries.siren_pattern(event, risk) == pattern


def test_the_citys_list_names_events_and_patterns_that_exist() -> None:
    events = {event.code for event in queries.events()}
    for row in city.rows("alert_sirens.csv"):
        assert row["event"] in events
        assert sirens.sound(row["pattern"])["times"] > 0


def test_only_the_sirens_of_the_warned_wards_sound(broker: Broker) -> None:
    issued(words(wards=(PHU_XUAN,), risk=2))
    assert sounded(broker) == [("S1", "flood")]


def test_a_city_wide_alert_sounds_every_siren_and_its_update_sounds_them_anew(broker: Broker) -> None:
    the_wards()
    everywhere = tuple(ward.code for ward in areas.wards())
    alert = issued(words(wards=everywhere, risk=2))
    assert sorted(sounded(broker)) == [(site, "flood") for site in ("S1", "S2", "S3", "S4")]
    updated(alert, words(wards=(PHU_XUAN,), risk=3, at=LATER), at=LATER)
    assert sounded(broker)[4:] == [("S1", "emergency")]


def test_better_words_wake_nobody_and_a_new_ward_only_its_own_siren(broker: Broker) -> None:
    alert = issued(words(wards=(PHU_XUAN,), risk=2))
    assert sounded(broker) == [("S1", "flood")]
    same = updated(alert, words(wards=(PHU_XUAN,), risk=2, at=LATER), at=LATER)
    assert sounded(broker) == [("S1", "flood")]
    wider = updated(same, words(wards=(PHU_XUAN, KIM_LONG), risk=2, at=LATER), at=LATER)
    assert sounded(broker)[1:] == [("S2", "flood")]
    updated(wider, words(wards=(PHU_XUAN, KIM_LONG), risk=1, at=LATER), at=LATER)
    assert len(sounded(broker)) == 2


def test_a_cancellation_a_training_and_a_light_risk_sound_nothing(broker: Broker) -> None:
    issued(words(training=True))
    issued(words(wards=(KIM_LONG,), risk=1))
    assert sounded(broker) == []
    alert = issued()
    assert len(sounded(broker)) == 1
    cancelled(alert, at=LATER)
    assert len(sounded(broker)) == 1


def test_an_update_that_comes_before_its_alert_was_told_sounds_in_its_place(broker: Broker) -> None:
    alert = issued(words(wards=(PHU_XUAN,), risk=2))
    updated(alert, words(wards=(PHU_XUAN,), risk=2, at=LATER), at=LATER)
    assert sounded(broker) == [("S1", "flood")]
