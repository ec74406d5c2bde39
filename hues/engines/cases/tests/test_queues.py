"""The queues of agencies and of the centre: whose, in which order, narrowed how, counted how."""

from datetime import timedelta
from functools import partial

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from hues.engines.cases import actions, queries
from hues.engines.cases.models import Case
from hues.engines.cases.queries import CaseFilters
from hues.engines.cases.rules.deadlines import Standing
from hues.engines.cases.rules.workflow import AT_AGENCY, OPEN, State, Verb
from hues.engines.cases.testing import MONDAY, a_case, a_case_in, routed
from hues.kernel.agencies import testing as cast
from hues.kernel.editions import asked_once
from hues.kernel.errors import NotAllowed, NotFound, SignInNeeded
from hues.kernel.people.asker import STRANGER

pytestmark = pytest.mark.django_db
TUESDAY = MONDAY + timedelta(days=1)
A_MONTH_LATER = MONDAY + timedelta(days=30)
MOST_STATEMENTS = 6


def test_an_agency_sees_its_own_cases_those_due_first_on_top() -> None:
    slow = routed(a_case(category="roads-bridge"))
    fast = routed(a_case(category="roads-manhole", at=MONDAY + timedelta(minutes=5)))
    routed(a_case(), "ubnd-kim-long")
    a_case()
    rows = queries.desk_inbox(cast.minh(), at=TUESDAY).rows
    assert [row.number for row in rows] == [fast.number, slow.number]
    assert [row.standing for row in rows] == [Standing.OVERDUE, Standing.RUNNING]
    assert rows[0].agency["vi"].startswith("Phòng Kinh tế")


def test_a_queue_goes_on_where_it_stopped_in_few_statements() -> None:
    numbers = [routed(a_case(at=MONDAY + timedelta(minutes=n // 2))).number for n in range(5)]
    minh, seen, after = cast.minh(), list[str](), ""
    while True:
        with CaptureQueriesContext(connection) as captured:
            page = queries.desk_inbox(minh, after=after, limit=2, at=TUESDAY)
        assert len(captured) <= MOST_STATEMENTS
        seen += [row.number for row in page.rows]
        if page.next is None:
            break
        after = page.next
    assert seen == numbers


def test_nobody_has_a_queue_who_has_no_business_with_it() -> None:
    a_case()
    for by in (cast.lan(), STRANGER):
        with pytest.raises(NotAllowed):
            queries.desk_inbox(by, at=TUESDAY)
        with pytest.raises(NotAllowed):
            queries.ops_queue(by, at=TUESDAY)
        with pytest.raises(NotAllowed):
            queries.counts(by, at=TUESDAY)
    with pytest.raises(NotAllowed):
        queries.ops_queue(cast.minh(), at=TUESDAY)
    with pytest.raises(SignInNeeded):
        queries.my_cases(STRANGER, at=TUESDAY)


def test_the_centre_sees_what_it_filters_for() -> None:
    received = a_case()
    late = a_case_in(State.IN_PROGRESS)
    asked = a_case_in(State.IN_PROGRESS)
    actions.ask_extension(
        case_id=asked.id,
        until=MONDAY + timedelta(days=40),
        reason="Chờ vật tư.",
        by=cast.minh(),
        seen=asked.version,
        at=TUESDAY,
    )
    answered = a_case_in(State.ANSWERED)
    operator = cast.operator()

    def numbers(at: object = A_MONTH_LATER, order: str = "opened", **chosen: object) -> set[str]:
        page = queries.ops_queue(operator, CaseFilters(**chosen), order=order, at=A_MONTH_LATER)  # type: ignore[arg-type]
        return {row.number for row in page.rows}

    everything = {received.number, late.number, asked.number, answered.number}
    assert numbers() == numbers(order="due") == numbers(order="newest") == everything
    assert numbers(states=frozenset({State.RECEIVED})) == {received.number}
    assert numbers(order="answered") == {answered.number}
    assert numbers(overdue=True) == {received.number, late.number, asked.number}
    assert numbers(extension_asked=True) == {asked.number}
    assert numbers(agency_id=cast.an_agency().id) == everything - {received.number}
    assert numbers(reopened=True) == numbers(returned=True) == numbers(text="không có") == set()
    assert numbers(text="xe may nguy hiem") == everything


def test_counts_tell_what_waits_where() -> None:
    a_case()
    a_case_in(State.IN_PROGRESS)
    a_case_in(State.WAITING)
    a_case_in(State.CLOSED)
    counts = queries.counts(cast.operator(), at=A_MONTH_LATER)
    assert counts.by_state == {State.RECEIVED: 1, State.IN_PROGRESS: 1, State.WAITING: 1}
    assert (counts.overdue, counts.due_soon, counts.of(State.IN_PROGRESS, State.WAITING)) == (2, 0, 2)
    mine = queries.counts(cast.minh(), at=MONDAY + timedelta(days=9))
    assert (mine.of(State.RECEIVED), mine.due_soon, mine.overdue) == (0, 1, 0)
    assert queries.desk_counts(cast.minh(), at=MONDAY).by_state == mine.by_state


def test_a_case_offers_each_side_what_it_may_do() -> None:
    case = a_case_in(State.IN_PROGRESS)
    minh, operator = cast.minh(), cast.operator()
    offered = queries.desk_case(minh, case.number, at=TUESDAY).moves
    assert set(offered) == {Verb.GIVE_BACK, Verb.ASSIGN, Verb.ASK, Verb.ASK_EXTENSION, Verb.ANSWER, Verb.NOTE}
    centre = {Verb.ACCEPT, Verb.SPLIT, Verb.SEAL, Verb.NOTE, Verb.COVER, Verb.UNCOVER}
    assert set(queries.ops_case(operator, case.number, at=TUESDAY).moves) == centre
    assert queries.ops_case(cast.leader(), case.number, at=TUESDAY).moves == ()
    actions.ask_extension(
        case_id=case.id,
        until=MONDAY + timedelta(days=20),
        reason="Chờ vật tư từ nhà máy.",
        by=minh,
        seen=case.version,
        at=TUESDAY,
    )
    assert Verb.ASK_EXTENSION not in queries.desk_case(minh, case.number, at=TUESDAY).moves
    seen = queries.ops_case(operator, case.number, at=TUESDAY)
    assert Verb.DECIDE_EXTENSION in seen.moves
    assert seen.extension_reason == "Chờ vật tư từ nhà máy."


def test_a_case_page_costs_few_statements() -> None:
    case = a_case_in(State.PUBLISHED)
    minh, lan = cast.minh(), cast.lan()
    for ask in (
        lambda: queries.desk_case(minh, case.number, at=TUESDAY),
        lambda: queries.public_case(case.number, at=TUESDAY),
        lambda: queries.my_case(lan, case.number, at=TUESDAY),
        lambda: queries.public_cases(at=TUESDAY),
        lambda: queries.my_cases(lan, at=TUESDAY),
    ):
        with asked_once(), CaptureQueriesContext(connection) as captured:
            ask()
        assert len(captured) <= MOST_STATEMENTS, [query["sql"][:80] for query in captured]


def test_an_agency_that_gave_a_case_back_no_longer_has_it() -> None:
    case = a_case_in(State.ASSIGNED)
    minh = cast.minh()
    actions.give_back(case_id=case.id, reason="Thuộc Sở Xây dựng.", by=minh, seen=case.version, at=TUESDAY)
    with pytest.raises(NotFound):
        queries.desk_case(minh, case.number, at=TUESDAY)
    row = queries.ops_queue(cast.operator(), at=TUESDAY).rows[0]
    assert (row.state, row.agency_id, row.returned) == (State.RECEIVED, None, 1)
    told = [step.text + step.internal for step in queries.my_case(cast.lan(), case.number, at=TUESDAY).timeline]
    assert "Thuộc Sở Xây dựng." not in told


def test_the_reporters_own_list_goes_page_by_page() -> None:
    numbers = [a_case(at=MONDAY + timedelta(minutes=n // 2)).number for n in range(5)]
    a_case(by=cast.eve())
    lan, seen, after = cast.lan(), list[str](), ""
    while True:
        page = queries.my_cases(lan, after, 2, at=TUESDAY)
        seen += [row.number for row in page.rows]
        if page.next is None:
            break
        after = page.next
    assert seen == numbers[::-1]


def test_the_reporter_may_reopen_until_the_last_of_ten_days() -> None:
    case = a_case_in(State.PUBLISHED)
    lan = cast.lan()
    for days, may in ((10, True), (11, False)):
        mine = queries.my_case(lan, case.number, at=MONDAY + timedelta(days=days))
        assert (Verb.REOPEN in mine.moves) is may
        assert mine.reopen_until == MONDAY + timedelta(days=10)
    waiting = a_case_in(State.WAITING)
    assert queries.my_case(lan, waiting.number, at=TUESDAY).question == "Chỗ hỏng ở trước số nhà nào?"


def test_what_many_met_stands_in_a_queue_of_its_own_the_worst_first() -> None:
    few, many, ended = a_case(), a_case(), a_case_in(State.PUBLISHED)
    worse = a_case(category="roads-pothole", at=MONDAY + timedelta(days=7))
    for case, others in ((few, 2), (many, 3), (worse, 4), (ended, 5)):
        Case.objects.filter(pk=case.id).update(supports=others)
    wanted = CaseFilters(many=True, states=OPEN, whole=True)
    page = queries.ops_queue(cast.operator(), wanted, limit=1, order="met", at=MONDAY)
    assert [row.number for row in page.rows] == [worse.number]
    rest = queries.ops_queue(cast.operator(), wanted, page.next or "", 1, order="met", at=MONDAY)
    assert ([row.number for row in rest.rows], rest.next) == ([many.number], None)


def test_what_most_people_met_comes_first_on_both_desks_page_after_page() -> None:
    met = {routed(a_case(at=MONDAY + timedelta(minutes=n))).number: n for n in (3, 40, 4)}
    met[routed(a_case(at=MONDAY + timedelta(minutes=50))).number] = 4
    routed(a_case())
    for number, n in met.items():
        Case.objects.filter(number=number).update(supports=n)
    wanted = CaseFilters(many=True, states=AT_AGENCY)
    first = sorted(met, key=lambda number: (met[number], number), reverse=True)
    minh, operator = cast.minh(), cast.operator()
    for ask in (partial(queries.desk_inbox, minh), partial(queries.ops_queue, operator)):
        seen: list[str] = []
        after: str | None = ""
        while after is not None:
            page = ask(wanted, after, 1, order="met", at=TUESDAY)
            seen += [row.number for row in page.rows]
            after = page.next
        assert seen == first


@pytest.mark.parametrize(
    "after", ["2026-03-02T03:00:00+00:00_{id}", "٤_{id}", "99999999999_{id}", "4_nothing", "-4_{id}"]
)
def test_a_mark_of_another_list_is_the_beginning_of_what_most_people_met(after: str) -> None:
    case = routed(a_case())
    Case.objects.filter(pk=case.id).update(supports=4)
    page = queries.ops_queue(cast.operator(), after=after.format(id=case.id), order="met", at=TUESDAY)
    assert [row.number for row in page.rows] == [case.number]
    beginning = queries.ops_queue(cast.operator(), after=f"4_{case.id}", order="opened", at=TUESDAY)
    assert [row.number for row in beginning.rows] == [case.number]
