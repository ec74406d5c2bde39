"""Who of an agency has a case: taken or given, and over by itself."""

from datetime import timedelta
from uuid import UUID

import pytest

from hues.engines.cases import actions, queries
from hues.engines.cases.models import Case
from hues.engines.cases.queries import CaseFilters
from hues.engines.cases.rules.workflow import State, Verb
from hues.engines.cases.testing import MONDAY, Known, a_case, a_case_in, a_proof, routed
from hues.kernel.agencies import actions as agencies
from hues.kernel.agencies import testing as cast
from hues.kernel.delivery import queries as delivery
from hues.kernel.errors import Invalid, NotAllowed, NotFound, Stale, WrongState
from hues.kernel.journal.testing import drain
from hues.kernel.people.asker import Asker, Role

pytestmark = pytest.mark.django_db
TUESDAY = MONDAY + timedelta(days=1)
MINE = CaseFilters(mine=True)


def give(case: Known, to: Asker | None, *, by: Asker, seen: int = 0) -> Known:
    """Give a case, from a page as it is now or as it was seen."""
    at = {"seen": seen or Case.objects.get(pk=case.id).version, "at": TUESDAY}
    moved = actions.assign(case_id=case.id, to=to.person_id if to else None, by=by, **at)  # type: ignore[arg-type]
    return Known(id=case.id, number=case.number, version=moved.version)


def holder(case: Known) -> UUID | None:
    return Case.objects.get(pk=case.id).assigned_to


def listed(asker: Asker) -> list[str]:
    return [row.number for row in queries.desk_inbox(asker, MINE, at=TUESDAY).rows]


def colleague() -> Asker:
    return cast.worker(cast.WARD_OFFICE, 2)


def test_whoever_takes_a_case_has_it_and_finds_it_among_their_own() -> None:
    minh, other = cast.minh(), colleague()
    case = a_case_in(State.IN_PROGRESS)
    assert holder(case) == minh.person_id
    assert (listed(minh), listed(other)) == ([case.number], [])
    assert queries.desk_case(other, case.number, at=TUESDAY).holder == "Nguyễn Văn Minh"
    assert queries.desk_inbox(other, at=TUESDAY).rows[0].holder == "Nguyễn Văn Minh"


def test_a_head_gives_a_case_to_anybody_of_the_agency_who_is_told_with_the_others_left_in_peace() -> None:
    head, minh, other = cast.head(), cast.minh(), colleague()
    case = routed(a_case())
    drain()
    give(case, other, by=head)
    assert holder(case) == other.person_id
    drain()
    newest = delivery.inbox(other).rows[0]
    assert newest.title["vi"] == f"{case.number}: đã giao cho bạn"
    assert len(delivery.inbox(minh).rows) == 1
    step = queries.desk_case(minh, case.number, at=TUESDAY).timeline[-1]
    assert (step.verb, step.facts["assigned_to"]) == (Verb.ASSIGN, "Cán bộ 2")


def test_others_take_a_case_themselves_and_put_down_only_their_own() -> None:
    minh, other = cast.minh(), colleague()
    case = routed(a_case())
    with pytest.raises(NotAllowed):
        give(case, other, by=minh)
    give(case, minh, by=minh)
    with pytest.raises(NotAllowed):
        give(case, None, by=other)
    give(case, other, by=other)
    give(case, None, by=other)
    assert holder(case) is None


def test_nobody_of_another_agency_gets_a_case_or_gives_one() -> None:
    case, stranger = routed(a_case()), cast.worker("ubnd-kim-long")
    with pytest.raises(Invalid):
        give(case, stranger, by=cast.head())
    with pytest.raises(Invalid):
        give(case, cast.lan(), by=cast.head())
    with pytest.raises(NotFound):
        give(case, stranger, by=stranger)
    with pytest.raises(WrongState):
        give(a_case_in(State.PUBLISHED), cast.minh(), by=cast.head())
    for by in (cast.operator(), cast.lan()):
        with pytest.raises(NotAllowed):
            give(case, cast.minh(), by=by)


def test_of_two_who_give_it_at_once_one_is_told_and_an_answer_is_not_held_up() -> None:
    head, other, minh = cast.head(), colleague(), cast.minh()
    case = a_case_in(State.IN_PROGRESS)
    give(case, other, by=head, seen=case.version)
    with pytest.raises(Stale):
        give(case, head, by=head, seen=case.version)
    actions.answer_case(
        case_id=case.id,
        text="Đã kiểm tra.",
        outcome="not_ours",
        proof=a_proof(minh),
        by=minh,
        seen=case.version,
        at=TUESDAY,
    )
    assert holder(case) == other.person_id


def test_an_answer_that_is_sent_back_comes_to_whoever_had_it() -> None:
    case, minh = a_case_in(State.ANSWERED), cast.minh()
    actions.return_answer(case_id=case.id, reason="Thiếu ảnh.", by=cast.operator(), seen=case.version, at=TUESDAY)
    assert listed(minh) == [case.number]


def test_it_ends_when_the_case_leaves_the_agency() -> None:
    given_back, passed_on = a_case_in(State.IN_PROGRESS), a_case_in(State.IN_PROGRESS)
    actions.give_back(
        case_id=given_back.id, reason="Thuộc Sở Xây dựng.", by=cast.minh(), seen=given_back.version, at=TUESDAY
    )
    elsewhere = cast.an_agency("ubnd-phu-xuan").id
    actions.accept_and_route(
        case_id=passed_on.id, agency_id=elsewhere, by=cast.operator(), seen=passed_on.version, at=TUESDAY
    )
    cases = (given_back, passed_on, a_case_in(State.PUBLISHED))
    assert [holder(case) for case in cases] == [None, None, None]


def test_a_case_that_is_passed_to_the_same_agency_afresh_stays_with_whoever_has_it() -> None:
    case = a_case_in(State.IN_PROGRESS)
    same = cast.an_agency().id
    actions.accept_and_route(case_id=case.id, agency_id=same, by=cast.operator(), seen=case.version, at=TUESDAY)
    assert holder(case) == cast.minh().person_id


def test_a_member_who_leaves_has_nothing_any_more_and_one_with_another_role_keeps_it() -> None:
    minh, head, office = cast.minh(), cast.head(), cast.an_agency()
    case, answered, heads = a_case_in(State.IN_PROGRESS), a_case_in(State.ANSWERED), routed(a_case())
    give(heads, head, by=head)
    assert minh.person_id
    assert head.person_id
    agencies.appoint(person_id=head.person_id, agency_id=office.id, role=Role.CASE_WORKER, at=MONDAY)
    for person in (minh.person_id, head.person_id):
        agencies.dismiss(person_id=person, agency_id=office.id, role=Role.CASE_WORKER, at=TUESDAY)
    drain()
    assert (holder(case), holder(answered), holder(heads)) == (None, None, head.person_id)
    assert Case.objects.get(pk=case.id).state == State.IN_PROGRESS


def test_the_reporter_and_the_public_learn_nobodys_name() -> None:
    lan = cast.lan()
    case = a_case_in(State.IN_PROGRESS, by=lan)
    give(case, colleague(), by=cast.head())
    mine = queries.my_case(lan, case.number, at=TUESDAY)
    assert Verb.ASSIGN not in [step.verb for step in mine.timeline]
    assert "Cán bộ 2" not in repr(mine)
    assert queries.my_cases(lan, at=TUESDAY).rows[0].holder == ""


def test_who_stands_in_finds_the_cases_of_who_is_away_and_is_told_of_them() -> None:
    minh, other, office = cast.minh(), colleague(), cast.an_agency()
    assert other.person_id
    agencies.go_on_leave(
        agency_id=office.id,
        substitute=other.person_id,
        from_at=MONDAY,
        until_at=TUESDAY + timedelta(days=1),
        by=minh,
        at=MONDAY,
    )
    case = a_case_in(State.WAITING)
    drain()
    before = len(delivery.inbox(other).rows)
    assert (listed(minh), listed(other), listed(cast.head())) == ([case.number], [case.number], [])
    assert queries.desk_inbox(other, MINE, at=TUESDAY + timedelta(days=2)).rows == ()
    actions.reply(case_id=case.id, text="Số 12.", by=cast.lan(), seen=case.version, at=TUESDAY)
    drain()
    assert delivery.inbox(other).rows[0].title == delivery.inbox(minh).rows[0].title
    assert len(delivery.inbox(other).rows) == before + 1
