"""What the desk says of sirens: never that one sounds which nobody told to."""

from dataclasses import replace
from typing import Any

import pytest
from django.conf import settings as present
from django.test import Client

from hues.engines.bulletins.testing import KIM_LONG, PHU_XUAN, cancelled, issued, words
from hues.functions.alerts.tests.desk import at_desk, submitted
from hues.kernel.agencies import testing as cast
from hues.kernel.delivery import actions as delivery
from hues.kernel.delivery.testing.told import sirens_told
from hues.kernel.journal.testing import drain
from hues.kit import clock

pytestmark = pytest.mark.django_db
SOUND = "S1 · 5 hồi × 30 giây, nghỉ 5 giây"
WILL, BEING, TOLD = "Còi hú sẽ kêu khi phát", "Sắp lệnh cho còi hú", "Lệnh đã giao cho còi hú"
UNCONNECTED, NONE_TOLD = "Chưa kết nối còi hú nào: sẽ không còi nào kêu", "Không còi hú nào được lệnh kêu"
CLAIMS = (WILL, BEING, TOLD, UNCONNECTED, NONE_TOLD)


@pytest.fixture
def _connected(settings: Any) -> None:
    settings.HUES = replace(present.HUES, siren_url="mqtt://127.0.0.1:9")


def claim(client: Client, page: str) -> str:
    """Return what a page of the desk says of sirens, which is one thing."""
    found = client.get(page).content.decode()
    (said,) = [one for one in CLAIMS if one in found]
    assert SOUND in found
    return said


def page_of(alert: Any) -> str:
    return f"/ops/alerts/{alert.id}/"


@pytest.mark.usefixtures("_connected")
def test_who_approves_sees_which_sirens_will_sound_and_then_what_they_were_told() -> None:
    writer = at_desk(cast.alert_writer())
    assert claim(writer, submitted(writer)) == WILL
    alert = issued(words(at=clock.now()), at=clock.now())
    assert claim(writer, page_of(alert)) == BEING
    drain()
    assert sirens_told() == [("S1", "emergency")]
    assert claim(writer, page_of(alert)) == TOLD
    assert "chưa giao được" in writer.get(page_of(alert)).content.decode()


@pytest.mark.usefixtures("_connected")
def test_a_siren_that_nobody_could_tell_is_not_said_to_have_heard() -> None:
    writer, alert = at_desk(cast.alert_writer()), issued(words(at=clock.now()), at=clock.now())
    drain()
    delivery.send_owed(at=clock.now())  # no broker answers there
    assert "chưa giao được" in writer.get(page_of(alert)).content.decode()
    over = cancelled(alert, at=clock.now())
    drain()
    assert "S1 · dừng kêu · chưa giao được" in writer.get(page_of(over)).content.decode()


def test_without_a_broker_the_desk_says_that_no_siren_sounds() -> None:
    writer = at_desk(cast.alert_writer())
    assert claim(writer, submitted(writer)) == UNCONNECTED
    alert = issued(words(at=clock.now()), at=clock.now())
    assert claim(writer, page_of(alert)) == UNCONNECTED
    drain()
    assert sirens_told() == []
    assert claim(writer, page_of(alert)) == NONE_TOLD
    assert "cảnh báo bằng loa, bằng lời" in writer.get(page_of(alert)).content.decode()


@pytest.mark.usefixtures("_connected")
def test_where_no_siren_is_to_sound_none_is_spoken_of() -> None:
    writer = at_desk(cast.alert_writer())
    for quiet in ({"event": "heat"}, {"training": "on"}, {"risk": "1", "wards": [KIM_LONG, PHU_XUAN]}):
        page = writer.get(submitted(writer, **quiet)).content.decode()
        assert "Không có còi nào kêu." in page
        assert not [one for one in CLAIMS if one in page]
