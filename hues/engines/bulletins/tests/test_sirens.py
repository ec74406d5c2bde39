"""Which alerts make sirens sound, where, and in which pattern."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings as present
from django.db import connection

from hues.engines.bulletins import queries
from hues.engines.bulletins.testing import KIM_LONG, MONDAY, PHU_XUAN, cancelled, issued, updated, words
from hues.kernel import city
from hues.kernel.agencies.testing import duty_leader
from hues.kernel.areas import queries as areas
from hues.kernel.areas.testing import the_wards
from hues.kernel.delivery import actions as delivery
from hues.kernel.delivery import sirens
from hues.kernel.delivery.queries import inbox
from hues.kernel.delivery.testing.told import sirens_told
from hues.kernel.journal.testing import drain

pytestmark = pytest.mark.django_db
LATER = MONDAY + timedelta(hours=1)


@pytest.fixture(autouse=True)
def _with_sirens(settings: Any) -> None:
    settings.HUES = replace(present.HUES, siren_url="mqtt://127.0.0.1:9")


def sounded() -> list[tuple[str, str]]:
    """Return site and pattern of every command that is owed to sirens."""
    drain()
    return sirens_told()


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


def test_only_the_sirens_of_the_warned_wards_sound() -> None:
    issued(words(wards=(PHU_XUAN,), risk=2))
    assert sounded() == [("S1", "flood")]


def test_a_city_wide_alert_sounds_every_siren_and_its_update_sounds_them_anew() -> None:
    the_wards()
    everywhere = tuple(ward.code for ward in areas.wards())
    alert = issued(words(wards=everywhere, risk=2))
    assert sorted(sounded()) == [(site, "flood") for site in ("S1", "S2", "S3", "S4")]
    updated(alert, words(wards=(PHU_XUAN,), risk=3, at=LATER), at=LATER)
    assert sounded() == [("S1", "emergency")]


def test_better_words_wake_nobody_and_a_new_ward_only_its_own_siren() -> None:
    alert = issued(words(wards=(PHU_XUAN,), risk=2))
    assert sounded() == [("S1", "flood")]
    same = updated(alert, words(wards=(PHU_XUAN,), risk=2, at=LATER), at=LATER)
    assert sounded() == [("S1", "flood")]
    wider = updated(same, words(wards=(PHU_XUAN, KIM_LONG), risk=2, at=LATER), at=LATER)
    assert sounded()[1:] == [("S2", "flood")]
    updated(wider, words(wards=(PHU_XUAN, KIM_LONG), risk=1, at=LATER), at=LATER)
    assert sounded() == []


def test_where_it_is_no_longer_warned_no_siren_sounds_that_was_not_told_and_calmer_sounds_take_the_place() -> None:
    alert = issued(words(wards=(PHU_XUAN, KIM_LONG), risk=3))
    assert sounded() == [("S1", "emergency"), ("S2", "emergency")]
    updated(alert, words(wards=(PHU_XUAN,), risk=2, at=LATER), at=LATER)
    assert sounded() == [("S1", "flood")]


def test_a_siren_that_was_told_is_told_to_stop_where_it_is_no_longer_warned_or_all_is_over() -> None:
    alert = issued(words(wards=(PHU_XUAN, KIM_LONG), risk=2))
    drain()
    delivery.send_owed(at=MONDAY)  # nobody answers: it may have heard it or not
    soon, over = MONDAY + timedelta(minutes=2), MONDAY + timedelta(minutes=4)
    smaller = updated(alert, words(wards=(PHU_XUAN,), risk=2, at=soon), at=soon)
    assert sounded() == [("S1", "flood"), ("S2", "stop")]
    cancelled(smaller, risk=2, at=over)
    assert sorted(sounded()) == [("S1", "stop"), ("S2", "stop")]


def test_a_cancellation_a_training_and_a_light_risk_sound_nothing() -> None:
    issued(words(training=True))
    issued(words(wards=(KIM_LONG,), risk=1))
    assert sounded() == []
    alert = issued()
    assert len(sounded()) == 1
    cancelled(alert, at=LATER)  # also silences what no siren was told yet
    assert sounded() == []


def test_who_leads_the_shift_is_told_of_a_siren_that_does_not_sound() -> None:
    the_wards()
    leader = duty_leader()
    issued(words(wards=(PHU_XUAN,), risk=2))
    drain()
    at = LATER
    for _ in range(8):
        delivery.send_owed(at=at)
        at += timedelta(hours=1)
    drain()
    (card,) = [card for card in inbox(leader).rows if card.reason.startswith("delivery.siren:")]
    assert card.title["vi"].startswith("Còi S1 (")
    assert "Phú Xuân" in card.title["vi"]


def test_an_update_that_comes_before_its_alert_was_told_sounds_in_its_place() -> None:
    alert = issued(words(wards=(PHU_XUAN,), risk=2))
    updated(alert, words(wards=(PHU_XUAN,), risk=2, at=LATER), at=LATER)
    assert sounded() == [("S1", "flood")]


def test_an_alert_is_told_before_all_else_that_waits() -> None:
    issued(words(wards=(PHU_XUAN,), risk=2))
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT priority FROM procrastinate_jobs WHERE queue_name = 'reactions' ORDER BY priority DESC, id"
        )
        priorities = [row[0] for row in cursor.fetchall()]
    assert priorities[0] > max([0, *priorities[1:]])
