"""What should have rung while a case lay elsewhere rings once it is back; nobody hears the same twice."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from uuid import UUID

import pytest

from hues.engines.cases import actions
from hues.engines.cases.models import Case
from hues.engines.cases.rules.workflow import State
from hues.engines.cases.testing import MONDAY, Known, a_case_in, split
from hues.engines.cases.tests.ending import PICTURES, answered, done, now
from hues.kernel.agencies import testing as cast
from hues.kernel.clocks.testing import let_it_be
from hues.kernel.delivery import queries as delivery
from hues.kernel.journal.testing import drain
from hues.kernel.media.testing import a_photo
from hues.kernel.people.asker import Asker

pytestmark = pytest.mark.django_db
DAY, HOUR, MINUTE = timedelta(days=1), timedelta(hours=1), timedelta(minutes=1)
SOON, OVERDUE, STILL = "sắp đến hạn", "quá hạn", "quá hạn và vẫn chưa trả lời"
TODAY, BROKEN = "hôm nay đến ngày hẹn", "đã quá ngày cam kết"
LATE, NOT_ROUTED, NOT_LOOKED_AT = "trả lời trễ hạn", "chưa được chuyển xử lý", "chưa được xem duyệt"
WAITS = "câu hỏi chờ quá hạn trả lời"
RINGS = {WAITS, SOON, OVERDUE, STILL, TODAY, BROKEN, LATE, NOT_ROUTED, NOT_LOOKED_AT}


def told(by: Asker) -> list[str]:
    return [item.title["vi"].partition(": ")[2] for item in reversed(delivery.inbox(by, limit=99).rows)]


@contextmanager
def assert_hears(by: Asker, *titles: str) -> Iterator[None]:
    drain()
    before = len(told(by))
    yield
    drain()
    assert [title for title in told(by)[before:] if title in RINGS] == list(titles)


def due_of(case: Known) -> datetime:
    return Case.objects.get(pk=case.id).due_at


def given_back(case: Known, at: datetime) -> Known:
    return done(actions.give_back, case, cast.minh(), at, reason="Không phải việc của chúng tôi")


def routed(case: Known, at: datetime) -> Known:
    return done(actions.accept_and_route, case, cast.operator(), at, agency_id=cast.an_agency().id)


def promised(at: datetime) -> Known:
    """Return a case whose agency promised something for ten days from `at`."""
    case = a_case_in(State.IN_PROGRESS, at=at)
    answered(case, at, outcome="promised", promise_on=(at + 10 * DAY).date(), proof=[picture(at)])
    return done(actions.publish, case, cast.operator(), at)


def picture(at: datetime) -> UUID:
    return a_photo(by=cast.minh().person_id, at=at, seed=next(PICTURES)).id


def shown(case: Known, at: datetime) -> Known:
    return done(actions.keep_promise, case, cast.minh(), at, text="Đã làm xong.", proof=[picture(at)])


def sent_back(case: Known, at: datetime) -> Known:
    return done(actions.check_promise, case, cast.operator(), at, granted=False, text="Ảnh không đúng chỗ.")


def test_what_fell_due_at_the_centre_rings_once_an_agency_has_it_again() -> None:
    head, leader, lan = cast.head(), cast.duty_leader(), cast.lan()
    case = a_case_in(State.IN_PROGRESS)
    due = due_of(case)
    given_back(case, due - MINUTE)
    back = Case.objects.get(pk=case.id).accept_due_at - MINUTE
    with assert_hears(head), assert_hears(leader), assert_hears(lan):
        let_it_be(back)
    routed(case, back)
    with assert_hears(head, OVERDUE), assert_hears(leader, STILL), assert_hears(lan, LATE):
        let_it_be(back)
        let_it_be(back + 30 * DAY)


def test_what_passed_in_review_rings_once_the_answer_is_sent_back() -> None:
    head, leader = cast.head(), cast.duty_leader()
    case = a_case_in(State.IN_PROGRESS)
    due = due_of(case)
    with assert_hears(head, OVERDUE), assert_hears(leader, NOT_LOOKED_AT):
        let_it_be(due)
        answered(case, due + MINUTE)
        let_it_be(due + 3 * DAY)
    with assert_hears(leader, STILL), assert_hears(head):
        done(actions.return_answer, case, cast.operator(), due + 3 * DAY, reason="Chưa trả lời câu hỏi.")
        let_it_be(due + 3 * DAY)
        let_it_be(due + 30 * DAY)


def test_what_passed_while_a_question_waited_rings_when_nobody_replied() -> None:
    head, leader = cast.head(), cast.duty_leader()
    case = a_case_in(State.IN_PROGRESS)
    due = due_of(case)
    with assert_hears(head, WAITS), assert_hears(leader), assert_hears(cast.lan()):
        done(actions.ask_citizen, case, cast.minh(), due - MINUTE, question="Ở đâu?")
        let_it_be(due + 5 * DAY)
    with assert_hears(head, OVERDUE), assert_hears(leader, STILL):
        let_it_be(due + 30 * DAY)


def test_a_reminder_that_was_missed_comes_late() -> None:
    case = a_case_in(State.IN_PROGRESS)
    warn = Case.objects.get(pk=case.id).warn_at
    with assert_hears(cast.minh(), SOON):
        given_back(case, warn - MINUTE)
        routed(case, warn + HOUR)
        let_it_be(warn + HOUR)


def test_no_reminder_comes_when_it_is_too_late_for_one() -> None:
    case = a_case_in(State.IN_PROGRESS)
    row = Case.objects.get(pk=case.id)
    with assert_hears(cast.minh(), OVERDUE):
        given_back(case, row.warn_at - MINUTE)
        routed(case, row.due_at)
        let_it_be(row.due_at)


def test_nobody_hears_twice_that_the_same_due_time_has_passed() -> None:
    head, leader, lan = cast.head(), cast.duty_leader(), cast.lan()
    case = a_case_in(State.IN_PROGRESS)
    due = due_of(case)
    with assert_hears(head, OVERDUE), assert_hears(leader, STILL):
        let_it_be(due)
        let_it_be(due + 2 * DAY)
        with assert_hears(lan):
            for day in (2, 3):
                given_back(case, due + day * DAY)
                routed(case, due + day * DAY + HOUR)
                let_it_be(due + day * DAY + 2 * HOUR)


def test_an_agency_that_gets_a_late_case_from_another_one_hears_that_it_is_late() -> None:
    leader, lan, other = cast.duty_leader(), cast.lan(), "ubnd-phu-xuan"
    case, new = a_case_in(State.IN_PROGRESS), cast.worker(other)
    late = due_of(case) + 2 * DAY
    let_it_be(due_of(case))
    let_it_be(late)
    with assert_hears(new, OVERDUE), assert_hears(leader), assert_hears(lan), assert_hears(cast.minh()):
        done(actions.accept_and_route, case, cast.operator(), late, agency_id=cast.an_agency(other).id)
        let_it_be(late)


def test_an_agency_that_gets_the_whole_of_a_late_split_case_hears_that_it_is_late() -> None:
    case, kim_long = a_case_in(State.SPLIT), "ubnd-kim-long"
    new, late = cast.worker(kim_long), due_of(case) + 2 * DAY
    let_it_be(late)
    with assert_hears(new, OVERDUE), assert_hears(cast.lan()):
        done(actions.join, case, cast.operator(), late, agency_id=cast.an_agency(kim_long).id)
        let_it_be(late)


def test_a_late_part_of_a_late_case_tells_the_head_and_the_duty_leader() -> None:
    head, leader = cast.head(), cast.duty_leader()
    case = a_case_in(State.IN_PROGRESS)
    late = due_of(case) + 5 * DAY
    given_back(case, due_of(case) - MINUTE)
    split(now(case), at=late)
    with assert_hears(head, OVERDUE), assert_hears(leader, STILL, STILL):
        let_it_be(late)


def test_a_class_with_less_time_makes_a_case_overdue_that_moment() -> None:
    head = cast.head()
    case = a_case_in(State.IN_PROGRESS)
    with assert_hears(head, OVERDUE):
        given = {"agency_id": cast.an_agency().id, "service_class": "urgent"}
        done(actions.accept_and_route, case, cast.operator(), MONDAY + DAY, **given)
        let_it_be(MONDAY + DAY)


def test_a_second_round_is_told_like_the_first() -> None:
    head, leader, lan = cast.head(), cast.duty_leader(), cast.lan()
    case = a_case_in(State.IN_PROGRESS)
    due = due_of(case)
    with assert_hears(head, OVERDUE), assert_hears(leader, STILL):
        let_it_be(due)
        let_it_be(due + 2 * DAY)
    answered(case, due + 2 * DAY)
    done(actions.publish, case, cast.operator(), due + 2 * DAY)
    done(actions.reopen, case, lan, due + 3 * DAY, text="Chưa xong, nước vẫn còn chảy.")
    with assert_hears(head, OVERDUE), assert_hears(leader, STILL), assert_hears(lan, LATE):
        let_it_be(due_of(case))
        let_it_be(due_of(case) + 2 * DAY)


def test_the_centre_is_told_each_time_that_it_does_not_route_a_case() -> None:
    leader = cast.duty_leader()
    case = a_case_in(State.RECEIVED)
    for turn in (1, 2):
        with assert_hears(leader, NOT_ROUTED):
            let_it_be(MONDAY + turn * 7 * DAY)
        given_back(routed(case, MONDAY + turn * 7 * DAY), MONDAY + turn * 7 * DAY)


def test_a_promise_whose_proof_was_none_is_broken_as_soon_as_that_is_seen() -> None:
    day = MONDAY + 10 * DAY
    people = (cast.head(), cast.duty_leader(), cast.lan())
    case = promised(MONDAY)
    let_it_be(day)
    shown(case, day + HOUR)
    with assert_hears(people[0]), assert_hears(people[1], NOT_LOOKED_AT), assert_hears(people[2]):
        let_it_be(day + 5 * DAY)
    with assert_hears(people[0], BROKEN), assert_hears(people[1], BROKEN), assert_hears(people[2], BROKEN):
        sent_back(case, day + 5 * DAY)
        let_it_be(day + 5 * DAY)
        shown(case, day + 6 * DAY)
        sent_back(case, day + 6 * DAY)
        let_it_be(day + 30 * DAY)


def test_proof_sent_back_on_the_promised_day_reminds_of_the_day() -> None:
    minh, day = cast.minh(), MONDAY + 10 * DAY
    case = promised(MONDAY)
    shown(case, day - DAY)
    let_it_be(day)
    with assert_hears(minh, TODAY):
        sent_back(case, day + HOUR)
        let_it_be(day + HOUR)


def test_the_duty_leader_hears_of_an_answer_that_nobody_at_the_centre_looks_at() -> None:
    leader, case = cast.duty_leader(), a_case_in(State.IN_PROGRESS)
    with assert_hears(leader, NOT_LOOKED_AT), assert_hears(cast.head()):
        answered(case, MONDAY + DAY)
        let_it_be(MONDAY + 2 * DAY)
        let_it_be(MONDAY + 9 * DAY)
    back = done(actions.return_answer, case, cast.operator(), MONDAY + 9 * DAY, reason="Chưa trả lời câu hỏi.")
    with assert_hears(leader):
        answered(back, MONDAY + 9 * DAY)
        done(actions.publish, case, cast.operator(), MONDAY + 9 * DAY + HOUR)
        let_it_be(MONDAY + 15 * DAY)


def test_the_duty_leader_hears_of_each_proof_of_a_promise_that_nobody_at_the_centre_looks_at() -> None:
    leader, case = cast.duty_leader(), promised(MONDAY)
    for day in (1, 5):
        shown(case, MONDAY + day * DAY)
        with assert_hears(leader, NOT_LOOKED_AT):
            let_it_be(MONDAY + (day + 3) * DAY)
        sent_back(case, MONDAY + (day + 3) * DAY)
    with assert_hears(leader):
        let_it_be(MONDAY + 9 * DAY)
