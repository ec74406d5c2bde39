"""What is said in a language that the city's pages do not have: English beside its words, and no link into nowhere."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from urllib.parse import urlsplit

import pytest
from django.test import Client
from lxml import etree

from hues.engines.bulletins.queries import catalogue
from hues.engines.bulletins.rules.content import Text
from hues.engines.bulletins.rules.shapes import Circle
from hues.engines.bulletins.testing import MONDAY, TEXTS, cancelled, issued, words
from hues.engines.bulletins.tests.issuing import CAP
from hues.kernel.city import document

pytestmark = pytest.mark.django_db
FRENCH = Text(headline="Crue rapide", description="L’eau monte.", instruction="Quittez les zones basses.")


@pytest.fixture(autouse=True)
def _french() -> Iterator[None]:
    alerts = document("city.toml")["alerts"]
    before = alerts["languages"]
    alerts["languages"] = [*before, "fr-FR"]
    catalogue.alert_settings.cache_clear()
    yield
    alerts["languages"] = before
    catalogue.alert_settings.cache_clear()


def french(identifier: str) -> etree._Element:
    message = etree.fromstring(Client().get(f"/cap/alerts/{identifier}.xml").content)
    *_others, last = message.findall(f"{CAP}info")
    assert last.findtext(f"{CAP}language") == "fr-FR"
    return last


def test_a_third_language_stands_in_the_message_with_english_names_and_a_page_that_there_is() -> None:
    said = replace(words(shapes=(Circle(16.47, 107.58, 1.0),)), texts={**TEXTS, "fr-FR": FRENCH})
    alert = issued(said)
    block = french(alert.identifier)
    assert block.findtext(f"{CAP}headline") == FRENCH.headline
    assert block.findtext(f"{CAP}event") == "River flood"
    areas = [area.findtext(f"{CAP}areaDesc") or "" for area in block.findall(f"{CAP}area")]
    assert areas[0] == "Phú Xuân Ward"
    assert areas[1].startswith("Area drawn on the map: ")
    page = urlsplit(block.findtext(f"{CAP}web") or "").path
    assert page == f"/en/f/alerts/{alert.identifier}/"
    assert Client().get(page).status_code == 200
    over = french(cancelled(alert, at=MONDAY + timedelta(hours=1)).identifier)
    assert over.findtext(f"{CAP}headline") == "No longer in force: Crue rapide"
