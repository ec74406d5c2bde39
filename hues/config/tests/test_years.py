"""No day or instant that somebody types, imports or sends may be of a year that nobody can mean."""

from datetime import UTC, datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError
from django.test import Client

from hues.config.chores.reports.mapping import Plan
from hues.config.chores.reports.reading import BadRow
from hues.engines.bulletins.rules.incoming import Unreadable, _instant
from hues.functions.alerts.forms import KeyForm
from hues.functions.alerts.tests.desk import NEW as NEW_ALERT
from hues.functions.alerts.tests.desk import written as alert
from hues.functions.notices.tests.desk import NEW as NEW_NOTICE
from hues.functions.notices.tests.desk import written as notice
from hues.functions.storm_flood.models import Reading
from hues.kernel.agencies import testing as cast
from hues.kernel.areas.testing import the_wards
from hues.kernel.media import positions, recordings
from hues.kit import pages
from hues.surfaces.agency.leave import LeaveForm
from hues.surfaces.desks.testing import at_desk
from hues.surfaces.letters.parts import instant_of
from hues.surfaces.open import asking
from hues.surfaces.operations.changeform import ChangeForm

pytestmark = pytest.mark.django_db
ODD = ("0001-01-01T00:00", "0001-01-01T00:00+14:00", "9999-12-31T23:59-12:00", "9999-12-31T23:59")
SENTENCE = "Hãy chọn một năm từ 2000 đến 2100."
LEVELS = "/ops/storm_flood/levels/"
FLOOD = ("/f/storm_flood/", "/f/storm_flood/places.json")


def _stand(*pages_: str, who: Client | None = None) -> None:
    assert {page: (who or Client()).get(page).status_code for page in pages_} == dict.fromkeys(pages_, 200)


@pytest.mark.parametrize("odd", ODD)
def test_no_odd_level_is_taken_and_the_flood_page_stands(odd: str) -> None:
    the_wards()
    thao = at_desk(cast.operator())
    rows = f"gauge,at,metres,source\nkim-long,{odd},1.20,Trạm\n"
    answer = thao.post(f"{LEVELS}import/", {"file": SimpleUploadedFile("a.csv", rows.encode(), "text/csv")})
    assert answer.status_code == 422
    assert f"Dòng 2: {SENTENCE}" in answer.content.decode()
    typed = {"gauge": "kim-long", "metres": "2.35", "at": odd, "source": "Trạm"}
    assert thao.post(LEVELS, typed).status_code == 422
    assert not Reading.objects.exists()
    _stand(*FLOOD)
    _stand(LEVELS, who=thao)


def test_the_table_holds_no_level_that_could_not_be_read_back() -> None:
    odd = Reading(
        gauge="kim-long", metres=1, source="Trạm", at=datetime(1, 1, 1, tzinfo=UTC), entered_at=datetime.now(UTC)
    )
    with pytest.raises(IntegrityError):
        odd.save()


@pytest.mark.parametrize("odd", ODD)
@pytest.mark.parametrize(
    ("door", "form", "field"),
    [
        (NEW_NOTICE, notice, "publish_at"),
        (NEW_NOTICE, notice, "expires_at"),
        (NEW_ALERT, alert, "onset_at"),
        (NEW_ALERT, alert, "expires_at"),
    ],
)
def test_no_bulletin_begins_or_ends_in_an_odd_year(door: str, form: Any, field: str, odd: str) -> None:
    the_wards()
    writer = at_desk(cast.alert_writer())
    answer = writer.post(door, form(**{field: odd}))
    assert answer.status_code == 422
    if len(odd) == len(ODD[0]):
        assert SENTENCE in answer.content.decode()
    _stand("/ops/notices/", "/ops/alerts/", who=writer)


@pytest.mark.parametrize("odd", ODD)
def test_no_form_takes_an_odd_day(odd: str) -> None:
    days = {"since": odd[:10], "until": odd[:10]}
    assert "since" in KeyForm({"why": "leaked", "since": odd}).errors
    assert {"since", "until"} <= set(LeaveForm(days, asker=cast.minh(), at=datetime.now(UTC)).errors)
    assert "on" in ChangeForm({"on": odd[:10]}).errors
    assert at_desk(cast.operator()).get("/ops/routes/", {"category": "roads-pothole", "day": odd}).status_code == 422


@pytest.mark.parametrize("odd", ODD)
def test_nothing_that_others_send_is_of_an_odd_year(odd: str) -> None:
    with pytest.raises(Unreadable):
        _instant(odd)
    with pytest.raises(ValueError, match=odd[:4]):
        asking.instant(odd)
    assert pages.place(f"{odd}_{UUID(int=1)}") is None
    assert recordings._instant(odd) is None
    said = datetime.fromisoformat(odd)
    assert positions._instant(said.strftime(f"{said.year:04}:%m:%d %H:%M:%S"), f"{said:%z}" or None, UTC) is None
    assert instant_of(253402214400000) is None


@pytest.mark.parametrize("odd", ODD)
def test_no_report_is_brought_in_from_an_odd_year(odd: str) -> None:
    plan = Plan(columns={"opened_at": ["day"]}, values={}, zone=ZoneInfo("Asia/Ho_Chi_Minh"))
    with pytest.raises(BadRow, match="2000 and 2100"):
        plan.instant({"day": odd}, "opened_at")


@pytest.mark.parametrize("odd", ODD)
@pytest.mark.parametrize("name", ["start_date", "end_date"])
def test_the_open_interface_explains_an_odd_year(name: str, odd: str) -> None:
    assert Client().get("/open311/v2/requests.json", {name: odd}).status_code == 400
