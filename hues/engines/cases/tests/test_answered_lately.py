"""What the wall and the week's digest say of the answers of the last four weeks equals a count over the rows."""

from datetime import datetime, timedelta
from decimal import Decimal

import pytest

from hues.engines.cases import actions, queries
from hues.engines.cases.queries import SPAN, answered
from hues.engines.cases.rules.workflow import State
from hues.engines.cases.testing import MONDAY, Known, a_case, a_case_in, a_proof, routed
from hues.kernel.agencies import testing as cast
from hues.kernel.clocks.queries import calendar
from hues.kernel.clocks.testing import let_it_be
from hues.kernel.delivery.queries import inbox
from hues.kernel.errors import NotAllowed
from hues.kernel.journal.testing import drain

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def published(opened: datetime, took: timedelta) -> Known:
    case, minh = routed(a_case(at=opened), at=opened), cast.minh()
    moved = actions.take(case_id=case.id, by=minh, seen=case.version, at=opened)
    at = opened + took
    moved = actions.answer_case(
        case_id=case.id, text="Đã trả lời.", outcome="not_ours", proof=a_proof(minh), by=minh, seen=moved.version, at=at
    )
    moved = actions.publish(case_id=case.id, by=cast.operator(), seen=moved.version, at=at)
    return Known(id=case.id, number=case.number, version=moved.version)


def rated(case: Known, stars: int, *, fixed: bool | None, at: datetime) -> None:
    actions.rate(case_id=case.id, stars=stars, fixed=fixed, by=cast.lan(), seen=case.version, at=at)


def test_it_equals_a_count_over_the_rows_and_a_seal_takes_out_what_it_hides() -> None:
    friday = MONDAY + 4 * DAY
    took = [(MONDAY, timedelta(hours=2)), (friday, 3 * DAY), (friday, 10 * DAY + timedelta(hours=1)), (MONDAY, DAY)]
    cases = [published(opened, time) for opened, time in took]
    rated(cases[0], 5, fixed=True, at=MONDAY + DAY)
    rated(cases[1], 5, fixed=False, at=friday + 4 * DAY)
    a_case_in(State.IN_PROGRESS)
    at = friday + 21 * DAY
    let_it_be(at)  # who said nothing has been silent long enough
    told = queries.answered_lately(cast.operator(), at=at)
    assert (told.answered, told.confirmed, told.contested, told.silent) == (4, 1, 1, 2)
    working = [calendar().working_days(opened, opened + time) for opened, time in took]
    assert (told.raw, told.working) == (sum((time for _, time in took), timedelta()), sum(working))
    assert told.days == (Decimal(told.raw.total_seconds()) / 86_400 / 4).quantize(Decimal("0.1"))
    assert told.working_days == (Decimal(sum(working)) / 4).quantize(Decimal("0.1"))
    assert answered.by_agency(at=at) == {cast.an_agency().id: told}
    under = {"outcome": "complaint", "passed_to": "Thanh tra", "passed_ref": "", "text": "Đã chuyển."}
    version = queries.ops_case(cast.operator(), cases[0].number, at=at).version
    actions.seal_case(case_id=cases[0].id, by=cast.operator(), seen=version, at=at, **under)
    assert queries.answered_lately(cast.operator(), at=at).answered == 3


def test_only_what_was_published_in_four_weeks_counts() -> None:
    case = published(MONDAY, DAY)
    at = MONDAY + DAY + SPAN
    assert queries.answered_lately(cast.operator(), at=at - timedelta(seconds=1)).answered == 1
    assert queries.answered_lately(cast.operator(), at=at) == queries.Lately()
    assert queries.answered_lately(cast.operator(), at=at).days is None
    assert case.number


def test_nobody_else_is_told() -> None:
    for asker in (cast.minh(), cast.lan()):
        with pytest.raises(NotAllowed):
            queries.answered_lately(asker, at=MONDAY)


def test_the_digest_of_a_week_tells_it_in_either_language() -> None:
    head = cast.head()
    rated(published(MONDAY, DAY + timedelta(hours=12)), 5, fixed=True, at=MONDAY + 2 * DAY)
    a_case_in(State.IN_PROGRESS)
    actions.keep_weekly(at=MONDAY)
    drain()
    let_it_be(MONDAY + 7 * DAY)
    (told,) = [card for card in inbox(head).rows if "Tuần mới" in card.title["vi"]]
    assert "bốn tuần qua: 1, trung bình sau 1,5 ngày theo lịch, 1,0 ngày làm việc" in told.body["vi"]
    assert "xác nhận đã xong 1, không đồng ý 0, im lặng 0" in told.body["vi"]
    assert "four weeks: 1, after 1.5 days by the calendar, 1.0 working days" in told.body["en"]
