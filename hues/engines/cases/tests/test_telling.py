"""What follows a move: people are told, timers ring, and each of it once."""

from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.conf import settings as present

from hues.engines.cases import actions, queries
from hues.engines.cases.models import Case
from hues.engines.cases.rules.workflow import State
from hues.engines.cases.testing import MONDAY, a_case, a_case_in, routed
from hues.engines.cases.tests.ending import done
from hues.kernel.agencies import testing as cast
from hues.kernel.clocks import queries as clocks
from hues.kernel.clocks.testing import let_it_be
from hues.kernel.delivery import actions as sending
from hues.kernel.delivery import queries as delivery
from hues.kernel.delivery.channels import Urgency, Way
from hues.kernel.delivery.testing import a_gateway, a_postbox
from hues.kernel.errors import Invalid
from hues.kernel.journal.testing import drain
from hues.kernel.people.asker import Asker

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def told(by: Asker) -> list[tuple[str, str]]:
    """Return the titles and links of somebody's inbox, oldest first."""
    return [(item.title["vi"], item.link) for item in reversed(delivery.inbox(by).rows)]


def state_of(case_id: UUID) -> str:
    return Case.objects.get(pk=case_id).state


def test_the_reporter_hears_of_every_step_in_both_languages() -> None:
    lan = cast.lan()
    case = a_case_in(State.PUBLISHED, by=lan)
    drain()
    items = list(reversed(delivery.inbox(lan).rows))
    assert len(items) == 5
    assert all(item.link == f"/f/field_reports/{case.number}/" for item in items)
    assert all(case.number in item.title["vi"] and case.number in item.title["en"] for item in items)
    assert all(item.title["vi"] != item.title["en"] for item in items)
    assert "16:30, 11/03/2026" not in items[1].body["vi"]
    assert "17:00, 11/03/2026" in items[1].body["vi"]
    assert "17:00, 11/03/2026" in items[1].body["en"]


def test_told_again_nobody_hears_twice() -> None:
    lan = cast.lan()
    a_case(by=lan)
    drain()
    drain()
    assert len(told(lan)) == 1


def test_the_agency_is_told_what_comes_to_it_and_nobody_elses() -> None:
    minh, stranger = cast.minh(), cast.worker("ubnd-kim-long")
    case = routed(a_case())
    drain()
    assert told(minh) == [(f"{case.number}: phản ánh mới chuyển đến", f"/desk/{case.number}/")]
    assert told(stranger) == []


def test_a_caller_without_account_is_no_reason_to_fail() -> None:
    a_case()
    actions.open_case(
        category="lights-out",
        text="Đèn đường tắt ba đêm nay.",
        place=actions.Place(lat=16.4698, lng=107.5776),
        channel="phone",
        contact="0905 111 222",
        by=cast.operator(),
        at=MONDAY,
    )
    assert drain() == 2
    assert told(cast.operator()) == []


def test_a_caller_without_account_is_not_asked_what_nobody_would_read() -> None:
    a_case()
    case = routed(
        actions.open_case(
            category="lights-out",
            text="Đèn đường tắt ba đêm nay.",
            place=actions.Place(lat=16.4698, lng=107.5776),
            channel="phone",
            contact="0905 111 222",
            by=cast.operator(),
            at=MONDAY,
        )
    )
    done(actions.take, case, cast.minh())
    with pytest.raises(Invalid) as refused:
        done(actions.ask_citizen, case, cast.minh(), question="Ở trước số nhà nào?")
    assert "không có tài khoản" in str(refused.value.fields["text"])
    assert state_of(case.id) == State.IN_PROGRESS


def test_a_case_that_nobody_routes_goes_to_the_duty_leader() -> None:
    leader = cast.duty_leader()
    case = a_case()
    drain()
    assert let_it_be(MONDAY + timedelta(hours=20)) == 0
    assert let_it_be(MONDAY + 2 * DAY) == 1
    assert told(leader) == [(f"{case.number}: chưa được chuyển xử lý", f"/ops/{case.number}/")]


def test_an_agency_is_reminded_and_then_late_and_everybody_knows() -> None:
    head, minh, lan = cast.head(), cast.minh(), cast.lan()
    case = a_case_in(State.IN_PROGRESS)
    drain()
    let_it_be(MONDAY + 8 * DAY)
    assert [title for title, _ in told(minh)][-1] == f"{case.number}: sắp đến hạn"
    let_it_be(MONDAY + 10 * DAY)
    assert [title for title, _ in told(head)][-1] == f"{case.number}: quá hạn"
    assert [title for title, _ in told(lan)][-1] == f"{case.number}: trả lời trễ hạn"
    let_it_be(MONDAY + 30 * DAY)
    assert [title for title, _ in told(minh)].count(f"{case.number}: quá hạn") == 1


def test_an_answer_in_time_silences_the_clock_of_its_agency() -> None:
    case = a_case_in(State.ANSWERED)
    assert [timer.kind for timer in clocks.timers_of(case.id)] == ["cases.review_overdue"]


def test_what_nobody_contests_closes_by_itself_after_ten_days() -> None:
    case = a_case_in(State.PUBLISHED)
    let_it_be(MONDAY + 10 * DAY - timedelta(minutes=1))
    assert state_of(case.id) == "published"
    let_it_be(MONDAY + 10 * DAY)
    assert state_of(case.id) == "closed"


def test_a_question_without_reply_does_not_stop_the_clock_for_ever() -> None:
    case = a_case_in(State.WAITING)
    let_it_be(MONDAY + 14 * DAY)
    assert state_of(case.id) == "waiting"
    let_it_be(MONDAY + 15 * DAY)
    assert state_of(case.id) == "in_progress"
    step = queries.desk_case(cast.minh(), case.number, at=MONDAY + 15 * DAY).timeline[-1]
    assert (step.verb, step.side) == ("resume", "city")


def test_a_reopened_case_is_not_closed_by_an_old_timer() -> None:
    case = a_case_in(State.PUBLISHED)
    actions.reopen(
        case_id=case.id, text="Mặt đường lại lún như cũ rồi.", by=cast.lan(), seen=case.version, at=MONDAY + DAY
    )
    actions.close_old(case_id=case.id, at=MONDAY + 10 * DAY)
    let_it_be(MONDAY + 10 * DAY)
    assert state_of(case.id) == "assigned"


def test_what_comes_to_an_agency_reaches_its_people_by_mail_and_by_text_if_they_wish(settings: Any) -> None:
    minh = cast.minh()
    assert minh.person_id
    with a_gateway() as company, a_postbox() as postbox:
        settings.HUES = replace(present.HUES, sms_url=company.url, mail_url=postbox.url)
        sending.subscribe(way=Way.MAIL, address="minh@example.vn", person_id=minh.person_id, language="vi", at=MONDAY)
        sending.prefer(
            person_id=minh.person_id,
            least=Urgency.LOW,
            quiet_from=None,
            quiet_until=None,
            work_by_text=True,
            at=MONDAY,
        )
        case = routed(a_case())
        drain()
        while sending.send_owed(at=MONDAY):
            pass
    assert [text["to"] for text in company.received] == ["+84901000003"]
    assert company.received[0]["body"].startswith(f"{case.number}: phan anh moi chuyen den.")
    (letter,) = postbox.letters
    assert letter["Subject"] == f"{case.number}: phản ánh mới chuyển đến"
    assert f"/desk/{case.number}/" in letter.get_content()
