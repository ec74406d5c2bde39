"""The number of a sealed report in a search: it leads who may know of it there, and tells nobody else a thing."""

import pytest

from hues.engines.cases import actions
from hues.engines.cases.rules.workflow import State
from hues.engines.cases.testing import MONDAY, Known, a_case_in
from hues.kernel.agencies import queries as agencies
from hues.kernel.agencies import testing as cast
from hues.kernel.people.asker import Asker
from hues.surfaces.desks.testing import at_desk, text_of

pytestmark = pytest.mark.django_db
MARK = "Cán bộ thôn nhận tiền."
SEALED = "Phản ánh này đã niêm phong"


def sealed(outcome: str) -> Known:
    case = a_case_in(State.IN_PROGRESS, text=MARK)
    said = {"outcome": outcome, "passed_to": "Thanh tra", "passed_ref": "", "text": "Đã chuyển Thanh tra."}
    actions.seal_case(case_id=case.id, by=cast.operator(), seen=case.version, at=MONDAY, **said)
    return case


def searched(asker: Asker, desk: str, typed: str) -> tuple[str, str]:
    """Return where a search ends and what stands there."""
    answer = at_desk(asker).get(desk, {"q": typed, "tab": "all"}, follow=True)
    assert answer.status_code == 200
    page = text_of(answer)
    assert MARK not in page
    return answer.request["PATH_INFO"], page


def test_who_may_open_it_is_asked_what_for() -> None:
    case = sealed("complaint")
    for typed in (f" {case.number.lower()} ", case.number.partition("-")[2]):
        for asker in (cast.operator(), cast.duty_leader()):
            where, page = searched(asker, "/ops/", typed)
            assert where == f"/ops/{case.number}/sealed/"
            assert 'name="purpose"' in page


def test_who_may_not_open_it_but_may_know_is_told_that_it_is_sealed() -> None:
    case = sealed("denunciation")
    for asker in (cast.operator(), cast.leader(), cast.auditor()):
        where, page = searched(asker, "/ops/", case.number)
        assert where == f"/ops/{case.number}/"
        assert SEALED in page
        assert 'name="purpose"' not in page
    where, page = searched(cast.minh(), "/desk/", case.number)
    assert where == f"/desk/{case.number}/"
    assert SEALED in page


def test_any_other_agency_and_everybody_finds_as_much_as_under_a_number_that_there_is_not() -> None:
    case, none = sealed("denunciation"), "PA-2026-099999"
    other = next(c.code for c in agencies.agencies() if c.code not in {cast.WARD_OFFICE, agencies.ioc_code()})
    stranger = cast.worker(other)
    for asker, desk in ((stranger, "/desk/"), (cast.lan(), "/search/"), (cast.eve(), "/f/field_reports/")):
        where, page = searched(asker, desk, case.number)
        there, nothing = searched(asker, desk, none)
        assert (where, SEALED in page) == (there, False)
        assert page.replace(case.number, none).count(none) == nothing.count(none)
