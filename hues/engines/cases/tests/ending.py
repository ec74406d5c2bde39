"""An agency that ends, and cases that are on their way then, for the tests of what becomes of both."""

from datetime import date, datetime, timedelta
from itertools import count
from typing import Any

from hues.engines.cases import actions
from hues.engines.cases.models import Case
from hues.engines.cases.rules.workflow import State
from hues.engines.cases.testing import MONDAY, Known, a_case_in, a_proof
from hues.kernel.agencies import queries as known
from hues.kernel.agencies import testing as cast
from hues.kernel.agencies.actions import changing
from hues.kernel.agencies.checking import Share, Wanted
from hues.kernel.media.testing import a_photo
from hues.kernel.people.asker import Asker

PICTURES = count(1)
OFFICE, OTHER, NEW = cast.WARD_OFFICE, "ubnd-phu-xuan", "kinh-te-moi"
TUESDAY, LONG_AFTER = MONDAY + timedelta(days=1), MONDAY + timedelta(days=21)


def now(case: Known) -> Known:
    return Known(id=case.id, number=case.number, version=Case.objects.get(pk=case.id).version)


def done(action: Any, case: Known, by: Asker, at: datetime = MONDAY, **given: Any) -> Known:
    moved = action(case_id=case.id, by=by, seen=now(case).version, at=at, **given)
    return Known(id=case.id, number=case.number, version=moved.version)


def answered(case: Known, at: datetime = MONDAY, **given: Any) -> Known:
    minh = cast.minh()
    said = {"text": "Đã kiểm tra và xử lý.", "outcome": "not_ours", "proof": a_proof(minh)} | given
    return done(actions.answer_case, case, minh, at, **said)


def promised(at: datetime = MONDAY) -> Known:
    case = a_case_in(State.IN_PROGRESS, at=at)
    proof = [a_photo(by=cast.minh().person_id, at=at, seed=next(PICTURES)).id]
    answered(case, at, outcome="promised", promise_on=date(2026, 9, 1), proof=proof)
    return done(actions.publish, case, cast.operator(), at)


def ends(
    *codes: str, into: str | tuple[Share, ...] = NEW, at: datetime = LONG_AFTER, by_routes: bool = False
) -> changing.ChangeReport:
    """Have agencies end now, into a new one or into others."""
    new = {"vi": "Phòng Kinh tế mới", "en": "New economy office"} if into == NEW else {}
    shares = (Share(code=into, name=new),) if isinstance(into, str) else into
    wanted = Wanted(ends=codes, shares=shares, on=at.date(), by_routes=by_routes)
    report = changing.plan(wanted=wanted, at=at)
    assert report.mistakes == ()
    assert report.done
    return report


def card(code: str) -> known.AgencyCard:
    found = known.agency_by_code(code)
    assert found is not None
    return found
