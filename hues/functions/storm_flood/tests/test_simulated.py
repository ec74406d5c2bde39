"""What is simulated says so in the reader's language, wherever a level is shown."""

from decimal import Decimal

import pytest
from django.test import Client

from hues.functions.storm_flood import actions
from hues.functions.storm_flood.actions import NewReading
from hues.functions.storm_flood.gauges import SIMULATED
from hues.kernel.agencies import testing as cast
from hues.kernel.people.testing import sign_in
from hues.kit import clock

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("page", ["/f/storm_flood/", "/ops/storm_flood/levels/"])
def test_the_source_of_a_simulated_level_is_told_in_the_readers_language(page: str) -> None:
    thao, at = cast.operator(), clock.now()
    actions.enter(NewReading(gauge="kim-long", metres=Decimal("2.10"), at=at, source=SIMULATED), by=thao, at=at)
    actions.enter(NewReading(gauge="phu-oc", metres=Decimal("2.10"), at=at, source="Trạm Phú Ốc"), by=thao, at=at)
    browser = Client()
    sign_in(browser, thao)
    vietnamese, english = (browser.get(f"{language}{page}").content.decode() for language in ("", "/en"))
    assert "Số liệu mô phỏng (demo)" in vietnamese
    assert "Số liệu mô phỏng" not in english
    assert "Simulated figures (demo)" in english
    assert "Trạm Phú Ốc" in english
