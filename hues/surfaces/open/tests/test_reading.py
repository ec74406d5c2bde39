"""Programs read: services, requests and what happened to them, in both forms."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta

import pytest
from django.test import Client

from hues.engines.cases import actions
from hues.engines.cases import queries as cases
from hues.engines.cases.rules.workflow import State
from hues.engines.cases.testing import MONDAY, Known, a_case_in, a_proof
from hues.kernel.agencies import testing as cast
from hues.kit import clock
from hues.surfaces.open.tests.programs import error, get, listed, sent, tree

SPRING = {"start_date": "2026-02-01T00:00:00+07:00", "end_date": "2026-04-01T00:00:00+07:00"}


def test_discovery_names_one_complete_endpoint_in_both_forms() -> None:
    for form in ("json", "xml"):
        answer = Client().get(f"/open311/discovery.{form}")
        if form == "json":
            (endpoint,) = answer.json()["endpoints"]
            formats = endpoint["formats"]
        else:
            (found,) = tree(answer).findall("endpoints/endpoint")  # type: ignore[arg-type]
            endpoint = {child.tag: child.text for child in found}
            formats = [f.text for f in found.findall("formats/format")]
        assert endpoint["specification"] == "http://wiki.open311.org/GeoReport_v2"
        assert endpoint["url"].endswith("/open311/v2")
        assert formats == ["text/xml", "application/json"]


def test_services_are_the_categories_and_their_questions_the_attributes() -> None:
    services = {s["service_code"]: s for s in listed("/services.json")}
    assert set(services) == {c.code for c in cases.categories() if c.parent}
    assert services["roads-pothole"]["service_name"] == "Ổ gà, mặt đường hư hỏng"
    assert services["roads-pothole"]["group"] == "Đường sá, cầu cống"
    assert services["roads-pothole"]["metadata"] is True
    assert [e.text for e in tree(get("/services.xml")).findall("service/service_code")] == list(services)
    definition = get("/services/roads-pothole.json").json()  # type: ignore[attr-defined]
    (size,) = definition["attributes"]
    assert (size["code"], size["datatype"], size["order"]) == ("size", "singlevaluelist", 1)
    assert [v["key"] for v in size["values"]] == ["plate", "door", "car"]
    named = tree(get("/services/roads-pothole.xml")).findall("attributes/attribute/values/value/name")
    assert [v.text for v in named] == [v["name"] for v in size["values"]]


def test_the_language_is_the_addresses_and_not_the_browsers() -> None:
    said = Client().get("/open311/v2/services.json", headers={"accept-language": "en"}).json()
    assert said == listed("/services.json")
    english = {s["service_code"]: s["service_name"] for s in listed("/services.json", locale="en")}
    assert english["roads-pothole"] == "Pothole or broken road surface"


@pytest.mark.parametrize("form", ["json", "xml"])
@pytest.mark.parametrize("path", ["/services/nope", "/requests/nope", "/requests/PA-2026-999999", "/tokens/nope"])
def test_what_is_not_there_is_told_by_the_book(form: str, path: str) -> None:
    assert error(get(f"{path}.{form}"), 404)


@pytest.mark.parametrize(
    "query",
    [
        {"start_date": "yesterday"},
        {"start_date": "0001-01-01T00:00:00+14:00", "end_date": "2026-01-01T00:00:00Z"},
        {"end_date": "0001-01-01T00:00:00Z"},
        {"start_date": "2026-01-01T00:00:00Z", "end_date": "2026-04-02T00:00:00Z"},
        {"start_date": "2026-04-02T00:00:00Z", "end_date": "2026-04-01T00:00:00Z"},
        {"status": "open,lost"},
        {"page": "0"},
        {"page": "x"},
        {"page_size": "1001"},
        {"page": "99999"},
    ],
    ids=str,
)
def test_a_question_that_does_not_fit_is_refused(query: dict[str, str]) -> None:
    assert error(get("/requests.json", **query), 400)


def test_an_empty_parameter_is_none() -> None:
    number = sent()
    empty = dict.fromkeys(("service_request_id", "service_code", "start_date", "end_date", "status", "page"), "")
    assert [r["service_request_id"] for r in listed("/requests.json", **empty)] == [number]


def test_ids_override_everything_else() -> None:
    first, second = sent(), sent()
    found = listed("/requests.json", service_request_id=f"{first}, {second},nope", status="closed", service_code="x")
    assert {r["service_request_id"] for r in found} == {first, second}


def test_requests_are_narrowed_by_service_status_and_time() -> None:
    known = {state: a_case_in(state).number for state in (State.PUBLISHED, State.CLOSED, State.IN_PROGRESS)}
    light = sent(service_code="lights-out")
    there = {r["service_request_id"] for r in listed("/requests.json", **SPRING)}
    assert there == {known[State.PUBLISHED], known[State.CLOSED]}
    assert listed("/requests.json", **SPRING, status="open") == []
    assert len(listed("/requests.json", **SPRING, status="open,closed", service_code="roads-pothole,x")) == 2
    assert listed("/requests.json", **SPRING, service_code="x") == []
    assert [r["service_request_id"] for r in listed("/requests.json")] == [light]
    assert listed("/requests.json", status="closed") == []


def test_a_plus_that_was_not_escaped_is_still_a_zone() -> None:
    number = a_case_in(State.PUBLISHED).number
    answer = Client().get("/open311/v2/requests.json?start_date=2026-03-01T00:00:00+07:00")
    assert [r["service_request_id"] for r in answer.json()] == [number]


def test_pages_follow_one_another_and_miss_nothing() -> None:
    numbers = [sent() for _ in range(5)]
    pages = [listed("/requests.json", page_size="2", page=str(n)) for n in (1, 2, 3, 4)]
    assert [len(page) for page in pages] == [2, 2, 1, 0]
    assert [r["service_request_id"] for page in pages for r in page] == numbers[::-1]


def test_a_token_is_the_id_itself() -> None:
    number = sent()
    (found,) = listed(f"/tokens/{number}.json")
    assert found == {"token": number, "service_request_id": number}


def moved(number: str) -> Known:
    """Return a request as the centre has it."""
    case = cases.ops_case(cast.operator(), number, at=clock.now())
    return Known(id=case.id, number=case.number, version=case.version)


def test_an_answer_reaches_the_program_once_it_is_published() -> None:
    number, operator, minh = sent(), cast.operator(), cast.minh()
    case, at = moved(number), clock.now()
    office = cast.an_agency().id
    step = actions.accept_and_route(case_id=case.id, agency_id=office, by=operator, seen=case.version, at=at)
    step = actions.take(case_id=case.id, by=minh, seen=step.version, at=at)
    words = "Đoạn này do Khu Quản lý đường bộ II quản lý, đã chuyển đơn vị đó."
    step = actions.answer_case(
        case_id=case.id, text=words, outcome="not_ours", proof=a_proof(minh), by=minh, seen=step.version, at=at
    )
    assert words not in str(listed(f"/requests/{number}.json", extensions="true"))
    assert words not in str(listed("/servicerequestupdates.json"))
    later = at + timedelta(seconds=5)
    actions.publish(case_id=case.id, by=operator, seen=step.version, at=later)
    (found,) = listed(f"/requests/{number}.json")
    assert (found["status"], found["status_notes"]) == ("closed", words)
    end = (later + timedelta(minutes=1)).isoformat()
    updates = listed("/servicerequestupdates.json", end_date=end)
    assert [(u["service_request_id"], u["status"]) for u in updates] == [
        (number, "open"),
        (number, "open"),
        (number, "closed"),
    ]
    assert updates[-1]["description"] == words
    assert len({u["update_id"] for u in updates}) == 3
    xml = tree(get("/servicerequestupdates.xml", end_date=end, service_request_id=number))
    assert xml.tag == "service_request_updates"
    assert [u.findtext("description") for u in xml.findall("request_update")][-1] == words


def test_updates_are_of_the_time_that_is_asked_for() -> None:
    a_case_in(State.PUBLISHED, at=MONDAY)
    assert listed("/servicerequestupdates.json", **SPRING) == []
    number = a_case_in(State.PUBLISHED, at=MONDAY).number
    assert len(listed("/servicerequestupdates.json", **SPRING, service_request_id=number)) == 3
    assert listed("/servicerequestupdates.json", service_request_id=number) == []
    assert listed("/servicerequestupdates.json", service_request_id="nope") == []


def test_other_sites_may_read_and_ask_what_they_may_send() -> None:
    answer = get("/requests.json")
    assert answer.headers["access-control-allow-origin"] == "*"
    preflight = Client().options("/open311/v2/requests.json")
    assert preflight.status_code == 204
    assert "Idempotency-Key" in preflight.headers["access-control-allow-headers"]


def test_an_address_that_only_reads_takes_nothing() -> None:
    answer = Client().post("/open311/v2/services.json")
    assert answer.headers["allow"] == "GET, OPTIONS"
    assert error(answer, 405)  # type: ignore[arg-type]


def test_a_long_list_costs_no_more_statements_than_a_short_one(
    django_assert_max_num_queries: Callable[[int], AbstractContextManager[object]],
) -> None:
    for _ in range(8):
        a_case_in(State.PUBLISHED)
    with django_assert_max_num_queries(8):
        assert len(listed("/requests.json", **SPRING, extensions="true")) == 8
