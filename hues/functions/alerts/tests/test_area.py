"""Where an alert is for: several areas and wards, and whom they would reach while they are drawn."""

import re

import pytest
from django.test import Client

from hues.engines.bulletins import actions
from hues.engines.bulletins.queries import desk_bulletin, parts_of, presets
from hues.engines.bulletins.rules.shapes import Circle, Polygon
from hues.engines.bulletins.testing import KIM_LONG, PHU_XUAN, issued, words
from hues.engines.bulletins.testing import submitted as waits
from hues.functions.alerts.tests.desk import NEW, at_desk, submitted, written
from hues.kernel.agencies import testing as cast
from hues.kernel.areas import queries as areas
from hues.kernel.areas.testing import the_wards
from hues.kernel.delivery import actions as delivery
from hues.kernel.delivery.channels import Way
from hues.kernel.delivery.testing import a_receiver
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
    assert re.search(r'Phần dân số thành phố</dt><dd class="big num">≈ [5-9] %<', shown)  # 93.700 of 1,3 million
    assert re.search(r"2 % số phường, xã, dưới 1 % diện tích", shown)
    part = estimate(at_desk(cast.alert_writer()), drawn="16.4785,107.577 0.5")
    assert "Phường Phú Xuân" in part
    assert re.search(r"≈ \d\.\d00<", part)


def test_devices_without_an_account_are_in_the_estimate_and_before_the_eyes_of_who_approves() -> None:
    the_wards()
    for name, wards in (("one", [PHU_XUAN]), ("two", [PHU_XUAN, KIM_LONG]), ("three", [])):
        receiver = a_receiver(f"https://push.example/{name}")
        keys, at = receiver.json()["keys"], clock.now()
        pk = delivery.subscribe(
            way=Way.PUSH, address=receiver.endpoint, keys=keys, person_id=None, language="vi", at=at
        )
        delivery.choose_wards(subscription=pk, wards=wards, at=at)
    assert "và 2 máy đã đăng ký không cần tài khoản" in estimate(at_desk(cast.alert_writer()), wards=[PHU_XUAN])
    alert = issued(words(wards=(KIM_LONG,), at=clock.now()), at=clock.now())
    page = at_desk(cast.alert_approver()).get(f"/ops/alerts/{alert.id}/").content.decode()
    assert "và 1 máy đã đăng ký không cần tài khoản" in page
    assert "Người dân trong vùng" in page
    everywhere = [ward.code for ward in areas.wards()]
    assert "và 3 máy đã đăng ký không cần tài khoản" in estimate(at_desk(cast.alert_writer()), wards=everywhere)


def test_a_drill_says_whom_it_would_reach() -> None:
    for training, said in ((True, "Nếu là thật, sẽ tới được ai</h2>"), (False, "<h2>Tới được ai</h2>")):
        waiting = waits(words(at=clock.now(), training=training), at=clock.now())
        page = at_desk(cast.alert_approver()).get(f"/ops/alerts/{waiting.id}/").content.decode()
        assert said in page
        assert ("Sẽ nhận được qua ứng dụng" in page) is training


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


def test_a_drawn_area_names_the_wards_it_touches_to_readers_machines_and_loudspeakers() -> None:
    at = clock.now()
    words(at=at)
    inside = Circle(16.4785, 107.577, 0.3)
    alert = issued(words(wards=(), shapes=(inside,), at=at), at=at)
    page = Client().get(f"/f/alerts/{alert.identifier}/").content.decode()
    where = re.search(r"<dt>Ở đâu</dt><dd>(.*?)</dd>", page)
    assert where
    assert where[1] == "một phần Phường Phú Xuân"
    aloud = re.search(r'id="aloud">(.*?)</p>', page, re.S)
    assert aloud
    assert "một phần Phường Phú Xuân" in aloud[1]
    message = Client().get(f"/cap/alerts/{alert.identifier}.xml").content.decode()
    assert "<areaDesc>Vùng vẽ trên bản đồ: một phần Phường Phú Xuân</areaDesc>" in message
    assert "<areaDesc>Area drawn on the map: part of Phú Xuân Ward</areaDesc>" in message
    both = issued(words(wards=(KIM_LONG,), shapes=(inside,), at=at), at=at)
    page = Client().get(f"/en/f/alerts/{both.identifier}/").content.decode()
    assert "Kim Long Ward, part of Phú Xuân Ward" in page


def test_an_area_that_covers_a_ward_names_it_whole_and_one_at_sea_names_none() -> None:
    words()
    whole = parts_of((Circle(16.4785, 107.577, 9),), (), "vi")
    assert "Phường Phú Xuân" in whole
    assert any(name.startswith("một phần ") for name in whole)
    assert "Phường Phú Xuân" not in parts_of((Circle(16.4785, 107.577, 9),), (PHU_XUAN,), "vi")
    assert parts_of((Circle(16.75, 108.1, 0.5),), (), "vi") == ()


def test_the_approver_sees_that_a_drawn_area_has_changed_though_their_number_has_not() -> None:
    at = clock.now()
    first = issued(words(wards=(), shapes=(Circle(16.4785, 107.577, 0.3),), at=at), at=at)
    for changed, told in (
        (Circle(16.4785, 107.577, 0.4), "<ins>0.50</ins> km²"),
        (Circle(16.4795, 107.577, 0.3), "diện tích như cũ nhưng đường bao khác"),
    ):
        writer = cast.alert_writer()
        begun = actions.start_update(bulletin_id=first.id, by=writer, at=at)
        content = words(wards=(), shapes=(changed,), at=at)
        actions.rewrite(bulletin_id=begun.id, content=content, by=writer, seen=begun.version, at=at)
        assert told in at_desk(writer).get(f"/ops/alerts/{begun.id}/").content.decode()
