"""Names and numbers are covered in what was written: for everybody, by the search too, until it is undone."""

from typing import Any

import pytest
from django.test import Client

from hues.engines.cases import actions, queries
from hues.engines.cases.queries import CaseFilters
from hues.engines.cases.rules.workflow import State
from hues.engines.cases.testing import DAI_NOI, MONDAY, Known, a_case_in, part, split, the_city
from hues.kernel.agencies import testing as cast
from hues.kernel.consent import queries as consent
from hues.kernel.errors import NotAllowed
from hues.kit.clock import now
from hues.surfaces.desks.testing import at_desk, seen_on, text_of

pytestmark = pytest.mark.django_db
NAMED = "Ông Nguyễn Văn Thuyết ở kiệt 42 đổ xà bần ra đường."
COVERED = "[…] đổ xà bần ra đường."
COVERED_ANSWER = "Đã kiểm tra: đoạn này do […] quản lý, đã chuyển đơn vị đó."
WHY = "Công an phường cần biết người bị nêu tên."


def cover(browser: Client, case: Known, text: str = COVERED, seq: int = 1, seen: str = "") -> Any:
    """Send words from their page as it is now, or as it was."""
    where = f"/ops/{case.number}/words/{seq}/"
    return browser.post(where, {"seen": seen or seen_on(text_of(browser.get(where))), "text": text})


def found(case: Known) -> queries.DeskCase:
    return queries.ops_case(cast.operator(), case.number, at=now())


def findable(words: str, *, public: bool) -> bool:
    filters = CaseFilters(text=words)
    if public:
        return bool(queries.public_cases(filters, at=now()).rows)
    return bool(queries.ops_queue(cast.operator(), filters, at=now()).rows)


def test_a_report_is_covered_for_staff_its_writer_and_the_search(thao: Client) -> None:
    case = a_case_in(State.ASSIGNED, text=NAMED)
    assert findable("Thuyết", public=False)
    assert cover(thao, case).status_code == 302
    assert queries.desk_case(cast.minh(), case.number, at=now()).text == COVERED
    assert queries.my_case(cast.lan(), case.number, at=now()).text == COVERED
    assert not findable("Thuyết", public=False)
    assert findable("xà bần", public=False)
    assert "Thuyết" not in text_of(thao.get(f"/ops/{case.number}/words/1/"))


def test_a_published_report_and_its_answer_are_covered_for_everybody(thao: Client) -> None:
    case = a_case_in(State.PUBLISHED, text=NAMED)
    cover(thao, case)
    answer = next(step for step in found(case).timeline if step.verb == "answer")
    assert findable("Khu Quản lý", public=True)
    assert cover(thao, case, COVERED_ANSWER, seq=answer.seq).status_code == 302
    public = queries.public_case(case.number, at=now())
    assert (public.text, public.answer) == (COVERED, COVERED_ANSWER)
    assert not findable("Thuyết", public=True)
    assert not findable("Khu Quản lý", public=True)
    assert findable("xà bần", public=True)


def test_the_original_is_read_for_a_purpose_and_comes_back_with_a_reason(thao: Client) -> None:
    case = a_case_in(State.PUBLISHED, text=NAMED)
    where = f"/ops/{case.number}/words/1/"
    cover(thao, case)
    cover(thao, case, "[…] xà bần […]")
    page = text_of(thao.get(where))
    assert "Cần đọc nguyên văn để làm gì?" in page
    assert "ảnh gốc" not in page
    assert thao.post(where + "original/", {"purpose": "xem"}).status_code == 422
    assert NAMED in text_of(thao.post(where + "original/", {"purpose": WHY}))
    lan = cast.lan()
    assert lan.person_id is not None
    assert [looked.purpose for looked in consent.accesses_of(lan.person_id)] == [WHY]
    assert thao.post(where + "uncover/", {"reason": ""}).status_code == 422
    assert thao.post(where + "uncover/", {"reason": "Che nhầm."}).status_code == 302
    assert queries.public_case(case.number, at=now()).text == NAMED
    assert findable("Thuyết", public=True)
    assert thao.post(where + "uncover/", {"reason": "Che nhầm."}).status_code == 409


def test_what_was_published_meanwhile_stays_as_it_was_checked(thao: Client) -> None:
    case = a_case_in(State.ANSWERED, text=NAMED)
    cover(thao, case)
    seen = found(case).version
    actions.publish(case_id=case.id, public_text=COVERED, by=cast.operator(), seen=seen, at=MONDAY)
    thao.post(f"/ops/{case.number}/words/1/uncover/", {"reason": "Cán bộ cần biết địa chỉ."})
    assert found(case).text == NAMED
    assert queries.public_case(case.number, at=now()).text == COVERED
    assert not findable("Thuyết", public=True)


def test_of_two_who_cover_the_same_words_the_slower_is_told_and_keeps_them(thao: Client) -> None:
    case = a_case_in(State.ASSIGNED, text=NAMED)
    stale = seen_on(text_of(thao.get(f"/ops/{case.number}/words/1/")))
    cover(at_desk(cast.duty_leader()), case, "[…] đổ xà bần […]")
    late = cover(thao, case, COVERED, seen=stale)
    assert late.status_code == 409
    assert COVERED in text_of(late)
    assert found(case).text == "[…] đổ xà bần […]"


@pytest.mark.parametrize(
    "text",
    ["", "   ", NAMED, "x" * 4001, "Ông Thuyết không đổ gì cả."],
    ids=["none", "blank", "same", "long", "other words"],
)
def test_words_that_cover_nothing_are_refused(thao: Client, text: str) -> None:
    case = a_case_in(State.ASSIGNED, text=NAMED)
    assert cover(thao, case, text).status_code == 422
    assert found(case).text == NAMED


def test_steps_without_words_and_other_people_have_nothing_to_cover(thao: Client) -> None:
    case = a_case_in(State.ASSIGNED, text=NAMED)
    assert thao.get(f"/ops/{case.number}/words/2/").status_code == 404
    assert thao.get(f"/ops/{case.number}/words/99/").status_code == 404
    agency = at_desk(cast.minh())
    assert agency.get(f"/ops/{case.number}/words/1/").status_code == 403
    assert "/words/" not in text_of(agency.get(f"/desk/{case.number}/"))
    with pytest.raises(NotAllowed):
        actions.cover_words(
            case_id=case.id, seq=1, texts={"text": COVERED}, by=cast.minh(), seen=case.version, at=now()
        )
    with pytest.raises(NotAllowed):
        actions.see_words(case_id=case.id, seq=1, purpose=WHY, by=cast.minh(), at=now())


def test_the_page_of_a_part_covers_what_its_agency_is_to_do_and_leads_to_the_words_of_the_whole(thao: Client) -> None:
    case = split(a_case_in(State.RECEIVED, text=NAMED))
    first = part(case, 1)
    page = text_of(thao.get(f"/ops/{first.number}/"))
    assert f"/ops/{first.number}/words/1/" in page
    assert f"/ops/{case.number}/words/1/" in page
    where = f"/ops/{first.number}/words/1/"
    answer = thao.post(where, {"seen": seen_on(text_of(thao.get(where))), "task": "Phần việc của […]."})
    assert answer.status_code == 302
    assert queries.desk_case(cast.minh(), first.number, at=now()).task == "Phần việc của […]."


def test_the_address_and_what_was_typed_are_on_the_page_each_in_its_field(thao: Client) -> None:
    the_city()
    typed = {"pole": "trước nhà bà Gái"}
    case = actions.open_case(category="lights-out", text=NAMED, place=DAI_NOI, answers=typed, by=cast.lan(), at=MONDAY)
    where = f"/ops/{case.number}/words/1/"
    page = text_of(thao.get(where))
    assert "Số cột đèn" in page
    sent = {"seen": seen_on(page), "text": NAMED, "address": "[…], Phú Xuân", "answer:pole": "trước nhà [...]"}
    assert thao.post(where, sent).status_code == 302
    seen = queries.ops_case(cast.operator(), case.number, at=now())
    assert (seen.text, seen.address, seen.answers) == (NAMED, "[…], Phú Xuân", {"pole": "trước nhà […]"})
    assert "trước nhà bà Gái" in text_of(thao.post(where + "original/", {"purpose": WHY}))


def test_a_note_has_its_way_to_be_covered_in_the_history(thao: Client) -> None:
    case = a_case_in(State.RECEIVED)
    operator = cast.operator()
    moved = actions.note(case_id=case.id, text="Bà Sáu gọi lại rồi.", by=operator, seen=case.version, at=MONDAY)
    where = f"/ops/{case.number}/words/{moved.version}/"
    assert where in text_of(thao.get(f"/ops/{case.number}/"))
    assert "Bà Sáu gọi lại rồi." in text_of(thao.get(where))
    seen = found(case).version
    assert thao.post(where, {"internal": "[…] gọi lại rồi.", "seen": seen}).status_code == 302
    assert "Bà Sáu" not in text_of(thao.get(f"/ops/{case.number}/"))
