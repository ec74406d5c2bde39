"""Whose road it is, once put right, stays with the case."""

import pytest

from hues.engines.cases import actions, queries
from hues.engines.cases.actions import CaseReceipt, Place
from hues.engines.cases.testing import MONDAY, a_case
from hues.kernel.agencies import queries as agencies
from hues.kernel.agencies import testing as cast
from hues.surfaces.desks.testing import at_desk, seen_on, text_of

pytestmark = pytest.mark.django_db
NATIONAL = Place(lat=16.4698, lng=107.5776, address="Km 8 Quốc lộ 1A, Phú Xuân", source="map")


def accepted(case: CaseReceipt, owner: str, agency: str) -> None:
    """Pass the case on with the operator's word on the road."""
    operator, card = at_desk(cast.operator()), agencies.agency_by_code(agency)
    assert card
    sent = {
        "seen": seen_on(text_of(operator.get(f"/ops/{case.number}/"))),
        "agency_id": str(card.id),
        "road_owner": owner,
        "category": "roads-pothole",
        "service_class": "normal",
    }
    assert operator.post(f"/ops/{case.number}/accept/", sent).status_code == 303


def given_back(case: CaseReceipt) -> str:
    """Give the case back in the name of its agency, and return the page of the centre."""
    found = queries.ops_case(cast.operator(), case.number, at=MONDAY)
    card = agencies.agency(found.agency_id) if found.agency_id else None
    assert card
    by = cast.worker(card.code)
    actions.give_back(case_id=case.id, by=by, seen=found.version, reason="Không phải của chúng tôi.", at=MONDAY)
    return text_of(at_desk(cast.operator()).get(f"/ops/{case.number}/"))


def kept(case: CaseReceipt) -> str:
    return queries.ops_case(cast.operator(), case.number, at=MONDAY).road_owner


def test_a_correction_is_kept_told_in_the_history_and_used_when_the_case_is_routed_again() -> None:
    case = a_case(place=NATIONAL)
    accepted(case, "city", "duong-bo-ii5")
    assert kept(case) == "city"
    page = given_back(case)
    city = agencies.agency_by_code("trung-tam-ha-tang")
    assert city
    assert f'value="{city.name["vi"]}"' in page
    assert '<option value="city" selected>' in page
    assert "Đường thuộc: Thành phố" in page


def test_put_back_to_what_the_address_says_it_is_forgotten() -> None:
    case = a_case(place=NATIONAL)
    accepted(case, "city", "duong-bo-ii5")
    given_back(case)
    accepted(case, "national", "duong-bo-ii5")
    assert kept(case) == ""


def test_what_is_not_corrected_is_not_kept() -> None:
    case = a_case(place=NATIONAL)
    accepted(case, "national", "duong-bo-ii5")
    assert kept(case) == ""
    assert "Đường thuộc:" not in given_back(case)


def test_that_it_is_not_known_is_kept_too() -> None:
    case = a_case(place=NATIONAL)
    accepted(case, "", "so-xay-dung")
    assert kept(case) == "unknown"
    page = given_back(case)
    assert '<option value="national" selected>' not in page
    assert "Đường thuộc: Chưa rõ" in page
