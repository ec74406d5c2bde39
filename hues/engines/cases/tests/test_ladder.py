"""The ladder: the desk is reminded, its head told, then the duty leader; and once a week everybody how they stand."""

import json
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import connection

from hues.engines.cases import actions, queries
from hues.engines.cases.actions.weekly import DIGEST
from hues.engines.cases.events import CategoryChanged, TimeChanged
from hues.engines.cases.models import Case
from hues.engines.cases.queries import weekly
from hues.engines.cases.rules.deadlines import Standing
from hues.engines.cases.rules.timing import Timer
from hues.engines.cases.rules.workflow import State
from hues.engines.cases.testing import MONDAY, POTHOLE, a_case, a_case_in, a_proof, the_city
from hues.engines.cases.tests.ending import answered, done
from hues.kernel.agencies import testing as cast
from hues.kernel.clocks import queries as clocks
from hues.kernel.clocks.testing import let_it_be
from hues.kernel.delivery import queries as delivery
from hues.kernel.errors import Invalid, NotAllowed, NotFound
from hues.kernel.journal.events import Event
from hues.kernel.journal.testing import drain
from hues.kernel.people.asker import Asker

pytestmark = pytest.mark.django_db
DAY, MINUTE = timedelta(days=1), timedelta(minutes=1)


def told(by: Asker) -> list[tuple[str, str]]:
    return [(item.title["vi"], item.body["vi"]) for item in reversed(delivery.inbox(by).rows)]


def written(event: type[Event]) -> list[tuple[UUID | None, dict[str, Any]]]:
    """Return who caused the entries of a kind, and their facts."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT by, facts FROM journal_entry WHERE event = %s ORDER BY id", [event.name])
        return [(by, json.loads(facts) if isinstance(facts, str) else facts) for by, facts in cursor.fetchall()]


def due_of(case_id: object) -> datetime:
    return Case.objects.get(pk=str(case_id)).due_at


def test_a_day_after_its_head_the_duty_leader_hears_of_a_late_case() -> None:
    head, leader = cast.head(), cast.duty_leader()
    case = a_case_in(State.IN_PROGRESS)
    drain()
    due = due_of(case.id)
    let_it_be(due)
    assert f"{case.number}: quá hạn" in [title for title, _ in told(head)]
    assert told(leader) == []
    let_it_be(due + DAY)
    assert [title for title, _ in told(leader)] == [f"{case.number}: quá hạn và vẫn chưa trả lời"]


def test_an_answer_stops_the_ladder_wherever_it_stands() -> None:
    leader = cast.duty_leader()
    case = a_case_in(State.IN_PROGRESS)
    due = due_of(case.id)
    let_it_be(due)
    actions.answer_case(
        case_id=case.id,
        text="Đã kiểm tra.",
        outcome="not_ours",
        proof=a_proof(cast.minh()),
        by=cast.minh(),
        seen=case.version,
        at=due,
    )
    let_it_be(due + 5 * DAY)
    assert [title for title, _ in told(leader) if "quá hạn" in title] == []


def test_a_question_asked_too_late_stops_neither_the_ladder_nor_the_count_of_the_week() -> None:
    leader, minh = cast.duty_leader(), cast.minh()
    case = a_case_in(State.IN_PROGRESS)
    due = due_of(case.id)
    let_it_be(due)
    late = due + timedelta(minutes=1)
    asked = actions.ask_citizen(case_id=case.id, question="Ở số nhà nào?", by=minh, seen=case.version, at=late)
    assert asked.state is State.WAITING
    let_it_be(due + DAY)
    assert [title for title, _ in told(leader)] == [f"{case.number}: quá hạn và vẫn chưa trả lời"]
    assert [week.late for week in weekly.weeks(at=due + DAY).values()] == [1]


def test_a_question_asked_in_time_stops_the_ladder() -> None:
    leader, minh = cast.duty_leader(), cast.minh()
    case = a_case_in(State.IN_PROGRESS)
    due = due_of(case.id)
    early = due - timedelta(minutes=1)
    actions.ask_citizen(case_id=case.id, question="Ở số nhà nào?", by=minh, seen=case.version, at=early)
    let_it_be(due + DAY)
    assert told(leader) == []
    assert [week.late for week in weekly.weeks(at=due + DAY).values()] == [0]


def test_an_agency_that_asks_again_and_again_is_late_after_the_first_due_time() -> None:
    case, minh = a_case_in(State.IN_PROGRESS), cast.minh()
    first = due_of(case.id)
    at = first - MINUTE
    for _ in range(3):
        asked = done(actions.ask_citizen, case, minh, at, question="Vui lòng cho biết thêm?")
        at = next(timer.due_at for timer in clocks.timers_of(asked.id) if timer.kind == Timer.RESUME)
        let_it_be(at)
    answered(case, at)
    published = done(actions.publish, case, cast.operator(), at)
    clock = queries.ops_case(cast.operator(), published.number, at=at).clock
    assert (clock.standing, clock.due_at) == (Standing.LATE, first)


def test_who_waits_for_a_reply_is_reminded_before_the_due_time() -> None:
    minh = cast.minh()
    case = a_case_in(State.WAITING)
    drain()
    before = told(minh)
    let_it_be(due_of(case.id) - MINUTE)
    assert [title for title, _ in told(minh)[len(before) :]] == [f"{case.number}: sắp đến hạn"]


def test_a_week_begins_on_monday_morning_with_a_digest_for_heads_and_the_duty_leader() -> None:
    head, leader, minh = cast.head(), cast.duty_leader(), cast.minh()
    case = a_case_in(State.IN_PROGRESS)
    actions.keep_weekly(at=MONDAY)
    actions.keep_weekly(at=MONDAY)
    drain()
    let_it_be(MONDAY + 6 * DAY + timedelta(hours=21))  # still Sunday's night in Huế
    assert [title for title, _ in told(head) if "Tuần mới" in title] == []
    let_it_be(MONDAY + 7 * DAY)
    found = [words for words in told(head) if "Tuần mới" in words[0]]
    assert found == [
        (
            "Tuần mới: 1 phản ánh đang xử lý, 0 trễ hạn",
            "Đến hạn trong tuần: 1. Lâu nhất: 7 ngày theo lịch. Cam kết quá ngày: 0.",
        )
    ]
    assert [words for words in told(leader) if "Tuần mới" in words[0]] == found
    assert [words for words in told(minh) if "Tuần mới" in words[0]] == []
    assert case.number not in found[0][0] + found[0][1]
    let_it_be(MONDAY + 14 * DAY)
    assert len([words for words in told(head) if "Tuần mới" in words[0]]) == 2


def test_the_duty_leader_reads_of_late_cases_that_were_given_back() -> None:
    leader, case = cast.duty_leader(), a_case_in(State.IN_PROGRESS)
    done(actions.give_back, case, cast.minh(), reason="Không phải việc của chúng tôi.")
    actions.begin_week(at=due_of(case.id) + DAY)
    drain()
    assert [title for title, _ in told(leader) if "Tuần mới" in title] == ["Tuần mới: 1 phản ánh đang xử lý, 1 trễ hạn"]


def test_the_duty_leader_changes_how_fast_a_category_is_and_it_is_on_record() -> None:
    the_city()
    before = a_case()
    leader = cast.duty_leader()
    actions.change_category(code=POTHOLE, service_class="urgent", by=leader, at=MONDAY)
    after = a_case()
    span = after.due_at - after.accept_due_at
    assert (span, before.due_at - before.accept_due_at > DAY) == (timedelta(hours=6), True)
    assert due_of(before.id) == before.due_at
    ((by, facts),) = written(CategoryChanged)
    assert (by, facts["category"], facts["service_class"]) == (leader.person_id, POTHOLE, "urgent")


def test_the_duty_leader_changes_the_time_of_a_class() -> None:
    the_city()
    usual = a_case().due_at
    actions.change_time(service_class="normal", days=3, by=cast.duty_leader(), at=MONDAY)
    assert queries.deadlines().answers["normal"].days == 3
    assert a_case().due_at < usual
    assert [facts["days"] for _, facts in written(TimeChanged)] == [3]


@pytest.mark.parametrize(
    "given",
    [{}, {"hours": 4, "days": 1}, {"days": 0}, {"days": 10, "max_days": 5}, {"hours": -1}, {"days": 9999}],
)
def test_a_time_that_is_none_is_refused(given: dict[str, int]) -> None:
    the_city()
    with pytest.raises(Invalid):
        actions.change_time(service_class="normal", by=cast.duty_leader(), at=MONDAY, **given)


def test_only_the_duty_leader_and_the_administrator_set_times() -> None:
    the_city()
    for by in (cast.operator(), cast.minh(), cast.lan(), cast.head()):
        with pytest.raises(NotAllowed):
            actions.change_time(service_class="normal", days=3, by=by, at=MONDAY)
        with pytest.raises(NotAllowed):
            actions.change_category(code=POTHOLE, service_class="urgent", by=by, at=MONDAY)
    with pytest.raises(NotFound):
        actions.change_category(code="no-such", service_class="urgent", by=cast.admin(), at=MONDAY)
    with pytest.raises(Invalid):
        actions.change_category(code=POTHOLE, service_class="soonish", by=cast.admin(), at=MONDAY)


def test_the_week_that_is_waited_for_is_one() -> None:
    actions.keep_weekly(at=MONDAY)
    actions.begin_week(at=MONDAY + 7 * DAY)
    from_now = [timer.due_at for timer in clocks.timers_of(DIGEST)]
    assert len(from_now) == 1
