"""Every other move of an agency: from its page, from an older page, and when it is over."""

from datetime import timedelta

import pytest
from django.test import Client

from hues.engines.cases.rules.workflow import State, Verb
from hues.engines.cases.testing import a_case_in
from hues.kernel.agencies import testing as cast
from hues.kit.clock import now
from hues.surfaces.agency.tests.desk import TYPED, a_file, found, page_of, send
from hues.surfaces.desks.testing import at_desk, seen_on, text_of

pytestmark = pytest.mark.django_db


def test_a_case_that_is_taken_stays_on_the_screen(minh: Client) -> None:
    case = a_case_in(State.ASSIGNED)
    gone = send(minh, case, "take")
    assert gone.status_code == 303
    assert gone.headers["Location"] == f"/desk/{case.number}/"
    assert found(case).state == State.IN_PROGRESS
    assert 'id="do-answer"' in page_of(minh, case)


def test_a_question_stops_the_clock_and_the_next_case_opens(minh: Client) -> None:
    case = a_case_in(State.IN_PROGRESS)
    other = a_case_in(State.IN_PROGRESS)
    gone = send(minh, case, "ask", text="Chỗ hỏng ở trước số nhà nào?")
    assert found(case).state == State.WAITING
    assert gone.headers["Location"] == f"/desk/{other.number}/"


def test_the_last_case_of_a_tab_leads_back_to_the_list(minh: Client) -> None:
    case = a_case_in(State.IN_PROGRESS)
    shown = seen_on(page_of(minh, case))
    where = f"/desk/{case.number}/ask/?tab=progress"
    gone = minh.post(where, {"seen": shown, "text": "Chỗ hỏng ở đâu?"})
    assert gone.headers["Location"] == "/desk/?tab=progress"


def test_a_case_given_back_leaves_the_desk(minh: Client) -> None:
    case = a_case_in(State.ASSIGNED)
    assert send(minh, case, "give-back", text="Đường này do Sở Xây dựng quản lý.").status_code == 303
    assert found(case).state == State.RECEIVED
    assert minh.get(f"/desk/{case.number}/").status_code == 404


def test_more_time_is_asked_for_until_the_end_of_that_day(minh: Client) -> None:
    case = a_case_in(State.IN_PROGRESS, at=now())
    due = found(case).clock.due_at
    later = (due + timedelta(days=4)).date()
    assert send(minh, case, "extend", until=later.isoformat(), text="Chờ vật tư.").status_code == 303
    asked = found(case).clock.extension_asked_until
    assert asked is not None
    assert asked > due


def test_a_day_too_early_is_refused_beside_its_field(minh: Client) -> None:
    case = a_case_in(State.IN_PROGRESS, at=now())
    refused = send(minh, case, "extend", until="2020-01-01", text=TYPED)
    assert refused.status_code == 422
    assert TYPED in text_of(refused)
    assert "extend-until_error" in text_of(refused)


@pytest.mark.parametrize("field", ["extend-until", "answer-promise_on"])
def test_days_are_chosen_from_a_calendar(minh: Client, field: str) -> None:
    page = page_of(minh, a_case_in(State.IN_PROGRESS))
    control = next(tag for tag in page.split("<input") if f'id="{field}"' in tag).split(">")[0]
    assert 'type="date"' in control


def test_work_goes_on_without_a_reply(minh: Client) -> None:
    case = a_case_in(State.WAITING)
    assert send(minh, case, "resume").status_code == 303
    assert found(case).state == State.IN_PROGRESS


def test_a_note_is_for_colleagues(minh: Client) -> None:
    case = a_case_in(State.IN_PROGRESS)
    assert send(minh, case, "note", text="Đã gọi đội thi công.").status_code == 303
    assert "Đã gọi đội thi công." in page_of(minh, case)
    assert found(case).timeline[-1].verb == Verb.NOTE


def test_whoever_is_slower_keeps_what_was_typed_and_may_send_it_again(minh: Client) -> None:
    case = a_case_in(State.IN_PROGRESS)
    stale = seen_on(page_of(minh, case))
    send(at_desk(cast.head()), case, "ask", text="Chỗ hỏng ở đâu?")
    send(at_desk(cast.head()), case, "resume")
    refused = send(minh, case, "answer", stale, outcome="not_ours", text=TYPED, proof=[a_file(1)])
    page = text_of(refused)
    assert refused.status_code == 409
    assert TYPED in page
    assert 'role="alert"' in page
    assert seen_on(page) != stale
    assert (
        send(minh, case, "answer", seen_on(page), outcome="not_ours", text=TYPED, proof=[a_file(1)]).status_code == 303
    )


def test_words_for_a_move_that_is_over_stay_on_the_page_to_be_copied(minh: Client) -> None:
    case = a_case_in(State.IN_PROGRESS)
    stale = seen_on(page_of(minh, case))
    send(at_desk(cast.head()), case, "answer", outcome="not_ours", text="Đã trả lời trước.", proof=[a_file(1)])
    page = text_of(send(minh, case, "answer", stale, outcome="fixed", text=TYPED))
    assert TYPED in page
    assert 'class="move late"' in page


def test_words_for_a_case_that_was_passed_on_meanwhile_come_back(minh: Client) -> None:
    case = a_case_in(State.IN_PROGRESS)
    stale = seen_on(page_of(minh, case))
    send(at_desk(cast.head()), case, "give-back", text="Không thuộc phường.")
    gone = send(minh, case, "answer", stale, outcome="fixed", text=TYPED)
    assert gone.status_code == 404
    assert TYPED in text_of(gone)


def test_an_unknown_move_does_not_exist(minh: Client) -> None:
    case = a_case_in(State.IN_PROGRESS)
    assert minh.post(f"/desk/{case.number}/publish/", {"seen": 1}).status_code == 404


def test_moves_are_sent_never_followed(minh: Client) -> None:
    case = a_case_in(State.ASSIGNED)
    assert minh.get(f"/desk/{case.number}/take/").status_code == 405
