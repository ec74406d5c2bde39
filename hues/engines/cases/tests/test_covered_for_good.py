"""What was taken out stays out: in what is put together anew, in what is published anew, and in the search."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from hues.engines.cases import actions, queries
from hues.engines.cases.models import Case, Step
from hues.engines.cases.queries import CaseFilters
from hues.engines.cases.rules.workflow import State
from hues.engines.cases.testing import MONDAY, Known, a_case_in, answered_part, part, split
from hues.engines.cases.testing import a_case as opened
from hues.kernel.agencies import testing as cast
from hues.kernel.errors import Invalid
from hues.kernel.media import queries as media
from hues.kernel.media.testing import a_photo

pytestmark = pytest.mark.django_db
TUESDAY = MONDAY + timedelta(days=1)
OTHER = "ubnd-phu-xuan"
NAMED, COVERED = "Đã nhắc ông Tôn Thất Đạm dọn sạch.", "Đã nhắc chủ nhà dọn sạch."


def as_it_is(case_id: UUID) -> Known:
    row = Case.objects.get(pk=case_id)
    return Known(id=row.pk, number=row.number, version=row.version)


def cover(case: Known, seq: int, text: str) -> None:
    seen = as_it_is(case.id).version
    actions.cover_words(case_id=case.id, seq=seq, text=text, by=cast.operator(), seen=seen, at=TUESDAY)


def answer_of(case: Known) -> tuple[int, str]:
    """Return the step with the last answer of a case, and its words."""
    steps = [step for step in queries.ops_case(cast.operator(), case.number, at=TUESDAY).timeline if step.text]
    return steps[-1].seq, steps[-1].text


def found(words: str) -> int:
    return len(queries.public_cases(CaseFilters(text=words), at=TUESDAY).rows)


def test_a_name_covered_in_a_part_is_covered_in_the_whole_and_stays_so_when_it_is_put_together_anew() -> None:
    case, operator = split(opened()), cast.operator()
    answered_part(case, 1, cast.WARD_OFFICE, text=NAMED)
    answered_part(case, 2, OTHER, text="Đã cắt cành.")
    seq, gathered = answer_of(as_it_is(case.id))
    assert NAMED in gathered
    with pytest.raises(Invalid):
        cover(case, seq, gathered.replace(NAMED, COVERED))
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


def answered_again(case: Known, text: str) -> Known:
    """Have a published case reopened and answered with other words."""
    lan, minh = cast.lan(), cast.minh()
    moved = actions.reopen(case_id=case.id, text="Vẫn còn.", by=lan, seen=as_it_is(case.id).version, at=TUESDAY)
    moved = actions.take(case_id=case.id, by=minh, seen=moved.version, at=TUESDAY)
    actions.answer_case(case_id=case.id, text=text, outcome="not_ours", by=minh, seen=moved.version, at=TUESDAY)
    return as_it_is(case.id)


def test_covering_words_makes_no_answer_findable_that_nobody_has_checked_yet() -> None:
    case = answered_again(a_case_in(State.PUBLISHED), "Chuyện riêng của bà Công Tằng Tôn Nữ.")
    cover(case, 1, "Ổ gà ở một con kiệt.")
    assert found("cong tang ton nu") == 0
    assert found("mot con kiet") == 1


def test_uncovering_brings_back_nothing_that_a_later_publication_left_out() -> None:
    case, operator = a_case_in(State.PUBLISHED), cast.operator()
    cover(case, 1, "Ổ gà ở một con kiệt.")
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
