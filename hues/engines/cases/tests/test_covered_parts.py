"""What was taken out of a split report stays out of its parts, and of the whole that is put together anew."""

from datetime import timedelta
from typing import Any

import pytest

from hues.engines.cases import actions, queries
from hues.engines.cases.models import Case, Step
from hues.engines.cases.queries import CaseFilters
from hues.engines.cases.testing import Known, a_proof, answered_part, part, split
from hues.engines.cases.testing import a_case as opened
from hues.engines.cases.tests.covering import COVERED, NAMED, TUESDAY, answer_of, as_it_is, cover, found, internal_of
from hues.kernel.agencies import testing as cast
from hues.kernel.errors import Stale

pytestmark = pytest.mark.django_db
OTHER = "ubnd-phu-xuan"


def a_whole_of_two() -> Known:
    """Return a case that two agencies have answered; the first one names somebody."""
    case = split(opened())
    answered_part(case, 1, cast.WARD_OFFICE, text=NAMED)
    answered_part(case, 2, OTHER, text="Đã cắt cành.")
    return as_it_is(case.id)


def answer_of_part(case: Known, turn: int) -> str:
    return answer_of(part(case, turn))[1]


def test_a_name_covered_in_a_part_is_covered_in_the_whole_and_stays_so_when_it_is_put_together_anew() -> None:
    case, operator = a_whole_of_two(), cast.operator()
    assert NAMED in answer_of(case)[1]
    first = part(case, 1)
    cover(first, answer_of(first)[0], COVERED)
    assert COVERED in answer_of(case)[1]
    second = part(case, 2)
    actions.return_answer(case_id=second.id, reason="Chưa rõ.", by=operator, seen=second.version, at=TUESDAY)
    second, worker = part(case, 2), cast.worker(OTHER)
    given: dict[str, Any] = {"text": "Đã cắt cành, đã dọn.", "outcome": "not_ours", "proof": a_proof(worker)}
    actions.answer_case(case_id=second.id, by=worker, seen=second.version, at=TUESDAY, **given)
    whole = as_it_is(case.id)
    actions.publish(case_id=whole.id, by=operator, seen=whole.version, at=TUESDAY)
    shown = queries.public_case(case.number, at=TUESDAY)
    assert COVERED in shown.answer
    assert "Tôn Thất Đạm" not in shown.answer
    assert found("ton that dam") == 0


@pytest.mark.parametrize("edited", [False, True])
def test_a_name_covered_in_what_was_published_of_the_whole_is_covered_at_its_agency_too(*, edited: bool) -> None:
    case, operator = a_whole_of_two(), cast.operator()
    if edited:
        words = "Các bên báo: đã nhắc ông Tôn Thất Đạm, cành cây đã cắt."
        actions.edit_answer(case_id=case.id, text=words, by=operator, seen=case.version, at=TUESDAY)
        case = as_it_is(case.id)
    actions.publish(case_id=case.id, by=operator, seen=case.version, at=TUESDAY)
    seq, text = answer_of(case)
    cover(case, seq, text.replace("ông Tôn Thất Đạm", "[…]"))
    assert answer_of_part(case, 1) == COVERED
    assert answer_of_part(case, 2) == "Đã cắt cành."
    assert queries.desk_case(cast.minh(), f"{case.number}-1", at=TUESDAY).answer == COVERED
    assert "Tôn Thất Đạm" not in repr(queries.ops_case(operator, case.number, at=TUESDAY))
    later = TUESDAY + timedelta(hours=1)
    actions.uncover_words(case_id=case.id, seq=seq, reason="Không phải tên người.", by=operator, at=later)
    assert answer_of(case)[1] == text
    assert answer_of_part(case, 1) == NAMED


def test_what_was_covered_at_the_agency_by_itself_stays_when_the_whole_is_uncovered() -> None:
    case, operator = a_whole_of_two(), cast.operator()
    words = "Các bên báo: đã nhắc ông Tôn Thất Đạm, cành cây đã cắt."
    actions.edit_answer(case_id=case.id, text=words, by=operator, seen=case.version, at=TUESDAY)
    first, (seq, text) = part(case, 1), answer_of(case)
    cover(case, seq, text.replace("ông Tôn Thất Đạm", "[…]"))
    cover(first, answer_of(first)[0], "Đã nhắc […] dọn […].")
    actions.uncover_words(case_id=case.id, seq=seq, reason="Không phải tên người.", by=operator, at=TUESDAY)
    assert answer_of(case)[1] == words
    assert answer_of_part(case, 1) == "Đã nhắc […] dọn […]."


def test_whoever_edits_the_answer_of_the_whole_is_told_that_a_part_of_it_was_covered() -> None:
    case = a_whole_of_two()
    first = part(case, 1)
    cover(first, answer_of(first)[0], COVERED)
    with pytest.raises(Stale):
        actions.edit_answer(case_id=case.id, text=NAMED, by=cast.operator(), seen=case.version, at=TUESDAY)


def test_address_and_what_was_typed_are_covered_at_the_agencies_that_have_parts() -> None:
    new = opened(category="lights-out")
    Case.objects.filter(id=new.id).update(answers={"pole": "gọi anh Đạm 0905111222"})
    case = split(new)
    cover(case, 1, "[…], Phú Xuân", queries.ADDRESS)
    cover(case, 1, "gọi […]", f"{queries.ANSWER}pole")
    one = queries.desk_case(cast.minh(), f"{case.number}-1", at=TUESDAY)
    assert (one.address, one.answers) == ("[…], Phú Xuân", {"pole": "gọi […]"})
    assert queries.ops_case(cast.operator(), case.number, at=TUESDAY).answers == {"pole": "gọi […]"}
    assert not queries.desk_inbox(cast.minh(), CaseFilters(text="23 thang 8"), at=TUESDAY).rows
    actions.uncover_words(case_id=case.id, seq=1, reason="Che nhầm cả hai.", by=cast.operator(), at=TUESDAY)
    one = queries.desk_case(cast.minh(), f"{case.number}-1", at=TUESDAY)
    assert (one.address, one.answers) == ("23 Tháng 8, Phú Xuân", {"pole": "gọi anh Đạm 0905111222"})


def test_what_an_agency_is_to_do_is_covered_in_its_part_and_its_history() -> None:
    case, operator = split(opened()), cast.operator()
    first = part(case, 1)
    task = queries.ops_case(operator, first.number, at=TUESDAY).task
    cover(first, 1, task.replace(cast.WARD_OFFICE, "[…]"), queries.TASK)
    for seen_by in (cast.minh(), operator):
        find = queries.desk_case if seen_by == cast.minh() else queries.ops_case
        assert cast.WARD_OFFICE not in repr(find(seen_by, first.number, at=TUESDAY).timeline)
        assert find(seen_by, first.number, at=TUESDAY).task == "Phần việc của […]."
    assert queries.ops_case(operator, case.number, at=TUESDAY).parts[0].task == "Phần việc của […]."
    actions.uncover_words(case_id=first.id, seq=1, reason="Không phải tên người.", by=operator, at=TUESDAY)
    assert queries.desk_case(cast.minh(), first.number, at=TUESDAY).task == task


def test_the_task_of_a_part_is_covered_with_the_words_that_gave_it_and_back() -> None:
    case = split(opened())
    first = part(case, 1)
    task = Case.objects.get(pk=first.id).task
    seq = Step.objects.get(case_id=first.id, internal_text=task).seq
    word = max(task.split(), key=len)
    cover(first, seq, task.replace(word, "[…]", 1), queries.INTERNAL)
    assert Case.objects.get(pk=first.id).task == task.replace(word, "[…]", 1)
    actions.uncover_words(case_id=first.id, seq=seq, reason="Che nhầm.", by=cast.operator(), at=TUESDAY)
    assert Case.objects.get(pk=first.id).task == task


def test_a_reason_that_was_passed_on_to_the_parts_is_covered_there_and_comes_back() -> None:
    case, operator = split(opened()), cast.operator()
    parts = [part(case, turn) for turn in (1, 2)]
    reason, left = "Ông Hồ Bốn chịu làm hết.", "Ông […] chịu làm hết."
    office = cast.an_agency().id
    moved = actions.join(
        case_id=case.id, agency_id=office, reason=reason, by=operator, seen=as_it_is(case.id).version, at=TUESDAY
    )
    cover(case, moved.version, left, queries.INTERNAL)
    assert not Step.objects.filter(internal_text__contains="Hồ Bốn").exists()
    assert [left in internal_of(one, operator) for one in parts] == [True, True]
    later = TUESDAY + timedelta(hours=1)
    actions.uncover_words(case_id=case.id, seq=moved.version, reason="Che nhầm.", by=operator, at=later)
    assert [reason in internal_of(one, operator) for one in parts] == [True, True]
