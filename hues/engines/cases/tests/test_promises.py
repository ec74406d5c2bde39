"""A promise has a day, wakes up on it, asks for proof, and stays in the public register whatever becomes of it."""

from datetime import date, timedelta
from itertools import count

import pytest

from hues.engines.cases import actions, queries
from hues.engines.cases.models import Case
from hues.engines.cases.queries import CaseFilters
from hues.engines.cases.rules.promises import Kept
from hues.engines.cases.rules.workflow import State, Verb
from hues.engines.cases.testing import MONDAY, Known, a_case_in
from hues.kernel.agencies import testing as cast
from hues.kernel.clocks.testing import let_it_be
from hues.kernel.delivery import queries as delivery
from hues.kernel.errors import Invalid
from hues.kernel.journal.testing import drain
from hues.kernel.media.testing import a_photo
from hues.kernel.people.asker import Asker

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
PROMISED_ON = date(2026, 4, 1)
PICTURES = count(1)
THE_DAY = MONDAY + 30 * DAY


def a_promise() -> Known:
    """Return a published case whose agency promised to mend it by 1 April."""
    case, minh = a_case_in(State.IN_PROGRESS), cast.minh()
    moved = actions.answer_case(
        case_id=case.id,
        text="Sẽ vá xong trước ngày 1/4.",
        outcome="promised",
        proof=[a_photo(by=minh.person_id, at=MONDAY, seed=next(PICTURES)).id],
        promise_on=PROMISED_ON,
        by=minh,
        seen=case.version,
        at=MONDAY,
    )
    moved = actions.publish(case_id=case.id, by=cast.operator(), seen=moved.version, at=MONDAY)
    return Known(id=case.id, number=case.number, version=moved.version)


def shown(case: Known, at: object = THE_DAY) -> Known:
    """Return the promise after its agency has shown proof."""
    minh = cast.minh()
    photo = a_photo(by=minh.person_id, at=MONDAY, seed=next(PICTURES)).id
    moved = actions.keep_promise(
        case_id=case.id,
        text="Đã vá xong.",
        proof=[photo],
        by=minh,
        seen=case.version,
        at=at,  # type: ignore[arg-type]
    )
    return Known(id=case.id, number=case.number, version=moved.version)


def titles(by: Asker) -> list[str]:
    return [item.title["vi"] for item in reversed(delivery.inbox(by).rows)]


def standing(case: Known, at: object = THE_DAY) -> Kept | None:
    return queries.public_case(case.number, at=at).promise  # type: ignore[arg-type]


def test_the_agency_is_woken_on_the_day_and_everybody_the_day_after() -> None:
    head, leader, lan = cast.head(), cast.duty_leader(), cast.lan()
    case = a_promise()
    drain()
    let_it_be(THE_DAY)
    assert titles(head)[-1] == f"{case.number}: hôm nay đến ngày hẹn"
    assert standing(case) == Kept.OPEN
    let_it_be(THE_DAY + DAY)
    assert {titles(head)[-1], titles(leader)[-1], titles(lan)[-1]} == {f"{case.number}: đã quá ngày cam kết"}
    assert standing(case, THE_DAY + DAY) == Kept.BROKEN


def test_proof_in_time_is_kept_once_it_is_checked_however_late_that_is() -> None:
    lan = cast.lan()
    case = shown(a_promise())
    before = queries.public_case(case.number, at=THE_DAY)
    assert before.promise == Kept.OPEN
    assert len([photo for photo in before.photos if photo.role == "proof"]) == 1
    assert "Đã vá xong." not in [step.text for step in before.timeline]
    actions.check_promise(case_id=case.id, granted=True, by=cast.operator(), seen=case.version, at=THE_DAY + 5 * DAY)
    drain()
    after = queries.public_case(case.number, at=THE_DAY + 5 * DAY)
    assert after.promise == Kept.KEPT
    assert len([photo for photo in after.photos if photo.role == "proof"]) == 2
    assert after.timeline[-1].text == "Đã vá xong."
    assert titles(lan)[-1] == f"{case.number}: cam kết đã được thực hiện"
    let_it_be(THE_DAY + 6 * DAY)
    assert [title for title in titles(cast.head()) if "ngày" in title] == []  # nobody is woken for what is kept


def test_proof_after_the_day_is_late_and_proof_that_shows_nothing_goes_back() -> None:
    minh = cast.minh()
    case = shown(a_promise(), THE_DAY + 2 * DAY)
    moved = actions.check_promise(
        case_id=case.id, granted=False, text="Ảnh chụp chỗ khác.", by=cast.operator(), seen=case.version, at=THE_DAY
    )
    drain()
    assert titles(minh)[-1] == f"{case.number}: minh chứng thực hiện cam kết bị trả lại"
    assert standing(case, THE_DAY + 3 * DAY) == Kept.BROKEN
    again = shown(Known(id=case.id, number=case.number, version=moved.version), THE_DAY + 3 * DAY)
    actions.check_promise(case_id=case.id, granted=True, by=cast.operator(), seen=again.version, at=THE_DAY + 3 * DAY)
    assert standing(case, THE_DAY + 3 * DAY) == Kept.LATE
    public = queries.public_case(case.number, at=THE_DAY + 3 * DAY)
    assert [step.text for step in public.timeline if step.verb == Verb.KEEP_PROMISE] == ["Đã vá xong."]


def test_nothing_is_kept_without_proof_or_without_a_promise() -> None:
    case, plain = a_promise(), a_case_in(State.PUBLISHED)
    with pytest.raises(Invalid):
        actions.keep_promise(case_id=case.id, text="Xong.", by=cast.minh(), seen=case.version, at=THE_DAY)
    with pytest.raises(Invalid):
        actions.keep_promise(case_id=plain.id, text="Xong.", by=cast.minh(), seen=plain.version, at=THE_DAY)
    with pytest.raises(Invalid):
        actions.check_promise(case_id=case.id, granted=True, by=cast.operator(), seen=case.version, at=THE_DAY)


def test_the_register_counts_by_agency_and_the_rows_are_behind_each_count() -> None:
    office = cast.an_agency(cast.WARD_OFFICE)
    kept = shown(a_promise())
    actions.check_promise(case_id=kept.id, granted=True, by=cast.operator(), seen=kept.version, at=THE_DAY)
    waits, broken = shown(a_promise()), a_promise()
    at = THE_DAY + 2 * DAY
    (tally,) = queries.promise_tallies(at=at)
    assert tally.agency_id == office.id
    assert (tally.open, tally.kept, tally.late, tally.broken, tally.total) == (1, 1, 0, 1, 3)
    for standing_, case in ((Kept.OPEN, waits), (Kept.KEPT, kept), (Kept.BROKEN, broken)):
        rows = queries.promises(agency_id=office.id, standing=standing_, at=at).rows
        assert [(row.number, row.standing) for row in rows] == [(case.number, standing_)]


def test_the_register_is_paged_without_a_gap() -> None:
    numbers = {a_promise().number for _ in range(5)}
    seen: list[str] = []
    page = queries.promises(limit=2, at=THE_DAY)
    seen += [row.number for row in page.rows]
    while page.next:
        page = queries.promises(limit=2, after=page.next, at=THE_DAY)
        seen += [row.number for row in page.rows]
    assert (len(seen), set(seen)) == (5, numbers)


def test_desks_find_what_is_owed_and_what_waits_to_be_checked() -> None:
    owed, waits = a_promise(), shown(a_promise())
    ended = frozenset({State.PUBLISHED, State.CLOSED})
    at_desk = queries.desk_inbox(cast.minh(), CaseFilters(states=ended, promise_owed=True), at=THE_DAY)
    assert [row.number for row in at_desk.rows] == [owed.number]
    at_centre = queries.ops_queue(cast.operator(), CaseFilters(states=ended, promise_shown=True), at=THE_DAY)
    assert [row.number for row in at_centre.rows] == [waits.number]
    assert Verb.KEEP_PROMISE in queries.desk_case(cast.minh(), owed.number, at=THE_DAY).moves
    assert Verb.KEEP_PROMISE not in queries.desk_case(cast.minh(), waits.number, at=THE_DAY).moves
    assert Verb.CHECK_PROMISE in queries.ops_case(cast.operator(), waits.number, at=THE_DAY).moves


def test_a_reopened_case_starts_without_its_old_promise() -> None:
    case = a_promise()
    actions.reopen(
        case_id=case.id, text="Chưa ai đến làm gì ở đây cả.", by=cast.lan(), seen=case.version, at=MONDAY + DAY
    )
    row = Case.objects.get(pk=case.id)
    assert (row.promise_on, row.promise_shown_at, row.promise_kept_at) == (None, None, None)
