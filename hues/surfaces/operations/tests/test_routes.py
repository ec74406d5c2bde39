"""Whose road it is decides where a report goes; the operator sees why, corrects it, and can try the rules."""

import re

import pytest

from hues.engines.cases import queries
from hues.engines.cases.actions import Place
from hues.engines.cases.testing import MONDAY, a_case, the_city
from hues.kernel.agencies import queries as agencies
from hues.kernel.agencies import testing as cast
from hues.surfaces.desks.testing import at_desk, text_of

pytestmark = pytest.mark.django_db
NATIONAL = Place(lat=16.4698, lng=107.5776, address="Km 8 Quốc lộ 1A, Phú Xuân", source="map")


def agency_of(number: str) -> str:
    found = queries.ops_case(cast.operator(), number, at=MONDAY).agency_id
    card = agencies.agency(found) if found else None
    return card.code if card else ""


def sent(owner: str, agency: str) -> dict[str, str]:
    card = agencies.agency_by_code(agency)
    assert card is not None
    return {
        "seen": "1",
        "agency_id": str(card.id),
        "road_owner": owner,
        "category": "roads-pothole",
        "service_class": "normal",
    }


def test_a_pothole_on_a_national_road_is_suggested_to_who_keeps_that_road() -> None:
    case = a_case(place=NATIONAL)
    page = text_of(at_desk(cast.operator()).get(f"/ops/{case.number}/"))
    assert 'value="Văn phòng Quản lý đường bộ II.5"' in page
    assert "“quốc lộ 1A”" in page
    assert "/ops/routes/?category=roads-pothole" in page


def test_the_agency_follows_when_the_operator_corrects_whose_road_it_is() -> None:
    case, operator = a_case(place=NATIONAL), at_desk(cast.operator())
    assert operator.post(f"/ops/{case.number}/accept/", sent("city", "duong-bo-ii5")).status_code == 303
    assert agency_of(case.number) == "trung-tam-ha-tang"


def test_an_agency_that_the_operator_chose_stays_whoever_owns_the_road() -> None:
    case, operator = a_case(place=NATIONAL), at_desk(cast.operator())
    assert operator.post(f"/ops/{case.number}/accept/", sent("city", "so-xay-dung")).status_code == 303
    assert agency_of(case.number) == "so-xay-dung"


def test_the_rules_can_be_tried_by_road_and_by_time() -> None:
    the_city()
    operator = at_desk(cast.operator())
    rule = 'id="rule-{}" aria-current="true"'
    asked = "/ops/routes/?ward=19753&category="
    assert rule.format(10) in text_of(operator.get(f"{asked}roads-pothole&address=quoc+lo+1A"))
    assert rule.format(80) in text_of(operator.get(f"{asked}roads-pothole&address=quoc+lo+1A&road_owner=city"))
    assert rule.format(530) in text_of(operator.get(f"{asked}traffic-signal&day=2026-03-02T10:00"))
    assert rule.format(525) in text_of(operator.get(f"{asked}traffic-signal&day=2026-03-02T22:00"))


def test_the_ward_is_read_from_the_address_as_when_a_report_comes_in() -> None:
    the_city()
    operator = at_desk(cast.operator())
    asked = {"category": "roads-pothole", "address": "12 Đặng Tất, phường Tây Lộc"}
    page = text_of(operator.get("/ops/routes/", asked))
    assert "Phú Xuân – theo địa chỉ" in page
    assert "Không có quy tắc phù hợp" not in page
    told = text_of(operator.get("/ops/routes/", asked | {"ward": "19753"}))
    assert "– theo địa chỉ" not in told.split('id="found"')[1].split("</dl>")[0]
    nowhere = text_of(operator.get("/ops/routes/", asked | {"address": "12 Đặng Tất"}))
    assert "Chưa rõ phường, xã nào" in nowhere


def test_who_may_try_the_rules_and_what_bad_input_is_told() -> None:
    the_city()
    rules = at_desk(cast.admin()).get("/ops/routes/")
    assert rules.status_code == 200
    assert re.search(r'<span class="count quiet">\d+</span></h2>', rules.content.decode())  # no alarm
    assert at_desk(cast.minh()).get("/ops/routes/").status_code == 403
    wrong = at_desk(cast.operator()).get("/ops/routes/?category=nothing&day=yesterday")
    assert wrong.status_code == 422
    assert "Đây không phải là thời điểm" in text_of(wrong)
