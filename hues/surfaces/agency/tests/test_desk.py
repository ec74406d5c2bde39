"""The desk of an agency, through its door."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from hues.engines.cases import queries
from hues.engines.cases.rules.workflow import State, Verb
from hues.engines.cases.testing import MONDAY, Known, a_case, a_case_in, routed
from hues.kernel.agencies import testing as cast
from hues.kernel.media.testing import a_picture
from hues.kit.clock import now
from hues.surfaces.agency.desk import DESK
from hues.surfaces.desks.testing import at_desk, seen_on, text_of

pytestmark = pytest.mark.django_db

ELSEWHERE = "kinh-te-thuan-hoa"
TYPED = "Đã cho thợ đến dặm vá, giữ nguyên lời này."


@pytest.fixture
def minh() -> Client:
    """Return Minh's browser."""
    return at_desk(cast.minh())


def found(case: Known) -> queries.DeskCase:
    """Return the case as it is now."""
    return queries.ops_case(cast.operator(), case.number, at=MONDAY)


def page_of(browser: Client, case: Known) -> str:
    """Return the case's page."""
    return text_of(browser.get(f"/desk/{case.number}/"))


def send(browser: Client, case: Known, code: str, seen: str = "", **typed: Any) -> Any:
    """Send a move from the page as it is now, or as it was."""
    shown = seen or seen_on(page_of(browser, case))
    return browser.post(f"/desk/{case.number}/{code}/", {"seen": shown, **typed})


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


def test_a_case_that_is_taken_stays_on_the_screen(minh: Client) -> None:
    case = a_case_in(State.ASSIGNED)
    gone = send(minh, case, "take")
    assert gone.status_code == 303
    assert gone.headers["Location"] == f"/desk/{case.number}/"
    assert found(case).state == State.IN_PROGRESS
    assert 'id="do-answer"' in page_of(minh, case)


def test_an_answer_with_proof_goes_to_the_centre(minh: Client) -> None:
    case = a_case_in(State.IN_PROGRESS)
    photo = SimpleUploadedFile("after.jpg", a_picture(), "image/jpeg")
    answered = send(minh, case, "answer", outcome="fixed", text=TYPED, proof=[photo])
    assert answered.status_code == 303
    after = found(case)
    assert (after.state, after.outcome, after.answer) == (State.ANSWERED, "fixed", TYPED)
    assert [photo.role for photo in after.photos] == ["proof"]


def test_an_answer_that_lacks_its_proof_keeps_what_was_typed(minh: Client) -> None:
    case = a_case_in(State.IN_PROGRESS)
    refused = send(minh, case, "answer", outcome="fixed", text=TYPED)
    page = text_of(refused)
    assert refused.status_code == 422
    assert TYPED in page
    assert 'aria-invalid="true"' in page
    assert found(case).state == State.IN_PROGRESS


def test_a_photo_sent_with_a_refused_answer_need_not_be_sent_again(minh: Client) -> None:
    case = a_case_in(State.IN_PROGRESS)
    photo = SimpleUploadedFile("after.jpg", a_picture(), "image/jpeg")
    page = text_of(send(minh, case, "answer", outcome="fixed", text="", proof=[photo]))
    kept = page.split('name="photos" value="')[1].split('"')[0]
    assert "/media/s/" in page
    answered = send(minh, case, "answer", outcome="fixed", text=TYPED, photos=kept)
    assert answered.status_code == 303
    assert len(found(case).photos) == 1


def test_a_photo_that_was_there_before_is_shown_beside_why_and_goes_in_with_a_reason(minh: Client) -> None:
    first, case = a_case_in(State.IN_PROGRESS), a_case_in(State.IN_PROGRESS)
    photo = a_picture((320, 240), seed=1)
    send(minh, first, "answer", outcome="fixed", text=TYPED, proof=[SimpleUploadedFile("a.jpg", photo)])
    assert 'name="despite"' not in page_of(minh, case)
    again = SimpleUploadedFile("again.jpg", photo)
    refused = send(minh, case, "answer", outcome="fixed", text=TYPED, proof=[again])
    page = text_of(refused)
    assert refused.status_code == 422
    assert TYPED in page
    assert f'href="/desk/{first.number}/"' in page
    assert 'name="despite"' in page
    kept = page.split('name="photos" value="')[1].split('"')[0]
    why = "Hai phản ánh về cùng một ổ gà."
    assert send(minh, case, "answer", outcome="fixed", text=TYPED, photos=kept, despite=why).status_code == 303
    assert found(case).state == State.ANSWERED
    page = page_of(minh, case)
    assert why in page
    assert 'class="doubts"' in page


def a_doubted_shot(by: Client) -> SimpleUploadedFile:
    """Answer another case with a photo, and return the same one again."""
    photo = a_picture((320, 240), seed=1)
    other = a_case_in(State.IN_PROGRESS)
    send(by, other, "answer", outcome="fixed", text=TYPED, proof=[SimpleUploadedFile("a.jpg", photo)])
    return SimpleUploadedFile("again.jpg", photo)


def kept_photo(page: str) -> str:
    """Return the name of the first photo that a page keeps."""
    return page.split('name="photos" value="')[1].split('"')[0]


def test_what_is_doubted_is_told_before_the_answer_is_sent_and_goes_in_the_first_time(minh: Client) -> None:
    case = a_case_in(State.IN_PROGRESS)
    kept = send(minh, case, "answer/keep", text=TYPED, proof=[a_doubted_shot(minh)])
    assert kept.status_code == 303
    page = text_of(minh.get(kept.headers["Location"]))
    assert TYPED in page
    assert 'name="despite"' in page
    assert "aria-invalid" not in page
    given = {"outcome": "fixed", "text": TYPED, "photos": kept_photo(page), "despite": "Cùng một ổ gà, hai người báo."}
    assert send(minh, case, "answer", **given).status_code == 303
    assert found(case).state == State.ANSWERED


def test_a_missing_reason_and_whatever_else_is_missing_are_told_at_once(minh: Client) -> None:
    case, shot = a_case_in(State.IN_PROGRESS), a_doubted_shot(minh)
    refused = text_of(send(minh, case, "answer", outcome="promised", text=TYPED, proof=[shot]))
    for field in ("promise_on", "despite"):
        assert f'id="answer-{field}_error"' in refused, field
    refused = text_of(send(minh, case, "answer", outcome="", text=TYPED, photos=kept_photo(refused)))
    for field in ("outcome", "despite"):
        assert f'id="answer-{field}_error"' in refused, field


def test_an_answer_that_was_left_is_there_again_for_its_writer_alone(minh: Client) -> None:
    case, colleague = a_case_in(State.IN_PROGRESS), at_desk(cast.head())
    shot = SimpleUploadedFile("after.jpg", a_picture(), "image/jpeg")
    send(minh, case, "answer", outcome="fixed", text="", promise_on="2026-03-09", proof=[shot])
    quiet = {"seen": case.version, "outcome": "fixed", "text": TYPED, "promise_on": "2026-03-09"}
    assert minh.post(f"/desk/{case.number}/answer/keep/", quiet, headers={"HX-Request": "true"}).status_code == 204
    page = page_of(minh, case)
    assert TYPED in page
    assert 'value="2026-03-09"' in page
    assert '<option value="fixed" selected>' in page
    assert TYPED not in page_of(colleague, case)
    name = kept_photo(page)
    assert send(minh, case, "answer/keep", text=TYPED, photos=name, drop=name).status_code == 303
    page = page_of(minh, case)
    assert TYPED in page
    assert 'name="photos"' not in page
    assert minh.get("/f/field_reports/mine/").status_code == 200
    assert queries.draft(cast.minh()) is None  # it is no report of their own


@pytest.mark.parametrize("field", ["text", "outcome", "promise_on"])
def test_what_no_database_keeps_is_left_out_of_what_is_kept(minh: Client, field: str) -> None:
    case = a_case_in(State.IN_PROGRESS)
    assert send(minh, case, "answer/keep", **{"text": TYPED, field: "a\0b"}).status_code == 303
    draft = queries.draft(cast.minh(), queries.key_of_move(case.id, "answer"))
    assert draft
    assert draft.fields[field] == "ab"


def test_an_answer_that_was_sent_is_not_begun_again_when_it_comes_back(minh: Client) -> None:
    case, shot = a_case_in(State.IN_PROGRESS), SimpleUploadedFile("after.jpg", a_picture(), "image/jpeg")
    send(minh, case, "answer/keep", text=TYPED)
    assert send(minh, case, "answer", outcome="fixed", text=TYPED, proof=[shot]).status_code == 303
    assert queries.draft(cast.minh(), queries.key_of_move(case.id, "answer")) is None


def test_a_file_that_is_no_photo_is_told_when_it_is_kept_and_nothing_else_is(minh: Client) -> None:
    case = a_case_in(State.IN_PROGRESS)
    refused = send(minh, case, "answer/keep", text=TYPED, proof=[SimpleUploadedFile("a.jpg", b"no photo")])
    assert refused.status_code == 422
    assert 'id="answer-proof_error"' in text_of(refused)
    assert 'id="answer-outcome_error"' not in text_of(refused)
    assert TYPED in page_of(minh, case)


def test_only_what_has_photos_is_kept_and_only_at_the_desk_that_has_the_case(minh: Client) -> None:
    case = a_case_in(State.IN_PROGRESS)
    assert send(minh, case, "note/keep", text=TYPED).status_code == 404
    stranger = at_desk(cast.worker(ELSEWHERE))
    assert stranger.post(f"/desk/{case.number}/answer/keep/", {"seen": 1, "text": TYPED}).status_code == 404


def test_another_agency_learns_that_a_photo_was_there_before_and_not_where(minh: Client) -> None:
    first = a_case_in(State.IN_PROGRESS)
    photo = a_picture((320, 240), seed=1)
    send(minh, first, "answer", outcome="fixed", text=TYPED, proof=[SimpleUploadedFile("a.jpg", photo)])
    routed_there = routed(a_case(), ELSEWHERE)
    other = at_desk(cast.worker(ELSEWHERE))
    send(other, routed_there, "take")
    page = text_of(
        send(other, routed_there, "answer", outcome="fixed", text=TYPED, proof=[SimpleUploadedFile("b.jpg", photo)])
    )
    assert 'name="despite"' in page
    assert first.number not in page


def test_a_photo_of_somebody_else_cannot_be_named_in_an_answer(minh: Client) -> None:
    case = a_case_in(State.IN_PROGRESS)
    forged = send(minh, case, "answer", outcome="fixed", text=TYPED, photos=f"{case.id}:forged")
    assert forged.status_code == 422
    assert TYPED in text_of(forged)


def test_a_file_that_is_no_picture_is_named_and_the_words_stay(minh: Client) -> None:
    case = a_case_in(State.IN_PROGRESS)
    wrong = SimpleUploadedFile("bảng kê.pdf", b"%PDF-1.7 no picture", "image/jpeg")
    page = text_of(send(minh, case, "answer", outcome="fixed", text=TYPED, proof=[wrong]))
    assert "bảng kê.pdf" in page
    assert TYPED in page


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
    refused = send(minh, case, "answer", stale, outcome="not_ours", text=TYPED)
    page = text_of(refused)
    assert refused.status_code == 409
    assert TYPED in page
    assert 'role="alert"' in page
    assert seen_on(page) != stale
    assert send(minh, case, "answer", seen_on(page), outcome="not_ours", text=TYPED).status_code == 303


def test_words_for_a_move_that_is_over_stay_on_the_page_to_be_copied(minh: Client) -> None:
    case = a_case_in(State.IN_PROGRESS)
    stale = seen_on(page_of(minh, case))
    send(at_desk(cast.head()), case, "answer", outcome="not_ours", text="Đã trả lời trước.")
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


def test_the_inbox_pages_through_every_case_once(minh: Client) -> None:
    numbers = {a_case_in(State.ASSIGNED, at=MONDAY + timedelta(minutes=n)).number for n in range(5)}
    first = queries.desk_inbox(cast.minh(), after="", limit=3, at=MONDAY)
    page = text_of(minh.get("/desk/", {"after": first.next or ""}))
    shown = {row.number for row in first.rows}
    assert {number for number in numbers if number in page} == numbers - shown


def test_a_number_typed_into_the_search_finds_its_case(minh: Client) -> None:
    one, other = a_case_in(State.ASSIGNED), a_case_in(State.ASSIGNED)
    page = text_of(minh.get("/desk/", {"tab": "all", "q": one.number.lower()}))
    assert one.number in page
    assert other.number not in page


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
    current = [tab["label"] for tab in page.context["tabs"] if tab["current"]]
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
