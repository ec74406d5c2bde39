"""A report import re
from the first word to the rating, told by the people who take part."""

import re
from datetime import timedelta

import pytest

from hues.engines.cases import actions, queries
from hues.engines.cases.rules.workflow import State
from hues.engines.cases.testing import MONDAY, a_case, a_proof
from hues.kernel.agencies import testing as cast
from hues.kernel.delivery import queries as delivery
from hues.kernel.journal.testing import drain

pytestmark = pytest.mark.django_db


def test_lan_reports_the_ward_answers_and_lan_rates() -> None:
    lan, minh, operator = cast.lan(), cast.minh(), cast.operator()
    agency = cast.an_agency()
    receipt = a_case(by=lan)
    assert re.fullmatch(r"PA-2026-\d{6}", receipt.number)
    assert [row.number for row in queries.ops_queue(operator, at=MONDAY).rows] == [receipt.number]
    moved = actions.accept_and_route(
        case_id=receipt.id, agency_id=agency.id, by=operator, seen=1, at=MONDAY + timedelta(hours=1)
    )
    assert [row.number for row in queries.desk_inbox(minh, at=MONDAY).rows] == [receipt.number]
    moved = actions.take(case_id=receipt.id, by=minh, seen=moved.version, at=MONDAY + timedelta(hours=2))
    moved = actions.answer_case(
        case_id=receipt.id,
        text="Đã dặm vá xong trong sáng nay.",
        outcome="not_ours",
        proof=a_proof(minh),
        by=minh,
        seen=moved.version,
        at=MONDAY + timedelta(days=1),
    )
    assert queries.my_case(lan, receipt.number, at=MONDAY).answer == ""
    moved = actions.publish(case_id=receipt.id, by=operator, seen=moved.version, at=MONDAY + timedelta(days=2))
    page = queries.public_case(receipt.number, at=MONDAY + timedelta(days=2))
    assert page.answer == "Đã dặm vá xong trong sáng nay."
    moved = actions.rate(
        case_id=receipt.id, stars=5, fixed=True, by=lan, seen=moved.version, at=MONDAY + timedelta(days=3)
    )
    assert moved.state == State.PUBLISHED
    drain()
    told = [item.title["vi"] for item in delivery.inbox(lan).rows]
    assert len(told) == 5
    assert len(delivery.inbox(minh).rows) == 1
