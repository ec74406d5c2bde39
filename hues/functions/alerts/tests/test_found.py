"""Alerts are found by their words or their number from the search of Home, and say where they hold."""

from dataclasses import replace

import pytest
from django.test import Client

from hues.engines.bulletins.testing import TEXTS, cancelled, issued, words
from hues.functions.alerts.strips import in_force
from hues.kernel.areas import queries as areas
from hues.kernel.areas.testing import the_wards
from hues.kit import clock

pytestmark = pytest.mark.django_db
RIVER = {code: replace(text, headline="Nước sông Bồ lên rất nhanh đêm nay") for code, text in TEXTS.items()}


def looked_for(words_: str) -> str:
    page: str = Client().get("/search/", {"q": words_}).content.decode()
    return page.partition('id="q"')[2]


@pytest.mark.parametrize("typed", ["nuoc song bo", "NƯỚC SÔNG BỒ", "sông Bồ phu xuan"])
def test_an_alert_in_force_is_found_by_its_words_and_places(typed: str) -> None:
    the_wards()
    at = clock.now()
    alert = issued(replace(words(at=at), texts=RIVER), at=at)
    assert f'href="/f/alerts/{alert.identifier}/"' in looked_for(typed)
    assert alert.identifier not in looked_for("song bo mua da")


def test_an_alert_that_is_over_is_found_by_its_number_alone_and_said_to_be_over() -> None:
    the_wards()
    at = clock.now()
    alert = issued(replace(words(at=at), texts=RIVER), at=at)
    cancelled(alert, at=clock.now())
    assert alert.identifier not in looked_for("sông Bồ rất nhanh")
    found = looked_for(alert.identifier.lower())
    assert f'href="/f/alerts/{alert.identifier}/"' in found
    assert "Đã hủy" in found
    assert "risk-level" not in found


def test_the_line_on_home_names_the_places_and_of_many_the_first() -> None:
    the_wards()
    wards = [ward.code for ward in areas.wards()]
    at = clock.now()
    issued(replace(words(at=at), wards=tuple(wards[:1])), at=at)
    issued(replace(words(at=at), wards=tuple(wards[:5])), at=at)
    lines = sorted(str(strip.text) for strip in in_force(clock.now()))
    assert len(lines) == 2
    assert sum("2 nơi khác" in line for line in lines) == 1
    assert all(line.startswith(("Phường", "Xã")) for line in lines)
