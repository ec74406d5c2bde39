"""An instant far from UTC, which PostgreSQL refuses and Python does not, is taken at every door for what it means."""

from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from hues.config.chores.reports.mapping import Plan
from hues.engines.bulletins.rules.incoming import _instant
from hues.engines.bulletins.testing import received
from hues.functions.alerts.tests.desk import NEW as NEW_ALERT
from hues.functions.alerts.tests.desk import written as alert
from hues.functions.storm_flood.models import Reading
from hues.kernel.agencies import testing as cast
from hues.kernel.areas.testing import the_wards
from hues.kernel.media import positions, recordings
from hues.kit import clock, pages
from hues.surfaces.desks.testing import at_desk
from hues.surfaces.letters.mail import _written_at
from hues.surfaces.open import asking

pytestmark = pytest.mark.django_db
FAR = ("+23:59", "-23:59", "+23:59:59.999")
LEVELS = "/ops/storm_flood/levels/"


def _assert_in_utc(found: datetime | None, said: str) -> None:
    assert found == datetime.fromisoformat(said)
    assert found.tzinfo is UTC


@pytest.mark.parametrize("far", FAR)
def test_a_level_is_read_when_it_says(far: str) -> None:
    the_wards()
    thao = at_desk(cast.operator())
    said = f"2026-03-01T05:00{far}"
    assert thao.post(LEVELS, {"gauge": "kim-long", "metres": "2.35", "at": said, "source": "Trạm"}).status_code == 303
    file = SimpleUploadedFile("a.csv", f"gauge,at,metres,source\nphu-oc,{said},1.2,Trạm\n".encode(), "text/csv")
    assert thao.post(f"{LEVELS}import/", {"file": file}).status_code == 303
    assert set(Reading.objects.values_list("gauge", "at")) == {
        ("kim-long", datetime.fromisoformat(said)),
        ("phu-oc", datetime.fromisoformat(said)),
    }


@pytest.mark.parametrize(("said", "kept"), [("1e-17000", "0.00"), ("-1e-99999", "0.00"), ("2.345", "2.35")])
def test_a_level_of_many_decimals_is_rounded(said: str, kept: str) -> None:
    the_wards()
    thao = at_desk(cast.operator())
    file = SimpleUploadedFile("a.csv", f"gauge,at,metres,source\nkim-long,2026-03-01T05:00,{said},T\n".encode())
    assert thao.post(f"{LEVELS}import/", {"file": file}).status_code == 303
    assert str(Reading.objects.get().metres) == kept
    typed = {"gauge": "kim-long", "metres": said, "at": "2026-03-01T05:00", "source": "Trạm"}
    assert thao.post(LEVELS, typed).status_code == 422


@pytest.mark.parametrize("far", FAR)
def test_an_alert_begins_and_ends_when_it_says(far: str) -> None:
    the_wards()
    ends = f"{clock.now() + timedelta(days=3):%Y-%m-%dT%H:%M}{far}"
    form = alert(onset_at=f"{clock.now():%Y-%m-%dT%H:%M}{far}", expires_at=ends)
    assert at_desk(cast.alert_writer()).post(NEW_ALERT, form).status_code == 303


@pytest.mark.parametrize("far", FAR)
def test_a_message_of_others_is_kept(far: str) -> None:
    the_wards()
    assert received(expires=f"2026-03-03T20:00:00{far}").outcome == "drafted"
    _assert_in_utc(_instant(f"2026-03-03T20:00:00{far}"), f"2026-03-03T20:00:00{far}")


@pytest.mark.parametrize("far", FAR)
def test_what_programs_ask_for_is_between_the_instants_that_they_say(far: str) -> None:
    said = f"2026-03-01T05:00:00{far}"
    _assert_in_utc(asking.instant(said), said)
    for name in ("start_date", "end_date"):
        assert Client().get("/open311/v2/requests.json", {name: said}).status_code == 200


@pytest.mark.parametrize("far", FAR)
def test_what_else_comes_from_outside_is_kept_assert_in_utc(far: str) -> None:
    said = f"2026-03-01T05:00:00{far}"
    place = pages.place(f"{said}_{UUID(int=1)}")
    assert place
    _assert_in_utc(place[0], said)
    _assert_in_utc(recordings._instant(said), said)
    plan = Plan(columns={"opened_at": ["day"]}, values={}, zone=ZoneInfo("Asia/Ho_Chi_Minh"))
    _assert_in_utc(plan.instant({"day": said}, "opened_at"), said)
    _assert_in_utc(positions._instant("2026:03:01 05:00:00", far[:6], UTC), said[:25])


@pytest.mark.parametrize("far", ["+2359", "-2359"])
def test_a_letter_is_of_the_instant_that_it_says(far: str) -> None:
    mail = EmailMessage()
    mail["Date"] = f"Sun, 01 Mar 2026 09:00:00 {far}"
    said = datetime.strptime(f"2026-03-01T09:00:00{far}", "%Y-%m-%dT%H:%M:%S%z")
    _assert_in_utc(_written_at(mail, said + timedelta(hours=1)), said.isoformat())
