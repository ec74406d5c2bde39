"""What was taken out stays out: in what is put together anew, in what is published anew, and in the search."""

from datetime import timedelta
from typing import Any

import pytest

from hues.engines.cases import actions, queries
from hues.engines.cases.models import Case, Step
from hues.engines.cases.rules.workflow import State
from hues.engines.cases.testing import MONDAY, WORDS, Known, a_case_in, a_proof
from hues.engines.cases.tests.covering import COVERED, NAMED, TUESDAY, answer_of, as_it_is, cover, found, internal_of
from hues.kernel.agencies import testing as cast
from hues.kernel.errors import Invalid
from hues.kernel.media import queries as media
from hues.kernel.media.testing import a_photo

pytestmark = pytest.mark.django_db


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
    moved = actions.reopen(
        case_id=case.id, text="Vẫn còn nguyên như trước khi sửa.", by=lan, seen=as_it_is(case.id).version, at=TUESDAY
    )
    moved = actions.take(case_id=case.id, by=minh, seen=moved.version, at=TUESDAY)
    actions.answer_case(
        case_id=case.id, text=text, outcome="not_ours", proof=a_proof(minh), by=minh, seen=moved.version, at=TUESDAY
    )
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


def test_covers_of_words_are_counted_and_those_of_photos_are_not() -> None:
    case, before = a_case_in(State.RECEIVED), queries.covers_of_words()
    Step.objects.create(case_id=case.id, seq=99, at=TUESDAY, verb="cover", side="ioc", facts={"what": "photo"})
    assert queries.covers_of_words() == before
    cover(case, 1, WORDS.replace(WORDS.split()[-1], "[…]"))
    assert queries.covers_of_words() == before + 1
