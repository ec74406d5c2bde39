"""What its reporter reads in lists of a report that repeats one under seal: not that it was refused, nor why."""

from typing import Any

import pytest

from hues.engines.cases import actions, queries
from hues.engines.cases.actions import CaseReceipt
from hues.engines.cases.rules.workflow import State
from hues.engines.cases.testing import Known, a_case, a_case_in
from hues.functions.field_reports.tests.lettering import at_desk
from hues.kernel.agencies import testing as cast
from hues.kit import clock

pytestmark = pytest.mark.django_db
UNDER = {"outcome": "denunciation", "passed_to": "Thanh tra thành phố", "passed_ref": "12/TT", "text": "Đã chuyển."}
MINE = "/f/field_reports/mine/"


def joined(first: Known) -> CaseReceipt:
    """Return a report of Eve's that was refused as the duplicate of another."""
    again = a_case(by=cast.eve(), at=clock.now())
    said: dict[str, Any] = {"text": "Trùng với phản ánh trước.", "duplicate_of": first.number}
    actions.refuse(case_id=again.id, outcome="duplicate", by=cast.operator(), seen=1, at=clock.now(), **said)
    return again


def listed() -> str:
    page: str = at_desk(cast.eve()).get(MINE).content.decode()
    return page.split("<main")[1]


def test_the_list_says_that_it_is_settled_apart_and_names_nothing() -> None:
    first = a_case_in(State.ANSWERED, at=clock.now())
    again = joined(first)
    assert "Không tiếp nhận" in listed()
    moved = actions.seal_case(case_id=first.id, by=cast.operator(), seen=first.version, at=clock.now(), **UNDER)
    page = listed()
    assert "Giải quyết riêng" in page
    assert again.number in page
    assert [word for word in ("Không tiếp nhận", first.number, "Thanh tra", "tố cáo", "Trùng") if word in page] == []
    why = "Không phải tố cáo."
    actions.lift_seal(case_id=first.id, reason=why, by=cast.duty_leader(), seen=moved.version, at=clock.now())
    assert "Không tiếp nhận" in listed()


def test_a_duplicate_of_any_other_report_is_told_as_before() -> None:
    other = a_case_in(State.ANSWERED, at=clock.now())
    joined(a_case_in(State.ANSWERED, at=clock.now()))
    actions.seal_case(case_id=other.id, by=cast.operator(), seen=other.version, at=clock.now(), **UNDER)
    assert "Không tiếp nhận" in listed()
    assert "Giải quyết riêng" not in listed()


def test_staff_who_look_on_learn_nothing_of_it() -> None:
    first = a_case_in(State.ANSWERED, at=clock.now())
    again = joined(first)
    actions.seal_case(case_id=first.id, by=cast.operator(), seen=first.version, at=clock.now(), **UNDER)
    seen = queries.my_cases(cast.eve(), but_sealed=True, at=clock.now()).rows
    assert [(row.number, row.is_apart) for row in seen] == [(again.number, False)]
