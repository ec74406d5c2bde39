"""The desk of the operations centre, through its door: the queue, and what an operator decides."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from hues.engines.cases import actions, queries
from hues.engines.cases.actions import give_back
from hues.engines.cases.rules.workflow import State
from hues.engines.cases.testing import MONDAY, Known, a_case_in
from hues.kernel.agencies import testing as cast
from hues.kernel.agencies.queries import agencies, agency
from hues.kernel.media.testing import a_photo
from hues.kit.clock import now
from hues.kit.text import fold
from hues.surfaces.desks.testing import at_desk, seen_on, text_of
from hues.surfaces.operations.tests.queue import TYPED, found, page_of, send

pytestmark = pytest.mark.django_db
# The session, the person, their name and language, and what they may do.
SIGN_IN = 4


def accepted(browser: Client, case: Known, seen: str = "", query: str = "", **changed: Any) -> Any:
    """Accept as the page suggests, but for what is `changed`."""
    shown = found(case)
    suggested = queries.suggested_agency("report", shown.category, shown.ward_code)
    as_shown = {"agency_id": suggested, "category": shown.category, "service_class": shown.service_class}
    return send(browser, case, "accept", seen, query, **(as_shown | changed))


def asked_for_more() -> Known:
    """Return a case whose agency has asked for more time."""
    case, minh = a_case_in(State.IN_PROGRESS, at=now()), cast.minh()
    until = found(case).clock.due_at + timedelta(days=3)
    moved = actions.ask_extension(
        case_id=case.id, until=until, reason="Chờ vật tư.", by=minh, seen=case.version, at=now()
    )
    return Known(id=case.id, number=case.number, version=moved.version)


@pytest.mark.parametrize("asker", [cast.lan, cast.minh])
@pytest.mark.parametrize("address", ["/ops/", "/ops/counts/", "/ops/points.json", "/ops/wall/", "/ops/PA-2026-000001/"])
def test_the_queue_is_open_to_the_centre_only(asker: Callable[[], Any], address: str) -> None:
    assert at_desk(asker()).get(address).status_code == 403


def test_an_administrator_sees_staff_and_no_cases() -> None:
    case, browser = a_case_in(State.RECEIVED), at_desk(cast.admin())
    assert browser.get("/ops/").headers["Location"] == "/ops/people/"
    assert browser.get(f"/ops/{case.number}/").status_code == 403
    assert browser.get("/ops/points.json").status_code == 403


def test_city_leadership_reads_and_moves_nothing() -> None:
    case = a_case_in(State.RECEIVED)
    browser = at_desk(cast.leader())
    page = page_of(browser, case)
    assert case.number in page
    assert 'id="do-accept"' not in page
    assert browser.post(f"/ops/{case.number}/refuse/", {"seen": 1}).status_code == 403


def test_a_new_report_waits_to_be_accepted(thao: Client) -> None:
    case = a_case_in(State.RECEIVED)
    assert case.number in text_of(thao.get("/ops/"))
    assert case.number not in text_of(thao.get("/ops/?tab=review"))


def test_the_page_suggests_the_agency_of_category_and_ward(thao: Client) -> None:
    case = a_case_in(State.RECEIVED)
    suggested = queries.suggested_agency("report", found(case).category, found(case).ward_code)
    assert suggested is not None
    card = agency(suggested)
    assert card is not None
    assert f'value="{card.name["vi"]}"' in page_of(thao, case).split('id="do-accept"')[1]


def test_an_agency_is_chosen_by_its_name_with_or_without_tone_marks(thao: Client) -> None:
    case, other = a_case_in(State.RECEIVED), cast.an_agency("kinh-te-thuan-hoa")
    refused = accepted(thao, case, agency_id="Phòng chống bão của sao Hỏa")
    assert refused.status_code == 422
    assert "Không có cơ quan này" in text_of(refused)
    assert 'value="Phòng chống bão của sao Hỏa"' in text_of(refused)
    assert accepted(thao, case, agency_id=f" {fold(other.name['vi'])}").status_code == 303
    assert found(case).agency_id == other.id


@pytest.mark.parametrize("state", [State.RECEIVED, State.IN_PROGRESS, State.SPLIT])
def test_the_page_names_every_agency_once_however_many_forms_ask_for_one(state: State, thao: Client) -> None:
    case, agencies_at_work = a_case_in(state), [card for card in agencies() if card.is_active]
    page = page_of(thao, case)
    assert page.count('<option value="') < len(agencies_at_work) + 150
    assert len(page.encode()) < 60_000


def test_the_outcome_is_not_said_twice_where_the_state_says_it(thao: Client) -> None:
    case, minh = a_case_in(State.IN_PROGRESS), cast.minh()
    shown = a_photo(by=minh.person_id, at=now()).id
    given: dict[str, Any] = {"text": "Đèn sáng lại lúc 18 giờ.", "outcome": "answered", "proof": [shown]}
    actions.answer_case(case_id=case.id, by=minh, seen=case.version, at=now(), **given)
    head = page_of(thao, case).split("case-head")[1].split("</header>")[0]
    assert head.count("Đã trả lời") == 1


def test_accepting_as_suggested_passes_the_case_on(thao: Client) -> None:
    case = a_case_in(State.RECEIVED)
    assert accepted(thao, case).status_code == 303
    after = found(case)
    assert after.state == State.ASSIGNED
    assert after.agency_id == queries.suggested_agency("report", after.category, after.ward_code)


def test_category_class_and_agency_can_be_put_right(thao: Client) -> None:
    case, other = a_case_in(State.RECEIVED), cast.an_agency("kinh-te-thuan-hoa")
    accepted(thao, case, category="lights-out", service_class="urgent", agency_id=other.id)
    after = found(case)
    assert (after.category, after.service_class, after.agency_id) == ("lights-out", "urgent", other.id)


def test_the_next_report_opens_after_one_is_accepted(thao: Client) -> None:
    first, second = a_case_in(State.RECEIVED), a_case_in(State.RECEIVED, at=MONDAY + timedelta(minutes=5))
    assert accepted(thao, first).headers["Location"] == f"/ops/{second.number}/"


def test_what_was_searched_for_comes_first_and_then_the_queue_goes_on(thao: Client) -> None:
    later, last = (MONDAY + timedelta(minutes=minutes) for minutes in (5, 9))
    first, between = a_case_in(State.RECEIVED, text="Cây đổ chắn ngang đường."), a_case_in(State.RECEIVED, at=later)
    second = a_case_in(State.RECEIVED, text="Lại một cây đổ ở đầu kiệt.", at=last)
    assert accepted(thao, first, query="?q=cay+do").headers["Location"] == f"/ops/{second.number}/?q=cay+do"
    assert accepted(thao, second, query="?q=cay+do").headers["Location"] == f"/ops/{between.number}/?q=cay+do"


def test_a_number_opens_its_case_from_whichever_tab_and_words_may_be_searched_for_in_all(thao: Client) -> None:
    case = a_case_in(State.PUBLISHED, text="Cây đổ chắn ngang đường.")
    __, year, count = case.number.split("-")
    for number in (case.number, f" {case.number.lower()} ", count, f"{year}-{int(count)}"):
        for tab in ("accept", "all"):
            answer = thao.get("/ops/", {"tab": tab, "q": number})
            assert (answer.status_code, answer.headers["Location"]) == (303, f"/ops/{case.number}/")
    assert thao.get("/ops/", {"q": "PA-2026-999999"}).status_code == 200
    assert 'href="/ops/?tab=all&amp;q=cay+do"' in text_of(thao.get("/ops/", {"q": "cay do"}))
    assert case.number in text_of(thao.get("/ops/", {"tab": "all", "q": "cay do"}))
    assert "Tìm trong tất cả" not in text_of(thao.get("/ops/", {"tab": "all", "q": "khong co"}))


def test_an_unknown_tab_is_the_first_one_and_marked_as_such(thao: Client) -> None:
    page = text_of(thao.get("/ops/?tab=zz"))
    assert page.count('aria-current="page"') >= 1
    assert '<a href="/ops/?tab=accept" aria-current="page"' in page


def test_a_case_at_work_can_be_passed_to_another_agency(thao: Client) -> None:
    case, other = a_case_in(State.IN_PROGRESS), cast.an_agency("kinh-te-thuan-hoa")
    assert accepted(thao, case, agency_id=other.id).status_code == 303
    assert found(case).agency_id == other.id


@pytest.mark.parametrize("why", ["spam", "out_of_scope"])
def test_a_report_is_refused_with_words(thao: Client, why: str) -> None:
    case = a_case_in(State.RECEIVED)
    assert send(thao, case, "refuse", outcome=why, text=TYPED).status_code == 303
    after = found(case)
    assert (after.state, after.outcome, after.timeline[-1].text) == (State.REFUSED, why, TYPED)


def test_a_duplicate_names_its_original(thao: Client) -> None:
    original, case = a_case_in(State.RECEIVED), a_case_in(State.RECEIVED)
    refused = send(thao, case, "refuse", outcome="duplicate", text=TYPED)
    assert refused.status_code == 422
    assert "refuse-duplicate_of_error" in text_of(refused)
    assert TYPED in text_of(refused)
    send(thao, case, "refuse", outcome="duplicate", text=TYPED, duplicate_of=original.number.lower())
    assert found(case).duplicate_of == original.number


def test_a_refusal_without_words_is_no_refusal(thao: Client) -> None:
    case = a_case_in(State.RECEIVED)
    assert send(thao, case, "refuse", outcome="spam", text=" ").status_code == 422
    assert found(case).state == State.RECEIVED


@pytest.mark.parametrize(("decision", "granted"), [("yes", True), ("no", False)])
def test_more_time_is_granted_or_not(thao: Client, decision: str, granted: bool) -> None:  # noqa: FBT001
    case = asked_for_more()
    assert case.number in text_of(thao.get("/ops/?tab=extensions"))
    assert "Chờ vật tư." in page_of(thao, case)
    assert send(thao, case, "extension", granted=decision, text="Đã xem.").status_code == 303
    after = found(case).clock
    assert (after.extended_until is not None, after.extension_asked_until) == (granted, None)


def test_a_case_given_back_waits_in_a_tab_of_its_own(thao: Client) -> None:
    case, never = a_case_in(State.ASSIGNED), a_case_in(State.RECEIVED)
    give_back(case_id=case.id, reason="Không thuộc phường.", by=cast.minh(), seen=case.version, at=MONDAY)
    page = text_of(thao.get("/ops/?tab=returned"))
    assert case.number in page
    assert never.number not in page
    assert "Không thuộc phường." in page_of(thao, case)


def test_late_agencies_have_a_tab_and_the_centre_counts_its_own_delay_apart(thao: Client) -> None:
    late, unaccepted = a_case_in(State.IN_PROGRESS), a_case_in(State.RECEIVED)
    page = text_of(thao.get("/ops/?tab=overdue"))
    assert late.number in page
    assert unaccepted.number not in page
    counted = queries.counts(cast.operator(), at=now())
    assert (counted.overdue, counted.unaccepted) == (2, 1)


def test_a_late_case_that_is_given_back_stays_in_the_tab_of_the_late_ones(thao: Client) -> None:
    case = a_case_in(State.IN_PROGRESS)
    at = found(case).clock.due_at + timedelta(days=1)
    give_back(case_id=case.id, reason="Không thuộc phường.", by=cast.minh(), seen=case.version, at=at)
    page = thao.get("/ops/?tab=overdue")
    assert case.number in text_of(page)
    assert queries.counts(cast.operator(), at=now()).answers_late == 1


def test_whoever_is_slower_keeps_what_was_typed(thao: Client) -> None:
    case = a_case_in(State.RECEIVED)
    stale = seen_on(page_of(thao, case))
    accepted(at_desk(cast.duty_leader()), case)
    refused = send(thao, case, "refuse", stale, outcome="spam", text=TYPED)
    page = text_of(refused)
    assert refused.status_code == 409
    assert TYPED in page
    assert 'class="move late"' in page
    assert found(case).state == State.ASSIGNED


def test_a_page_of_the_queue_costs_few_statements(
    thao: Client, django_assert_max_num_queries: Callable[..., Any]
) -> None:
    a_case_in(State.RECEIVED)
    thao.get("/ops/")
    with django_assert_max_num_queries(7 + SIGN_IN):
        thao.get("/ops/")


@pytest.mark.parametrize("state", [State.RECEIVED, State.ANSWERED])
def test_a_case_costs_few_statements(
    thao: Client, state: State, django_assert_max_num_queries: Callable[..., Any]
) -> None:
    case = a_case_in(state)
    page_of(thao, case)
    with django_assert_max_num_queries(7 + SIGN_IN):
        page_of(thao, case)


def test_whoever_is_led_on_is_told_what_was_done_and_that_another_one_stands_there(thao: Client) -> None:
    first, second = a_case_in(State.RECEIVED), a_case_in(State.RECEIVED)
    on = accepted(thao, first)
    assert on.headers["Location"] == f"/ops/{second.number}/"
    page = text_of(thao.get(on.headers["Location"]))
    told = page.partition('<div class="toasts at-load"')[2].partition("</div>")[0]
    assert first.number in told
    assert "Mời xem phản ánh tiếp theo." in told
    assert page.index('class="toasts at-load"') < page.index('<main id="main"')
    last = text_of(thao.get(accepted(thao, second).headers["Location"]))
    assert second.number in last.partition('<div class="toasts at-load"')[2].partition("</div>")[0]
    assert "Mời xem phản ánh tiếp theo." not in last
