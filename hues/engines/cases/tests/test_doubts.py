"""Proof that was there before, or is older than the report, is refused until the operations centre gives a reason."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from hues.engines.cases import actions, queries
from hues.engines.cases.models import Case
from hues.engines.cases.rules.doubts import Doubt, begun
from hues.engines.cases.rules.workflow import State
from hues.engines.cases.testing import MONDAY, NEXT_YEAR, Known, a_case, a_case_in, routed
from hues.kernel.agencies import testing as cast
from hues.kernel.errors import Invalid, NotAllowed
from hues.kernel.journal import queries as journal
from hues.kernel.media.actions import store_photo
from hues.kernel.media.testing import a_picture, an_exif
from hues.kernel.people.asker import Asker

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
ELSEWHERE = "kinh-te-thuan-hoa"
WHY = "Ảnh chụp cùng một đoạn đường, hai phản ánh trùng chỗ."


def a_shot(by: Asker, seed: int, taken: str = "") -> UUID:
    """Store a photo of the asker's; `taken` is what the camera wrote."""
    content = a_picture((320, 240), exif=an_exif(taken=taken), seed=seed)
    return store_photo(content, by=by.person_id, at=MONDAY).id


def at_work(agency: str = cast.WARD_OFFICE, report_seed: int = 0) -> Known:
    """Return a case in progress; its report shows the picture of that seed."""
    lan = cast.lan()
    photos = (a_shot(lan, report_seed),) if report_seed else ()
    case = routed(a_case(by=lan, photos=photos), agency)
    moved = actions.take(case_id=case.id, by=worker(agency), seen=case.version, at=MONDAY)
    return Known(id=case.id, number=case.number, version=moved.version)


def worker(agency: str) -> Asker:
    return cast.minh() if agency == cast.WARD_OFFICE else cast.worker(agency)


def answered(case: Known, photo: UUID, *, despite: str = "", by: Asker | None = None, at: datetime = MONDAY) -> Known:
    moved = actions.answer_case(
        case_id=case.id,
        text="Đã vá xong ổ gà, mặt đường bằng phẳng.",
        outcome="fixed",
        proof=[photo],
        despite=despite,
        by=by or cast.minh(),
        seen=case.version,
        at=at,
    )
    return Known(id=case.id, number=case.number, version=moved.version)


def published(case: Known, despite: str = "") -> None:
    actions.publish(case_id=case.id, despite=despite, by=cast.operator(), seen=case.version, at=MONDAY + DAY)


def let_stand(case: Known) -> list[tuple[UUID | None, int]]:
    """Return who let doubted proof of the case stand, and how many photos."""
    found = [entry for entry in journal.entries_about(case.id) if entry.event == "cases.proof.let_stand"]
    return [(entry.by, entry.facts["photos"]) for entry in found]


def state_of(case: Known) -> str:
    return Case.objects.get(pk=case.id).state


def test_the_reports_own_photo_is_no_proof() -> None:
    case = at_work(report_seed=1)
    with pytest.raises(Invalid) as refused:
        answered(case, a_shot(cast.minh(), 1))
    assert list(refused.value.fields) == ["despite"]
    assert state_of(case) == State.IN_PROGRESS
    answered(case, a_shot(cast.minh(), 2))
    assert state_of(case) == State.ANSWERED


def test_proof_of_another_case_is_no_proof_of_this_one() -> None:
    published(answered(at_work(), a_shot(cast.minh(), 1)))
    with pytest.raises(Invalid):
        answered(at_work(), a_shot(cast.minh(), 1))


def test_a_reason_brings_doubted_proof_to_the_centre_which_needs_one_of_its_own() -> None:
    first = answered(at_work(), a_shot(cast.minh(), 1))
    case = answered(at_work(), a_shot(cast.minh(), 1), despite=WHY)
    with pytest.raises(Invalid) as refused:
        published(case)
    assert list(refused.value.fields) == ["despite"]
    with pytest.raises(Invalid):
        published(case, "ừ")
    assert state_of(case) == State.ANSWERED
    seen = queries.ops_case(cast.operator(), case.number, at=MONDAY)
    assert [(doubt.word, doubt.number, doubt.pending) for doubt in seen.doubts] == [(Doubt.ALIKE, first.number, True)]
    assert seen.timeline[-1].internal == WHY
    published(case, "Đã gọi hỏi: đúng là một hố, hai người báo.")
    after = queries.ops_case(cast.operator(), case.number, at=MONDAY)
    assert after.timeline[-1].internal == "Đã gọi hỏi: đúng là một hố, hai người báo."
    assert [doubt.pending for doubt in after.doubts] == [False]
    assert let_stand(case) == [(cast.operator().person_id, 1)]
    public = queries.public_case(case.number, at=MONDAY + DAY)
    assert not any(step.internal for step in public.timeline)


def test_what_nobody_doubts_needs_no_reason_and_keeps_none() -> None:
    case = answered(at_work(report_seed=1), a_shot(cast.minh(), 2), despite=WHY)
    assert queries.ops_case(cast.operator(), case.number, at=MONDAY).timeline[-1].internal == ""
    published(case)
    assert state_of(case) == State.PUBLISHED
    assert let_stand(case) == []


def test_an_agency_cannot_let_its_own_proof_stand() -> None:
    case = answered(at_work(report_seed=1), a_shot(cast.minh(), 1), despite=WHY)
    with pytest.raises(NotAllowed):
        actions.publish(case_id=case.id, despite=WHY, by=cast.minh(), seen=case.version, at=MONDAY)


def test_a_photo_older_than_the_report_is_doubted_and_one_without_a_date_is_not() -> None:
    case = at_work()
    with pytest.raises(Invalid):
        answered(case, a_shot(cast.minh(), 1, taken="2026:02:27 08:00:00"))
    answered(case, a_shot(cast.minh(), 2, taken="2026:03:02 14:00:00"), at=MONDAY + DAY)
    assert state_of(case) == State.ANSWERED


def test_proof_that_was_sent_back_may_come_again() -> None:
    case, photo = at_work(), a_shot(cast.minh(), 1)
    case = answered(case, photo)
    moved = actions.return_answer(
        case_id=case.id, reason="Thiếu ngày hoàn thành.", by=cast.operator(), seen=case.version, at=MONDAY + DAY
    )
    again = Known(id=case.id, number=case.number, version=moved.version)
    answered(again, a_shot(cast.minh(), 1), at=MONDAY + DAY)
    assert state_of(case) == State.ANSWERED


def test_a_doubt_that_was_sent_back_does_not_hang_over_the_next_answer() -> None:
    case = answered(at_work(report_seed=1), a_shot(cast.minh(), 1), despite=WHY)
    moved = actions.return_answer(
        case_id=case.id, reason="Ảnh của người dân.", by=cast.operator(), seen=case.version, at=MONDAY
    )
    again = Known(id=case.id, number=case.number, version=moved.version)
    published(answered(again, a_shot(cast.minh(), 2)))
    assert state_of(case) == State.PUBLISHED


def test_a_promise_is_not_kept_with_the_photo_that_made_it() -> None:
    minh = cast.minh()
    case = a_case_in(State.IN_PROGRESS)
    moved = actions.answer_case(
        case_id=case.id,
        text="Sẽ vá xong trong quý I.",
        outcome="promised",
        proof=[a_shot(minh, 1)],
        promise_on=NEXT_YEAR,
        by=minh,
        seen=case.version,
        at=MONDAY,
    )
    moved = actions.publish(case_id=case.id, by=cast.operator(), seen=moved.version, at=MONDAY)
    with pytest.raises(Invalid):
        actions.keep_promise(
            case_id=case.id, text="Đã vá.", proof=[a_shot(minh, 1)], by=minh, seen=moved.version, at=MONDAY + DAY
        )
    moved = actions.keep_promise(
        case_id=case.id,
        text="Đã vá.",
        proof=[a_shot(minh, 1)],
        despite=WHY,
        by=minh,
        seen=moved.version,
        at=MONDAY + DAY,
    )
    operator, seen = cast.operator(), moved.version
    with pytest.raises(Invalid) as refused:
        actions.check_promise(case_id=case.id, granted=True, by=operator, seen=seen, at=MONDAY + DAY)
    assert list(refused.value.fields) == ["text"]
    actions.check_promise(case_id=case.id, granted=True, text=WHY, by=operator, seen=seen, at=MONDAY + DAY)
    assert let_stand(Known(id=case.id, number=case.number, version=seen)) == [(operator.person_id, 1)]


def test_an_agency_learns_the_number_of_its_own_case_and_of_no_strangers() -> None:
    ours, theirs = at_work(report_seed=1), at_work(ELSEWHERE, report_seed=2)
    case, minh = at_work(), cast.minh()
    own, strange = (queries.doubts_about(minh, case.id, [a_shot(minh, seed)])[0] for seed in (1, 2))
    assert own.number == ours.number
    assert (strange.number, strange.alike) == ("", None)
    known = queries.doubts_about(cast.operator(), case.id, [a_shot(minh, 2)])[0]
    assert known.number == theirs.number


def test_proof_is_younger_than_the_report_its_reopening_or_the_promise() -> None:
    first, later, last = (datetime(2026, 3, day, tzinfo=UTC) for day in (2, 5, 9))
    assert begun(opened_at=first, started_at=later, answered_at=None, reopened=0) == first
    assert begun(opened_at=first, started_at=later, answered_at=None, reopened=1) == later
    assert begun(opened_at=first, started_at=later, answered_at=last, reopened=0) == last
