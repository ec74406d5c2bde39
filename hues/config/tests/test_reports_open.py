"""Reports that came from another system are read by programs as all others are: every id of a list resolves."""

import json
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from hues.config.tests.test_reports import GOOD, files, run
from hues.engines.cases import testing

pytestmark = pytest.mark.django_db
V2 = "/open311/v2"
SPRING = {"start_date": "2026-03-01T00:00:00+07:00", "end_date": "2026-03-30T00:00:00+07:00"}
NUMBERS = {"OLD-102", "SIG-4711", "NYC-2026-01-77", "PA-2026-000007"}


def asked(path: str, **query: str) -> Any:
    answer = Client().get(V2 + path, query)
    return json.loads(answer.content) if answer.status_code == 200 else answer.status_code


@pytest.fixture
def moved_in(db: None, tmp_path: Path) -> None:
    testing.the_city()
    for number in sorted(NUMBERS):
        file, plan = files(tmp_path, GOOD[1].replace("102,", f"{number.partition('-')[2]},", 1), GOOD[0])
        plan.write_text(plan.read_text("utf-8").replace("OLD-", f"{number.partition('-')[0]}-"), "utf-8")
        told = run(file, plan)
        assert told.exit_code == 0, told.output


@pytest.mark.usefixtures("moved_in")
def test_every_id_of_the_list_resolves_alone_among_others_and_in_what_happened() -> None:
    ids = {one["service_request_id"] for one in asked("/requests.json", **SPRING)}
    assert ids == NUMBERS
    some = asked("/requests.json", service_request_id=",".join(sorted(ids)))
    assert {one["service_request_id"] for one in some} == ids
    for number in ids:
        (alone,) = asked(f"/requests/{number}.json")
        assert alone["service_request_id"] == number
        assert asked(f"/tokens/{number}.json") == [{"token": number, "service_request_id": number}]
        updates = asked("/servicerequestupdates.json", service_request_id=number, **SPRING)
        assert {one["service_request_id"] for one in updates} == {number}
        assert updates[-1]["status"] == "closed"


@pytest.mark.usefixtures("moved_in")
def test_one_that_is_not_public_and_what_is_no_number_stay_unknown() -> None:
    for number in ("OLD-101", "SIG-101", "OLD-999", "OLD-", "-", "OLD-1'--"):
        assert asked(f"/requests/{number}.json") == 404
        assert asked("/requests.json", service_request_id=number) == []
        assert asked("/servicerequestupdates.json", service_request_id=number, **SPRING) == []
