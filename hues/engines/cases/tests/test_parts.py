"""A case that was split and its parts on their way: clocks, what is added, what is covered, and all of it once more."""

from typing import Any

import pytest

from hues.engines.cases import actions, queries
from hues.engines.cases.models import Case
from hues.engines.cases.rules.deadlines import Standing
from hues.engines.cases.rules.workflow import State, Verb
from hues.engines.cases.testing import (
    MONDAY,
    Known,
    a_case,
    a_case_in,
    a_proof,
    answered_part,
    part,
    split,
)
from hues.engines.cases.tests.sharing import DAY, OTHER, TUESDAY, WEDNESDAY, both_answered, published, titles, whole
from hues.kernel.agencies import testing as cast
from hues.kernel.clocks.testing import let_it_be
from hues.kernel.errors import Invalid, NotAllowed, NotFound, Stale
from hues.kernel.media.testing import a_photo
from hues.kernel.people.asker import Asker

pytestmark = pytest.mark.django_db


def test_every_part_climbs_the_ladder_for_its_own_agency_and_the_reporter_hears_of_the_whole() -> None:
    lan, head, leader = cast.lan(), cast.head(), cast.duty_leader()
    case = split(a_case(by=lan))
    answered_part(case, 2, OTHER, text="Đã cắt cành cây.", at=TUESDAY)
    due = Case.objects.get(pk=case.id).due_at
    let_it_be(due + DAY)
    assert f"{case.number}-1: quá hạn" in titles(head)
    assert not [title for title in titles(cast.worker(OTHER)) if "quá hạn" in title]
    assert titles(leader) == [f"{case.number}-1: quá hạn và vẫn chưa trả lời"]
    assert [title for title in titles(lan) if "trễ" in title or "quá hạn" in title] == [
        f"{case.number}: trả lời trễ hạn"
    ]


def test_a_part_has_its_own_clock_that_never_ends_after_that_of_the_whole() -> None:
    case = a_case_in(State.IN_PROGRESS)
    before = Case.objects.get(pk=case.id)
    split(case, at=WEDNESDAY)
    row, one = Case.objects.get(pk=case.id), Case.objects.get(number=f"{case.number}-1")
    assert (row.due_at, row.first_due_at, row.warn_at) == (before.due_at, before.first_due_at, before.warn_at)
    assert (one.started_at, one.opened_at, one.due_at) == (WEDNESDAY, before.opened_at, row.due_at)
    assert one.warn_at > row.warn_at
    found = queries.ops_case(cast.operator(), f"{case.number}-1", at=WEDNESDAY)
    actions.accept_and_route(
        case_id=one.pk,
        agency_id=cast.an_agency("ubnd-kim-long").id,
        service_class="complex",
        plan_days=30,
        by=cast.operator(),
        seen=found.version,
        at=WEDNESDAY,
    )
    assert Case.objects.get(pk=one.pk).due_at == row.due_at


def test_what_a_part_is_granted_the_whole_gets_too_and_only_the_centre_grants_it() -> None:
    lan, operator, minh = cast.lan(), cast.operator(), cast.worker(cast.WARD_OFFICE)
    case = split(a_case(by=lan))
    before, first = Case.objects.get(pk=case.id), part(case, 1)
    until = before.due_at + 3 * DAY
    taken = actions.take(case_id=first.id, by=minh, seen=first.version, at=TUESDAY)
    asked = actions.ask_extension(
        case_id=first.id, until=until, reason="Chờ vật tư.", by=minh, seen=taken.version, at=TUESDAY
    )
    assert queries.counts(operator, at=TUESDAY).extension_asked == 1
    assert queries.counts(operator, at=TUESDAY).by_state == {State.SPLIT: 1}
    with pytest.raises(NotAllowed):
        actions.decide_extension(case_id=first.id, granted=True, by=minh, seen=asked.version, at=TUESDAY)
    with pytest.raises(Stale):
        actions.decide_extension(case_id=first.id, granted=True, by=operator, seen=taken.version, at=TUESDAY)
    assert Case.objects.get(pk=case.id).due_at == before.due_at
    actions.decide_extension(case_id=first.id, granted=True, by=operator, seen=asked.version, at=TUESDAY)
    row, one, two = (Case.objects.get(number=f"{case.number}{end}") for end in ("", "-1", "-2"))
    assert (row.due_at, row.first_due_at, one.due_at, two.due_at) == (until, before.due_at, until, before.due_at)
    assert f"{case.number}: thời hạn được gia hạn" in titles(lan)
    answered_part(case, 2, OTHER, text="Đã cắt cành cây.", at=TUESDAY)
    done = before.due_at + DAY
    actions.answer_case(
        case_id=first.id,
        text="Đã vá.",
        outcome="not_ours",
        proof=a_proof(minh),
        by=minh,
        seen=part(case, 1).version,
        at=done,
    )
    assert queries.ops_case(operator, case.number, at=done).clock.standing is Standing.EXTENDED


def test_reopened_it_goes_as_a_whole_to_the_agency_that_stands_for_it() -> None:
    case, lan = split(a_case()), cast.lan()
    published(both_answered(case))
    actions.reopen(
        case_id=case.id, text="Vẫn còn ổ gà như trước khi sửa.", by=lan, seen=whole(case).version, at=WEDNESDAY
    )
    row = Case.objects.get(pk=case.id)
    assert (row.state, row.parts, row.agency_id) == ("assigned", 0, cast.an_agency(cast.WARD_OFFICE).id)


def agency_sees(by: Asker, case: Known, turn: int) -> queries.DeskCase:
    return queries.desk_case(by, f"{case.number}-{turn}", at=WEDNESDAY)


def test_what_the_reporter_adds_reaches_every_agency_that_has_a_part() -> None:
    lan, minh, other = cast.lan(), cast.minh(), cast.worker(OTHER)
    case = split(a_case(by=lan))
    first = part(case, 1)
    taken = actions.take(case_id=first.id, by=minh, seen=first.version, at=TUESDAY)
    photo, seen = a_photo(by=lan.person_id, at=TUESDAY).id, whole(case).version
    before = Case.objects.get(pk=case.id)
    moved = actions.add_words(case_id=case.id, text="Nay đã gãy hẳn.", photos=[photo], by=lan, seen=seen, at=TUESDAY)
    assert moved.state is State.SPLIT
    assert (moved.number, Case.objects.get(pk=case.id).due_at) == (case.number, before.due_at)
    for by, turn in ((minh, 1), (other, 2)):
        page = agency_sees(by, case, turn)
        assert [step.text for step in page.timeline if step.verb is Verb.ADD] == ["Nay đã gãy hẳn."]
        assert photo in [shot.photo_id for shot in page.photos]
        assert f"{case.number}-{turn}: người phản ánh đã bổ sung" in titles(by)
    with pytest.raises(Stale):
        actions.answer_case(
            case_id=first.id,
            text="Đã vá.",
            outcome="not_ours",
            proof=a_proof(minh),
            by=minh,
            seen=taken.version,
            at=TUESDAY,
        )
    published(both_answered_again(case))
    told = queries.public_case(case.number, at=WEDNESDAY)
    assert "Nay đã gãy hẳn." not in repr(told)
    assert photo not in [shot.photo_id for shot in told.photos]


def both_answered_again(case: Known) -> Known:
    minh = cast.minh()
    seen = part(case, 1).version
    actions.answer_case(
        case_id=part(case, 1).id,
        text="Đã vá.",
        outcome="not_ours",
        proof=a_proof(minh),
        by=minh,
        seen=seen,
        at=WEDNESDAY,
    )
    answered_part(case, 2, OTHER, text="Đã cắt cành cây.", at=WEDNESDAY)
    return whole(case)


def test_a_part_begins_with_what_was_said_since_the_report_and_with_photos_that_were_left_out() -> None:
    lan, minh, operator = cast.lan(), cast.minh(), cast.operator()
    sent = a_photo(by=lan.person_id, at=MONDAY).id
    case = a_case_in(State.WAITING, by=lan, photos=(sent,))
    moved = actions.reply(case_id=case.id, text="Trước số 12.", by=lan, seen=case.version, at=TUESDAY)
    given: dict[str, Any] = {"text": "Đã vá.", "outcome": "not_ours", "proof": a_proof(minh)}
    moved = actions.answer_case(case_id=case.id, by=minh, seen=moved.version, at=TUESDAY, **given)
    moved = actions.publish(case_id=case.id, hidden_photos=[sent], by=operator, seen=moved.version, at=TUESDAY)
    shown = a_photo(by=lan.person_id, at=TUESDAY).id
    moved = actions.reopen(
        case_id=case.id, text="Vẫn còn ổ gà như trước khi sửa.", photos=[shown], by=lan, seen=moved.version, at=TUESDAY
    )
    split(Known(id=case.id, number=case.number, version=moved.version), at=WEDNESDAY)
    for by, turn in ((minh, 1), (cast.worker(OTHER), 2)):
        page = agency_sees(by, case, turn)
        assert [shot.photo_id for shot in page.photos] == [sent, shown]
        said = [(step.verb, step.text) for step in page.timeline if step.text]
        assert said == [(Verb.ADD, "Trước số 12."), (Verb.ADD, "Vẫn còn ổ gà như trước khi sửa.")]
        assert [step.seq for step in page.timeline] == list(range(1, page.version + 1))
    assert all("bổ sung" not in title for title in titles(minh))
    with pytest.raises(NotFound):
        queries.desk_case(cast.minh(), f"{case.number}-2", at=WEDNESDAY)


def test_what_is_covered_in_the_words_that_were_passed_on_is_covered_in_every_part() -> None:
    lan, operator = cast.lan(), cast.operator()
    case = split(a_case(by=lan))
    seen = whole(case).version
    moved = actions.add_words(case_id=case.id, text="Hỏi ông Đạm ở số 5.", by=lan, seen=seen, at=TUESDAY)
    texts = {queries.TEXT: "Hỏi […] ở số […]."}
    actions.cover_words(case_id=case.id, seq=moved.version, texts=texts, by=operator, seen=moved.version, at=TUESDAY)
    for by, turn in ((cast.minh(), 1), (cast.worker(OTHER), 2)):
        (step,) = [step for step in agency_sees(by, case, turn).timeline if step.verb is Verb.ADD]
        assert step.text == "Hỏi […] ở số […]."
    actions.uncover_words(case_id=case.id, seq=moved.version, reason="Che nhầm.", by=operator, at=TUESDAY)
    (step,) = [step for step in agency_sees(cast.minh(), case, 1).timeline if step.verb is Verb.ADD]
    assert step.text == "Hỏi ông Đạm ở số 5."


def test_an_agency_that_has_a_part_gets_no_other_one_of_the_same_case() -> None:
    operator, third = cast.operator(), cast.an_agency("ubnd-kim-long").id
    case = split(a_case())
    second, theirs = part(case, 2), cast.an_agency(cast.WARD_OFFICE).id
    with pytest.raises(Invalid) as refused:
        actions.accept_and_route(case_id=second.id, agency_id=theirs, by=operator, seen=second.version, at=TUESDAY)
    assert list(refused.value.fields) == ["agency_id"]
    assert part(case, 2) == second
    moved = actions.accept_and_route(case_id=second.id, agency_id=third, by=operator, seen=second.version, at=TUESDAY)
    actions.accept_and_route(case_id=second.id, agency_id=third, by=operator, seen=moved.version, at=TUESDAY)
    with pytest.raises(NotFound):
        actions.accept_and_route(case_id=second.id, agency_id=theirs, by=cast.minh(), seen=moved.version, at=TUESDAY)


def test_split_again_the_proof_of_the_answer_before_stays() -> None:
    operator, lan, minh = cast.operator(), cast.lan(), cast.worker(cast.WARD_OFFICE)
    proof, case = a_photo(by=minh.person_id, at=MONDAY).id, split(a_case(by=lan))
    first = part(case, 1)
    taken = actions.take(case_id=first.id, by=minh, seen=first.version, at=MONDAY)
    actions.answer_case(
        case_id=first.id, text="Đã vá.", outcome="fixed", proof=[proof], by=minh, seen=taken.version, at=MONDAY
    )
    answered_part(case, 2, OTHER, text="Đã cắt cành cây.", at=MONDAY)
    published(whole(case))
    assert proof in [shot.photo_id for shot in queries.public_case(case.number, at=WEDNESDAY).photos]
    actions.reopen(
        case_id=case.id, text="Lại hỏng đúng chỗ đã sửa hôm qua.", by=lan, seen=whole(case).version, at=WEDNESDAY
    )
    split(whole(case), at=WEDNESDAY)
    for turn, code in ((3, cast.WARD_OFFICE), (4, OTHER)):
        answered_part(case, turn, code, text="Đã làm lại.", at=WEDNESDAY)
    again = part(case, 4)
    actions.return_answer(case_id=again.id, reason="Thiếu ảnh.", by=operator, seen=again.version, at=WEDNESDAY)
    assert proof in [shot.photo_id for shot in queries.ops_case(operator, case.number, at=WEDNESDAY).photos]
