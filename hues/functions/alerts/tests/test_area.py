"""Where an alert is for: several areas and wards, and whom they would reach while they are drawn."""

import re

import pytest
from django.test import Client

from hues.engines.bulletins.queries import desk_bulletin, presets
from hues.engines.bulletins.rules.shapes import Circle, Polygon
from hues.engines.bulletins.testing import KIM_LONG, PHU_XUAN, words
from hues.functions.alerts.tests.test_doors import NEW, at_desk, submitted, written
from hues.kernel.agencies import testing as cast
from hues.kernel.people import actions as people
from hues.kit import clock

pytestmark = pytest.mark.django_db
ESTIMATE = "/ops/alerts/estimate/"
AREAS = "16.46,107.56 16.46,107.58 16.48,107.58\n16.5,107.6 1.5\n16.4,107.7 0.4"


def estimate(client: Client, **sent: str | list[str]) -> str:
    answer = client.post(ESTIMATE, sent)
    assert answer.status_code == 200
    return answer.content.decode()


def test_every_area_that_was_drawn_is_kept_and_shown_again() -> None:
    writer = at_desk(cast.alert_writer())
    page = submitted(writer, drawn=AREAS, wards=[])
    found = desk_bulletin(cast.alert_writer(), page.split("/")[-2])  # type: ignore[arg-type]
    assert [type(one) for one in found.content.shapes] == [Polygon, Circle, Circle]
    writer.post(f"{page}discard/", {"seen": found.version})
    draft = writer.post(NEW, written(drawn=AREAS))["Location"]
    assert AREAS in writer.get(f"{draft}edit/").content.decode().replace("\r", "")


def test_the_estimate_says_how_many_live_there_and_how_many_the_app_reaches() -> None:
    words(at=clock.now())
    lan = cast.lan().person_id
    assert lan
    people.set_home_ward(person_id=lan, ward=PHU_XUAN, at=clock.now())
    shown = estimate(at_desk(cast.alert_writer()), wards=[PHU_XUAN])
    assert "≈ 93.700" in shown
    assert "Phường Phú Xuân" in shown
    assert 'class="big num">1<' in shown
    part = estimate(at_desk(cast.alert_writer()), drawn="16.4785,107.577 0.5")
    assert "Phường Phú Xuân" in part
    assert re.search(r"≈ \d\.\d00<", part)


def test_the_estimate_tells_what_is_wrong_with_an_area_in_the_readers_language() -> None:
    writer = at_desk(cast.alert_writer())
    words(at=clock.now())
    crossed = "16.4,107.5 16.5,107.6 16.4,107.6 16.5,107.5"
    assert "Đường biên của vùng này tự cắt nhau." in estimate(writer, drawn=crossed)
    assert "The line of this area crosses itself." in writer.post(f"/en{ESTIMATE}", {"drawn": crossed}).content.decode()
    assert "Chọn phường, xã hoặc vẽ một vùng" in estimate(writer)
    assert estimate(writer, wards=["99999"]).count("banner bad") == 1


def test_a_set_of_wards_is_chosen_at_once() -> None:
    writer = at_desk(cast.alert_writer())
    page = submitted(writer, presets=["centre"], wards=[KIM_LONG])
    found = desk_bulletin(cast.alert_writer(), page.split("/")[-2])  # type: ignore[arg-type]
    (centre,) = (one for one in presets() if one.code == "centre")
    assert set(found.content.wards) == {KIM_LONG, *centre.wards}


def test_only_who_writes_alerts_may_ask() -> None:
    for other in (cast.alert_approver(), cast.operator()):
        assert at_desk(other).post(ESTIMATE, {}).status_code == 403
        assert at_desk(other).get("/ops/alerts/wards.geojson").status_code == 403
    assert Client().post(ESTIMATE, {}).status_code == 401


def test_the_map_paints_the_citys_own_wards_and_asks_for_them_once() -> None:
    words(at=clock.now())
    writer = at_desk(cast.alert_writer())
    answer = writer.get("/ops/alerts/wards.geojson")
    assert PHU_XUAN in {one["properties"]["code"] for one in answer.json()["features"]}
    again = writer.get("/ops/alerts/wards.geojson", headers={"If-None-Match": answer["ETag"]})
    assert again.status_code == 304
