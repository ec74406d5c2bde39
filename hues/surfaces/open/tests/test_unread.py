"""What is read of a request before anybody of the city has read it: by everybody, and by the program that sent it."""

from datetime import timedelta

import pytest
from django.test import Client

from hues.engines.cases import actions as cases
from hues.engines.cases import queries
from hues.engines.cases.testing import a_proof
from hues.kernel.agencies import testing as cast
from hues.kit import clock
from hues.surfaces.open import actions, receipts
from hues.surfaces.open.tests.programs import POTHOLE, V2, as_sent, get, listed, sent
from hues.surfaces.open.tests.test_seal import everything

pytestmark = pytest.mark.django_db
SAID = "Hố ga trước nhà Ông Nguyễn Văn MARKBÌNH mất nắp, CCCD 046.201.001.234, gọi bé MARKLAN"
THERE = "127/4 Lê Lợi, sau nhà Nguyễn Văn MARKAN, Thuận Hóa, 0905111222"
MARKS = ("Hố ga", "MARK", "046", "201.001", "127", "0905", "Nguyễn Văn", "16.4637", "107.5909")


def test_until_it_is_published_nobody_reads_a_word_of_it_nor_where_it_is_exactly() -> None:
    number = sent(description=SAID, address_string=THERE)
    (found,) = listed(f"/requests/{number}.json", extensions="true")
    assert (found["description"], found["address"]) == ("", "Lê Lợi")
    assert (found["lat"], found["long"]) == (16.464, 107.591)
    assert found["extended_attributes"]["approximate"]
    told = "".join(everything(number))
    assert number in told
    assert [mark for mark in MARKS if mark in told] == []


def test_an_address_without_a_street_that_the_city_knows_is_not_shown() -> None:
    (found,) = listed(f"/requests/{sent(address_string='nhà Nguyễn Văn MARKAN, xóm trên')}.json")
    assert found["address"] is None


def test_whoever_speaks_of_their_own_house_is_shown_by_the_area_alone() -> None:
    number = sent(description="Cống trước nhà tôi nghẹt, nước tràn vào sân.", address_string="12 Lê Lợi")
    (found,) = listed(f"/requests/{number}.json", extensions="true")
    assert (found["description"], found["address"]) == ("", None)
    assert found["extended_attributes"]["approximate"]
    assert max(abs(found["lat"] - 16.4637), abs(found["long"] - 107.5909)) > 1e-4


def test_the_key_that_sent_it_reads_it_as_it_was_sent_and_no_other_does() -> None:
    number = sent(description=SAID, address_string=THERE)
    answer = as_sent(number)
    (found,) = answer.json()  # type: ignore[attr-defined]
    assert (found["description"], found["address"]) == (SAID, THERE)
    assert (found["lat"], found["long"]) == (16.4637, 107.5909)
    assert answer.headers["cache-control"] == "private, no-store"
    other = actions.issue_key(label="Ứng dụng khác", phone="0901 999 777", at=clock.now() - timedelta(days=1))
    for key in (other.secret, "wrong", ""):
        answer = get(f"/requests/{number}.json", api_key=key)
        assert answer.json() == listed(f"/requests/{number}.json")  # type: ignore[attr-defined]
        assert "s-maxage" in answer.headers["cache-control"]


def test_lists_show_nobody_more_whatever_they_come_with() -> None:
    number = sent(description=SAID, address_string=THERE)
    for query in ({}, {"service_request_id": number}):
        assert listed("/requests.json", **query, api_key=POTHOLE["api_key"]) == listed("/requests.json", **query)


def test_a_key_reads_nothing_more_of_what_was_reported_otherwise_or_is_published() -> None:
    number = sent(description=SAID)
    key = POTHOLE["api_key"]
    case, at, minh = queries.ops_case(cast.operator(), number, at=clock.now()), clock.now(), cast.minh()
    office = cast.an_agency().id
    step = cases.accept_and_route(case_id=case.id, agency_id=office, by=cast.operator(), seen=case.version, at=at)
    step = cases.take(case_id=case.id, by=minh, seen=step.version, at=at)
    step = cases.answer_case(
        case_id=case.id, text="Đã chuyển nơi khác.", outcome="not_ours", proof=a_proof(minh), by=minh, seen=3, at=at
    )
    assert as_sent(number).json()[0]["description"] == SAID  # type: ignore[attr-defined]
    words = "Hố ga mất nắp."
    cases.publish(case_id=case.id, public_text=words, by=cast.operator(), seen=step.version, at=at)
    for query in ({}, {"api_key": key}):
        (found,) = listed(f"/requests/{number}.json", **query)
        assert found["description"] == words


def test_whoever_just_sent_it_reads_it_back_by_the_receipt_for_an_hour() -> None:
    program = Client()
    numbers = [
        program.post(f"{V2}/requests.json", POTHOLE | {"description": SAID}).json()[0]["service_request_id"]
        for _ in range(receipts.MOST + 1)
    ]
    cookie = program.cookies[receipts.NAME]
    assert (cookie["httponly"], cookie["samesite"], cookie["path"]) == (True, "Strict", receipts.PATH)
    assert (cookie["max-age"], len(cookie.value) < 1000) == (receipts.HOLDS, True)
    read = [program.get(f"{V2}/requests/{number}.json").json()[0]["description"] for number in numbers]
    assert read == ["", *[SAID] * receipts.MOST]
    assert listed(f"/requests/{numbers[-1]}.json")[0]["description"] == ""
    program.cookies[receipts.NAME] = cookie.value[:-1] + ("A" if cookie.value[-1] != "A" else "B")
    assert program.get(f"{V2}/requests/{numbers[-1]}.json").json()[0]["description"] == ""


def test_a_receipt_holds_for_an_hour() -> None:
    at, answer = clock.now(), Client().get(f"{V2}/services.json")
    asked = answer.wsgi_request
    receipts.hand_over(asked, answer, "PA-2026-000001", at)  # type: ignore[arg-type]
    asked.COOKIES[receipts.NAME] = answer.cookies[receipts.NAME].value
    assert receipts.holds(asked, "PA-2026-000001", at + timedelta(minutes=59))
    assert not receipts.holds(asked, "PA-2026-000001", at + timedelta(minutes=61))
    assert not receipts.holds(asked, "PA-2026-000002", at)
