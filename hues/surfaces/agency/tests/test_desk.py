"""The desk of an agency, through its door: what is on it, how it is found, and whose case it is."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from hues.engines.cases import queries
from hues.engines.cases.rules.workflow import State
from hues.engines.cases.testing import MONDAY, a_case_in
from hues.kernel.agencies import testing as cast
from hues.kit.clock import now
from hues.surfaces.agency.desk import DESK
from hues.surfaces.agency.tests.desk import ELSEWHERE, found, page_of, send
from hues.surfaces.desks.testing import at_desk, text_of

pytestmark = pytest.mark.django_db


def test_the_inbox_shows_what_was_passed_to_the_agency_and_nothing_of_another(minh: Client) -> None:
    ours = a_case_in(State.ASSIGNED)
    assert ours.number in text_of(minh.get("/desk/"))
    assert ours.number not in text_of(at_desk(cast.worker(ELSEWHERE)).get("/desk/?tab=all"))


def test_another_agencys_case_does_not_exist_here(minh: Client) -> None:
    theirs = a_case_in(State.ASSIGNED)
    stranger = at_desk(cast.worker(ELSEWHERE))
    assert stranger.get(f"/desk/{theirs.number}/").status_code == 404
    refused = stranger.post(f"/desk/{theirs.number}/take/", {"seen": theirs.version})
    assert refused.status_code == 404
    assert found(theirs).state == State.ASSIGNED


@pytest.mark.parametrize("address", ["/desk/", "/desk/counts/", "/desk/beside/", "/desk/PA-2026-000001/"])
def test_a_citizen_has_no_desk(address: str) -> None:
    assert at_desk(cast.lan()).get(address).status_code == 403


def test_an_operator_has_no_agencys_desk() -> None:
    case = a_case_in(State.ASSIGNED)
    browser = at_desk(cast.operator())
    assert browser.get("/desk/").status_code == 403
    assert browser.post(f"/desk/{case.number}/take/", {"seen": case.version}).status_code == 403


def test_the_inbox_pages_through_every_case_once(minh: Client) -> None:
    numbers = {a_case_in(State.ASSIGNED, at=MONDAY + timedelta(minutes=n)).number for n in range(5)}
    first = queries.desk_inbox(cast.minh(), after="", limit=3, at=MONDAY)
    page = text_of(minh.get("/desk/", {"after": first.next or ""}))
    shown = {row.number for row in first.rows}
    assert {number for number in numbers if number in page} == numbers - shown


def test_a_number_typed_into_the_search_opens_its_case_and_none_of_another_agency(minh: Client) -> None:
    case = a_case_in(State.ASSIGNED)
    for typed in (case.number.lower(), case.number.rpartition("-")[2]):
        for tab in ("", "all"):
            assert minh.get("/desk/", {"tab": tab, "q": typed}).headers["Location"] == f"/desk/{case.number}/"
    stranger = at_desk(cast.worker(ELSEWHERE))
    assert stranger.get("/desk/", {"tab": "all", "q": case.number}).status_code == 200


def test_the_search_knows_no_tone_marks(minh: Client) -> None:
    case = a_case_in(State.ASSIGNED, text="Đèn đường trước chợ không sáng.")
    assert case.number in text_of(minh.get("/desk/", {"q": "den duong"}))
    assert case.number not in text_of(minh.get("/desk/", {"q": "ngập nước"}))


def test_the_tabs_count_what_they_hold(minh: Client) -> None:
    a_case_in(State.ASSIGNED)
    a_case_in(State.WAITING)
    tabs = text_of(minh.get("/desk/counts/"))
    assert tabs.count('">1</span>') == 4
    assert "<html" not in tabs


@pytest.mark.parametrize(
    ("state", "asked", "marked"),
    [
        (State.ASSIGNED, "", "todo"),
        (State.IN_PROGRESS, "", "todo"),
        (State.WAITING, "", "waiting"),
        (State.ANSWERED, "", "answered"),
        (State.WAITING, "?tab=all", "all"),
    ],
)
def test_a_case_marks_the_tab_it_stands_in_or_came_from(minh: Client, state: State, asked: str, marked: str) -> None:
    case = a_case_in(state)
    page = minh.get(f"/desk/{case.number}/{asked}")
    current = [tab.label for tab in page.context["tabs"] if tab.current]
    assert current == [DESK.sections[marked].title]


def test_the_reporter_is_on_no_page_of_the_desk(minh: Client) -> None:
    case = a_case_in(State.ANSWERED)
    lan = cast.lan()
    pages = [minh.get(address) for address in ("/desk/?tab=all", f"/desk/{case.number}/", "/desk/beside/?tab=all")]
    for page in map(text_of, pages):
        assert case.number in page
        assert lan.name not in page
        assert "901000001" not in page
        assert str(lan.person_id) not in page


def test_a_page_of_the_inbox_costs_few_statements(
    minh: Client, django_assert_max_num_queries: Callable[..., Any]
) -> None:
    for _ in range(4):
        a_case_in(State.ASSIGNED)
    minh.get("/desk/")
    with django_assert_max_num_queries(8 + SIGN_IN):
        minh.get("/desk/")


def test_a_case_costs_few_statements(minh: Client, django_assert_max_num_queries: Callable[..., Any]) -> None:
    case = a_case_in(State.ANSWERED)
    page_of(minh, case)
    with django_assert_max_num_queries(7 + SIGN_IN):
        page_of(minh, case)


# The session, the person, their name and language, and what they may do.
SIGN_IN = 4


def test_a_head_gives_a_case_away_and_the_queue_and_the_case_say_who_has_it(minh: Client) -> None:
    other, head = cast.worker(cast.WARD_OFFICE, 2), at_desk(cast.head())
    case = a_case_in(State.ASSIGNED)
    assert "Cán bộ 2" in page_of(head, case)
    assert "Cán bộ 2" not in page_of(minh, case)
    assert send(head, case, "assign", to=str(other.person_id)).status_code == 303
    assert "Cán bộ 2" in page_of(minh, case)
    assert "Cán bộ 2" in text_of(minh.get("/desk/"))
    assert case.number in text_of(at_desk(other).get("/desk/?tab=mine"))
    assert case.number not in text_of(minh.get("/desk/?tab=mine"))


def test_a_worker_cannot_name_a_colleague_by_hand(minh: Client) -> None:
    other = cast.worker(cast.WARD_OFFICE, 2)
    case = a_case_in(State.ASSIGNED)
    assert send(minh, case, "assign", to=str(other.person_id)).status_code == 422
    assert found(case).holder == ""
    assert send(minh, case, "assign", to=str(cast.minh().person_id)).status_code == 303
    assert found(case).holder == "Nguyễn Văn Minh"


def test_a_leave_is_said_to_both_and_ends_with_one_press(minh: Client) -> None:
    other = cast.worker(cast.WARD_OFFICE, 2)
    office, today = cast.an_agency(), now().date()
    days = {"since": f"{today}", "until": f"{today + timedelta(days=5)}"}
    assert "Cán bộ 2" in text_of(minh.get("/desk/leave/"))
    assert minh.post("/desk/leave/", days | {"substitute": f"{office.id} {other.person_id}"}).status_code == 303
    assert "Cán bộ 2 xử lý thay." in text_of(minh.get("/desk/"))
    assert "Bạn xử lý thay Nguyễn Văn Minh" in text_of(at_desk(other).get("/desk/"))
    case = page_of(at_desk(cast.head()), a_case_in(State.IN_PROGRESS))
    assert "đang nghỉ, Cán bộ 2 xử lý thay" in case
    assert "Nguyễn Văn Minh (đang nghỉ)" in case
    assert minh.post(f"/desk/leave/{office.id}/").status_code == 303
    assert "xử lý thay Nguyễn Văn Minh" not in text_of(at_desk(other).get("/desk/"))


def test_a_leave_that_cannot_be_keeps_what_was_typed(minh: Client) -> None:
    office, head, today = cast.an_agency(), cast.head(), now().date()
    typed = {"since": f"{today}", "until": f"{today - timedelta(days=2)}"}
    refused = minh.post("/desk/leave/", typed | {"substitute": f"{office.id} {head.person_id}"})
    assert refused.status_code == 422
    assert f'value="{today - timedelta(days=2)}"' in text_of(refused)
    forged = minh.post("/desk/leave/", typed | {"substitute": f"{office.id} {cast.lan().person_id}"})
    assert forged.status_code == 422
