"""A case split and joined at the centre's desk, and what each of its agencies sees."""

from typing import Any

import pytest
from django.test import Client

from hues.engines.cases import actions, queries
from hues.engines.cases.rules.workflow import State
from hues.engines.cases.testing import Known, a_case_in, a_proof, answered_part, part
from hues.kernel.agencies import testing as cast
from hues.kit.clock import now
from hues.surfaces.desks.testing import at_desk, seen_on, text_of

pytestmark = pytest.mark.django_db
OTHER = "ubnd-phu-xuan"
CUT, CHECK = "Cắt cành cây gãy chắn đường.", "Kiểm tra đường dây điện."


def page_of(browser: Client, number: str, door: str = "ops") -> str:
    return text_of(browser.get(f"/{door}/{number}/"))


def send(browser: Client, number: str, code: str, **typed: Any) -> Any:
    return browser.post(f"/ops/{number}/{code}/", {"seen": seen_on(page_of(browser, number)), **typed})


def rows(*said: tuple[str, str]) -> dict[str, str]:
    """Return the rows of the form: a code of an agency and what it is to do, each in its place."""
    filled = {}
    for turn, (code, task) in enumerate(said, start=1):
        filled[f"agency_{turn}"] = str(cast.an_agency(code).id) if code else ""
        filled[f"task_{turn}"] = task
    return filled


def state_of(case: Known) -> str:
    return queries.ops_case(cast.operator(), case.number, at=now()).state


def test_rows_that_are_left_empty_count_for_nothing(thao: Client) -> None:
    case = a_case_in(State.RECEIVED, at=now())
    answer = send(thao, case.number, "split", **rows((cast.WARD_OFFICE, CUT), ("", ""), (OTHER, CHECK)))
    assert (answer.status_code, answer.headers["Location"]) == (303, f"/ops/{case.number}/")
    page = page_of(thao, case.number)
    assert "còn chờ 2 trong 2" in page
    for words in (CUT, CHECK, f"{case.number}-1", f"{case.number}-2", "UBND phường Phú Xuân"):
        assert words in page


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ([(cast.WARD_OFFICE, CUT)], "Hãy chia thành hai đến sáu phần việc."),
        ([(cast.WARD_OFFICE, CUT), (cast.WARD_OFFICE, CHECK)], "Mỗi cơ quan chỉ nhận một phần"),
        ([(cast.WARD_OFFICE, CUT), ("", CHECK)], "Chọn một mục."),
        ([(cast.WARD_OFFICE, CUT), (OTHER, "")], "Hãy viết vài dòng vào đây."),
    ],
)
def test_a_split_that_lacks_something_keeps_what_was_typed(
    thao: Client, said: list[tuple[str, str]], sentence: str
) -> None:
    case = a_case_in(State.ASSIGNED, at=now())
    answer = send(thao, case.number, "split", **rows(*said))
    page = text_of(answer)
    assert answer.status_code == 422
    assert sentence in page
    for _code, task in said:
        assert task in page
    assert state_of(case) == State.ASSIGNED


def test_an_agency_sees_its_part_and_of_the_others_their_names(thao: Client) -> None:
    case = a_case_in(State.SPLIT, at=now())
    minh = at_desk(cast.minh())
    page = page_of(minh, f"{case.number}-1", "desk")
    assert f"Phần việc của {cast.WARD_OFFICE}." in page
    assert "Các phần khác: UBND phường Phú Xuân" in page
    assert f"Phần việc của {OTHER}." not in page
    assert f'/{case.number}/"' not in page
    for number in (case.number, f"{case.number}-2"):
        assert minh.get(f"/desk/{number}/").status_code == 404
    assert f"{case.number}-1" in text_of(minh.get("/desk/"))
    assert "/reporter/" not in page_of(thao, f"{case.number}-1")
    assert thao.post(f"/ops/{case.number}-1/reporter/", {"purpose": "Gọi lại để hỏi thêm."}).status_code == 404


def test_the_answers_are_read_together_edited_and_published(thao: Client) -> None:
    case = a_case_in(State.SPLIT, at=now())
    answered_part(case, 1, cast.WARD_OFFICE, text="Đã cắt cành.", at=now())
    assert case.number not in text_of(thao.get("/ops/?tab=review"))
    answered_part(case, 2, OTHER, text="Đường dây an toàn.", at=now())
    review = text_of(thao.get("/ops/?tab=review"))
    assert (f"/{case.number}/" in review, f"/{case.number}-1/" in review) == (True, False)
    page = page_of(thao, case.number)
    assert "2. UBND phường Phú Xuân:\nĐường dây an toàn." in page.replace("\r\n", "\n")
    assert f"/ops/{case.number}-2/?do=return" in page
    assert send(thao, case.number, "edit", text="Cành đã cắt, đường dây an toàn.").status_code == 303
    send(thao, case.number, "publish", public_text="Cây gãy.", public_address="")
    assert queries.public_case(case.number, at=now()).answer == "Cành đã cắt, đường dây an toàn."
    public = text_of(at_desk(cast.eve()).get(f"/f/field_reports/{case.number}/"))
    assert "Chia cho 2 cơ quan cùng xử lý" in public
    assert f"{case.number}-1" not in public


def test_a_part_is_sent_back_from_its_own_page(thao: Client) -> None:
    case = a_case_in(State.SPLIT, at=now())
    answered_part(case, 1, cast.WARD_OFFICE, text="Đã cắt cành.", at=now())
    answered_part(case, 2, OTHER, text="Đường dây an toàn.", at=now())
    assert send(thao, f"{case.number}-2", "return", text="Thiếu ảnh.").status_code == 303
    assert (state_of(case), part(case, 2, at=now()).version) == (State.SPLIT, 5)
    assert "còn chờ 1 trong 2" in page_of(thao, case.number)


def test_two_who_join_at_once_and_who_may_not(thao: Client) -> None:
    case = a_case_in(State.SPLIT, at=now())
    agency, seen = str(cast.an_agency("ubnd-kim-long").id), seen_on(page_of(thao, case.number))
    typed = {"seen": seen, "agency_id": agency, "text": "Một đơn vị làm được hết."}
    assert at_desk(cast.leader()).post(f"/ops/{case.number}/join/", typed).status_code == 403
    assert thao.post(f"/ops/{case.number}/join/", typed).status_code == 303
    late = thao.post(f"/ops/{case.number}/join/", typed)
    assert late.status_code == 409
    assert "Một đơn vị làm được hết." in text_of(late)
    assert state_of(case) == State.ASSIGNED
    assert "Dừng phần việc" in page_of(thao, f"{case.number}-1")


def test_the_reporter_reads_for_how_many_the_report_still_waits() -> None:
    case, lan = a_case_in(State.SPLIT, at=now()), at_desk(cast.lan())
    minh, first = cast.minh(), part(case, 1, at=now())
    taken = actions.take(case_id=first.id, by=minh, seen=first.version, at=now())
    actions.answer_case(
        case_id=first.id,
        text="Đã cắt cành.",
        outcome="not_ours",
        proof=a_proof(minh),
        by=minh,
        seen=taken.version,
        at=now(),
    )
    page = text_of(lan.get(f"/f/field_reports/{case.number}/"))
    assert "Chia cho 2 cơ quan cùng xử lý" in page
    assert "UBND phường Phú Xuân" in page
    assert "Còn chờ 1 trong 2 cơ quan" in page
    assert "Đã cắt cành." not in page
    assert lan.get(f"/f/field_reports/{case.number}-1/").status_code == 404
