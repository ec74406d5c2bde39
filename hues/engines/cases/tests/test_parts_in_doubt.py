"""Where a split case meets doubted proof, links and covered words: what holds for a part, what for the whole."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from hues.engines.cases import actions, queries
from hues.engines.cases.models import Case
from hues.engines.cases.rules.passes import Standing
from hues.engines.cases.rules.workflow import State
from hues.engines.cases.testing import MONDAY, Known, a_case, a_proof, answered_part, part, routed, split
from hues.kernel.agencies import actions as agencies
from hues.kernel.agencies import testing as cast
from hues.kernel.delivery.queries import texts_to
from hues.kernel.errors import Invalid
from hues.kernel.journal.testing import drain
from hues.kernel.media.testing import a_photo

pytestmark = pytest.mark.django_db
TUESDAY = MONDAY + timedelta(days=1)
OTHER = "ubnd-phu-xuan"
WHY = "Ảnh của bên báo tin, chụp đúng chỗ đã sửa."
OFFICE = "+84905111222"


def a_part_with_old_proof() -> Known:
    """Return a split case, all answered; the first part showed the very picture that its report came with."""
    lan, minh = cast.lan(), cast.minh()
    shown = a_photo(by=lan.person_id, at=MONDAY, seed=7)
    case = split(a_case(by=lan, photos=(shown.id,)))
    first = part(case, 1)
    moved = actions.take(case_id=first.id, by=minh, seen=first.version, at=MONDAY)
    again: UUID = a_photo(by=minh.person_id, at=MONDAY, seed=7).id
    given: dict[str, Any] = {
        "text": "Đã vá xong.",
        "outcome": "fixed",
        "proof": [again],
        "by": minh,
        "seen": moved.version,
    }
    with pytest.raises(Invalid):
        actions.answer_case(case_id=first.id, at=MONDAY, **given)
    actions.answer_case(case_id=first.id, at=MONDAY, despite=WHY, **given)
    answered_part(case, 2, OTHER, text="Đã cắt cành cây.")
    return as_it_is(case)


def as_it_is(case: Known) -> Known:
    row = Case.objects.get(pk=case.id)
    return Known(id=row.pk, number=row.number, version=row.version)


def test_what_is_doubted_of_a_part_holds_the_whole_back_until_the_centre_says_why_not() -> None:
    case, operator = a_part_with_old_proof(), cast.operator()
    assert [doubt.pending for doubt in queries.ops_case(operator, case.number, at=TUESDAY).doubts] == [True]
    with pytest.raises(Invalid):
        actions.publish(case_id=case.id, by=operator, seen=case.version, at=TUESDAY)
    assert queries.ops_case(operator, case.number, at=TUESDAY).state == State.ANSWERED
    actions.publish(case_id=case.id, despite=WHY, by=operator, seen=case.version, at=TUESDAY)
    published = queries.ops_case(operator, case.number, at=TUESDAY)
    assert published.state == State.PUBLISHED
    assert [doubt.pending for doubt in published.doubts] == [False]


def test_a_doubt_says_if_the_photo_is_of_the_same_report_and_of_a_strangers_part_no_number() -> None:
    case, operator, minh = a_part_with_old_proof(), cast.operator(), cast.minh()
    own = queries.desk_case(minh, f"{case.number}-1", at=TUESDAY).doubts
    assert [(doubt.number, doubt.of_same) for doubt in own] == [(f"{case.number}-1", True)]
    other = cast.worker(OTHER)
    same_proof = a_photo(by=other.person_id, at=MONDAY, seed=7).id
    (doubt,) = queries.doubts_about(other, part(case, 2).id, [same_proof])
    assert (doubt.number, doubt.of_same) == (f"{case.number}-2", True)
    shown = a_photo(by=minh.person_id, at=MONDAY, seed=8)
    theirs = split(a_case())
    first = part(theirs, 1)
    moved = actions.take(case_id=first.id, by=minh, seen=first.version, at=MONDAY)
    given: dict[str, Any] = {"text": "Đã vá xong.", "outcome": "fixed", "proof": [shown.id], "seen": moved.version}
    actions.answer_case(case_id=first.id, by=minh, at=MONDAY, **given)
    copy = a_photo(by=other.person_id, at=MONDAY, seed=8).id
    (doubt,) = queries.doubts_about(other, part(theirs, 2).id, [copy])
    assert (doubt.number, doubt.alike, doubt.of_same) == ("", None, True)
    (doubt,) = queries.doubts_about(operator, part(theirs, 2).id, [copy])
    assert (doubt.number, doubt.of_same) == (first.number, True)
    (doubt,) = queries.doubts_about(operator, a_case().id, [copy])
    assert (doubt.number, doubt.of_same) == (first.number, False)


def test_a_case_that_is_joined_again_carries_no_doubt_of_its_parts() -> None:
    lan, minh, operator = cast.lan(), cast.minh(), cast.operator()
    shown = a_photo(by=lan.person_id, at=MONDAY, seed=7)
    case = split(a_case(by=lan, photos=(shown.id,)))
    first = part(case, 1)
    moved = actions.take(case_id=first.id, by=minh, seen=first.version, at=MONDAY)
    again = [a_photo(by=minh.person_id, at=MONDAY, seed=7).id]
    actions.answer_case(
        case_id=first.id,
        text="Đã vá.",
        outcome="fixed",
        proof=again,
        despite=WHY,
        by=minh,
        seen=moved.version,
        at=MONDAY,
    )
    whole = as_it_is(case)
    office = cast.an_agency()
    actions.join(case_id=whole.id, agency_id=office.id, by=operator, seen=whole.version, at=MONDAY)
    whole = as_it_is(case)
    moved = actions.take(case_id=whole.id, by=minh, seen=whole.version, at=MONDAY)
    moved = actions.answer_case(
        case_id=whole.id,
        text="Đã làm cả.",
        outcome="not_ours",
        proof=a_proof(minh),
        by=minh,
        seen=moved.version,
        at=MONDAY,
    )
    moved = actions.publish(case_id=whole.id, by=operator, seen=moved.version, at=TUESDAY)
    assert moved.state == State.PUBLISHED


def links() -> list[str]:
    """Return the secrets of the links that the office got, the newest first."""
    return [text.body.rpartition("/pass/")[2].split("/")[0] for text in texts_to(OFFICE) if "/pass/" in text.body]


def test_a_link_to_the_whole_closes_when_it_is_split_and_the_part_has_one_of_its_own() -> None:
    office = cast.an_agency()
    agencies.send_links_to(agency_id=office.id, address=OFFICE, at=MONDAY)
    case = routed(a_case())
    drain()
    (whole,) = links()
    split(case)
    drain()
    assert queries.pass_of(whole, at=MONDAY).standing != Standing.OPEN
    newest = queries.pass_of(links()[0], at=MONDAY)
    assert (newest.number, newest.standing) == (f"{case.number}-1", Standing.OPEN)
    seen = queries.passed_case(newest.asker, at=MONDAY)
    assert seen.parts == ()
    assert seen.whole is not None
    assert not seen.whole.may_open
    moved = actions.take(case_id=seen.id, by=newest.asker, seen=seen.version, at=MONDAY)
    actions.answer_case(
        case_id=seen.id,
        text="Đã xong.",
        outcome="not_ours",
        proof=a_proof(newest.asker),
        by=newest.asker,
        seen=moved.version,
        at=MONDAY,
    )
    assert queries.pass_of(links()[0], at=MONDAY).standing == Standing.OVER


def test_a_name_that_is_covered_is_covered_on_the_parts_too_and_the_work_is_still_found() -> None:
    operator, minh = cast.operator(), cast.minh()
    case = split(a_case(text="Nhà ông Tôn Thất Đạm đổ xà bần ra kiệt."))
    covered = "Nhà […] đổ xà bần ra kiệt."
    actions.cover_words(case_id=case.id, seq=1, texts={"text": covered}, by=operator, seen=case.version, at=MONDAY)
    assert queries.desk_case(minh, f"{case.number}-1", at=MONDAY).text == covered
    for words, many in (("ton that dam", 0), ("phan viec", 1)):
        found = queries.desk_inbox(minh, queries.CaseFilters(text=words), at=MONDAY).rows
        assert len(found) == many
    first = part(case, 1)
    with pytest.raises(Invalid):
        wrong = {"text": "Nhà […]."}
        actions.cover_words(case_id=first.id, seq=1, texts=wrong, by=operator, seen=first.version, at=MONDAY)
    actions.uncover_words(case_id=case.id, seq=1, reason="Che nhầm, không phải tên người.", by=operator, at=MONDAY)
    assert "Tôn Thất Đạm" in queries.desk_case(minh, f"{case.number}-1", at=MONDAY).text
