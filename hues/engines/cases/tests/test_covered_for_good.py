"""What was taken out stays out: in what is put together anew, in what is published anew, and in the search."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from hues.engines.cases import actions, queries
from hues.engines.cases.models import Case, Step
from hues.engines.cases.queries import CaseFilters
from hues.engines.cases.rules.workflow import State
from hues.engines.cases.testing import MONDAY, WORDS, Known, a_case_in, answered_part, part, split
from hues.engines.cases.testing import a_case as opened
from hues.kernel.agencies import testing as cast
from hues.kernel.errors import Invalid, Stale
from hues.kernel.media import queries as media
from hues.kernel.media.testing import a_photo
from hues.kernel.people.asker import Asker

pytestmark = pytest.mark.django_db
TUESDAY = MONDAY + timedelta(days=1)
OTHER = "ubnd-phu-xuan"
NAMED, COVERED = "Đã nhắc ông Tôn Thất Đạm dọn sạch.", "Đã nhắc […] dọn sạch."


def as_it_is(case_id: UUID) -> Known:
    row = Case.objects.get(pk=case_id)
    return Known(id=row.pk, number=row.number, version=row.version)


def cover(case: Known, seq: int, text: str, name: str = queries.TEXT) -> None:
    seen = as_it_is(case.id).version
    actions.cover_words(case_id=case.id, seq=seq, texts={name: text}, by=cast.operator(), seen=seen, at=TUESDAY)


def answer_of(case: Known) -> tuple[int, str]:
    """Return the step with the last answer of a case, and its words."""
    steps = [step for step in queries.ops_case(cast.operator(), case.number, at=TUESDAY).timeline if step.text]
    return steps[-1].seq, steps[-1].text


def found(words: str) -> int:
    return len(queries.public_cases(CaseFilters(text=words), at=TUESDAY).rows)


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
    given: dict[str, Any] = {"text": "Đã cắt cành, đã dọn.", "outcome": "not_ours"}
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


def test_an_address_is_covered_for_everybody_after_it_was_published_and_comes_back_with_a_reason() -> None:
    case, operator = a_case_in(State.PUBLISHED), cast.operator()
    assert found("23 thang 8") == 1
    cover(case, 1, "[…], Phú Xuân", queries.ADDRESS)
    seen_by_staff = queries.ops_case(operator, case.number, at=TUESDAY)
    assert (seen_by_staff.address, seen_by_staff.public_address) == ("[…], Phú Xuân", "[…], Phú Xuân")
    assert queries.public_case(case.number, at=TUESDAY).address == "[…], Phú Xuân"
    assert queries.my_case(cast.lan(), case.number, at=TUESDAY).address == "[…], Phú Xuân"
    assert found("23 thang 8") == 0
    purpose = "Công an cần biết số nhà bị che."
    original = actions.see_words(case_id=case.id, seq=1, purpose=purpose, by=operator, at=TUESDAY)
    assert set(original.values()) == {"23 Tháng 8, Phú Xuân"}
    actions.uncover_words(
        case_id=case.id, seq=1, reason="Đây là cơ quan, không phải nhà riêng.", by=operator, at=TUESDAY
    )
    assert queries.public_case(case.number, at=TUESDAY).address == "23 Tháng 8, Phú Xuân"
    assert found("23 thang 8") == 1


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


@pytest.mark.parametrize(
    "said", ["Ổ gà nhỏ.", "Ổ gà sâu ngay trước cổng, xe máy tránh rất dễ.", WORDS + " […]", "[…]" + WORDS, "", WORDS]
)
def test_nobody_can_change_what_a_citizen_said_by_covering_it(said: str) -> None:
    case = a_case_in(State.PUBLISHED)
    with pytest.raises(Invalid):
        cover(case, 1, said)
    assert queries.public_case(case.number, at=TUESDAY).text == WORDS
    assert as_it_is(case.id).version == case.version


def test_blanks_that_no_form_sends_back_are_no_change() -> None:
    case = a_case_in(State.PUBLISHED)
    Case.objects.filter(id=case.id).update(text=f"{WORDS}  \n", address="  23 Tháng 8, Phú Xuân")
    with pytest.raises(Invalid):
        cover(case, 1, WORDS)
    texts = {queries.TEXT: WORDS.replace("xe máy", "[…]"), queries.ADDRESS: "23 Tháng 8, Phú Xuân"}
    seen = as_it_is(case.id).version
    actions.cover_words(case_id=case.id, seq=1, texts=texts, by=cast.operator(), seen=seen, at=TUESDAY)
    assert queries.public_case(case.number, at=TUESDAY).text == WORDS.replace("xe máy", "[…]")


def test_what_was_published_in_other_words_is_covered_in_both() -> None:
    case, operator = a_case_in(State.ANSWERED), cast.operator()
    short = "Ổ gà trước cổng, xe máy tránh rất nguy hiểm."
    actions.publish(case_id=case.id, public_text=short, by=operator, seen=case.version, at=MONDAY)
    cover(case, 1, "Ổ gà trước cổng, […] tránh rất nguy hiểm.", queries.PUBLIC_TEXT)
    assert queries.public_case(case.number, at=TUESDAY).text == "Ổ gà trước cổng, […] tránh rất nguy hiểm."
    assert queries.desk_case(cast.minh(), case.number, at=TUESDAY).text == WORDS.replace("xe máy", "[…]")


def answered_again(case: Known, text: str) -> Known:
    """Have a published case reopened and answered with other words."""
    lan, minh = cast.lan(), cast.minh()
    moved = actions.reopen(case_id=case.id, text="Vẫn còn.", by=lan, seen=as_it_is(case.id).version, at=TUESDAY)
    moved = actions.take(case_id=case.id, by=minh, seen=moved.version, at=TUESDAY)
    actions.answer_case(case_id=case.id, text=text, outcome="not_ours", by=minh, seen=moved.version, at=TUESDAY)
    return as_it_is(case.id)


def test_covering_words_makes_no_answer_findable_that_nobody_has_checked_yet() -> None:
    case = answered_again(a_case_in(State.PUBLISHED), "Chuyện riêng của bà Công Tằng Tôn Nữ.")
    cover(case, 1, "Ổ gà sâu […], xe máy tránh rất nguy hiểm.")
    assert found("cong tang ton nu") == 0
    assert found("rat nguy hiem") == 1


def test_uncovering_brings_back_nothing_that_a_later_publication_left_out() -> None:
    case, operator = a_case_in(State.PUBLISHED), cast.operator()
    cover(case, 1, "Ổ gà sâu […], xe máy tránh rất nguy hiểm.")
    again = answered_again(case, "Đã vá.")
    later = TUESDAY + timedelta(hours=1)
    actions.publish(case_id=case.id, public_text="Ổ gà.", by=operator, seen=again.version, at=later)
    actions.uncover_words(case_id=case.id, seq=1, reason="Không phải tên người.", by=operator, at=later)
    assert queries.public_case(case.number, at=later).text == "Ổ gà."


def test_an_answer_longer_than_a_report_can_be_covered() -> None:
    case = a_case_in(State.PUBLISHED)
    seq, _ = answer_of(case)
    long = "Một câu dài của lời đáp. " * 400
    Step.objects.filter(case_id=case.id, seq=seq).update(public_text=long + NAMED)
    cover(case, seq, long + COVERED)
    assert answer_of(case)[1].endswith(COVERED)


def test_a_photo_left_out_of_a_second_publication_is_public_no_longer() -> None:
    photo = a_photo(by=cast.lan().person_id, at=MONDAY, seed=3).id
    case, operator = a_case_in(State.PUBLISHED, photos=(photo,)), cast.operator()
    assert media.photo(photo).is_public
    again = answered_again(case, "Đã vá.")
    actions.publish(case_id=case.id, hidden_photos=[photo], by=operator, seen=again.version, at=TUESDAY)
    assert not media.photo(photo).is_public


def test_what_was_typed_in_answer_to_a_question_stays_with_the_city() -> None:
    case = a_case_in(State.PUBLISHED, category="lights-out")
    typed = {"pole": "gọi anh Đạm 0905111222"}
    Case.objects.filter(id=case.id).update(answers=typed)
    assert queries.public_case(case.number, at=TUESDAY).answers == {}
    assert queries.ops_case(cast.operator(), case.number, at=TUESDAY).answers == typed
    Case.objects.filter(id=case.id).update(category="drainage-flooded", answers={"depth": "knee", "pole": "Đạm"})
    assert queries.public_case(case.number, at=TUESDAY).answers == {"depth": "knee"}


def internal_of(case: Known, by: Asker) -> list[str]:
    read = queries.ops_case if by.in_ioc else queries.desk_case
    return [step.internal for step in read(by, case.number, at=TUESDAY).timeline if step.internal]


def test_what_staff_wrote_for_staff_is_covered_too_and_comes_back() -> None:
    case, minh = a_case_in(State.IN_PROGRESS), cast.minh()
    reason, left = "Bà Lê Thị Sáu đã tự dọn, không còn gì.", "Bà […] đã tự dọn, không còn gì."
    moved = actions.give_back(case_id=case.id, reason=reason, by=minh, seen=case.version, at=TUESDAY)
    assert queries.words_to_cover(cast.operator(), case.number, moved.version) == {queries.INTERNAL: reason}
    cover(case, moved.version, left, queries.INTERNAL)
    assert left in internal_of(case, cast.operator())
    assert "Lê Thị Sáu" not in repr(queries.ops_case(cast.operator(), case.number, at=TUESDAY))
    look: dict[str, Any] = {"purpose": "Kiểm tra theo đơn khiếu nại", "by": cast.operator(), "at": TUESDAY}
    assert actions.see_words(case_id=case.id, seq=moved.version, **look) == {queries.INTERNAL: reason}
    later = TUESDAY + timedelta(hours=1)
    actions.uncover_words(case_id=case.id, seq=moved.version, reason="Che nhầm.", by=cast.operator(), at=later)
    assert reason in internal_of(case, cast.operator())


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


def test_covers_of_words_are_counted_and_those_of_photos_are_not() -> None:
    case, before = a_case_in(State.RECEIVED), queries.covers_of_words()
    Step.objects.create(case_id=case.id, seq=99, at=TUESDAY, verb="cover", side="ioc", facts={"what": "photo"})
    assert queries.covers_of_words() == before
    cover(case, 1, WORDS.replace(WORDS.split()[-1], "[…]"))
    assert queries.covers_of_words() == before + 1
