"""The reporter stays hidden: from agencies, the public, the journal; and sees who looked."""

from collections.abc import Iterator
from datetime import timedelta
from itertools import count

import pytest

from hues.engines.cases import actions, queries
from hues.engines.cases.queries import CaseFilters
from hues.engines.cases.rules.workflow import State
from hues.engines.cases.testing import MONDAY, a_case, a_case_in, a_proof
from hues.kernel.agencies import testing as cast
from hues.kernel.delivery import queries as delivery
from hues.kernel.errors import Invalid, NotAllowed, NotFound, Refusal
from hues.kernel.journal import queries as journal
from hues.kernel.journal.testing import drain
from hues.kernel.people.asker import STRANGER, Asker

pytestmark = pytest.mark.django_db
TUESDAY = MONDAY + timedelta(days=1)
EVERYWHERE = (15.0, 106.0, 17.0, 109.0)
STATES = frozenset(State)


def everything_told_to(by: Asker, number: str) -> Iterator[object]:
    """Yield whatever each query tells this asker."""
    everything = CaseFilters(states=STATES)
    for ask in (
        lambda: queries.public_case(number, at=TUESDAY),
        lambda: queries.public_cases(at=TUESDAY),
        lambda: queries.desk_inbox(by, everything, at=TUESDAY),
        lambda: queries.desk_case(by, number, at=TUESDAY),
        lambda: queries.ops_queue(by, everything, at=TUESDAY),
        lambda: queries.ops_case(by, number, at=TUESDAY),
        lambda: queries.map_points(EVERYWHERE, asker=by, at=TUESDAY),
        lambda: queries.my_case(by, number, at=TUESDAY),
        lambda: queries.my_cases(by, at=TUESDAY),
        lambda: delivery.inbox(by).rows,
    ):
        try:
            yield ask()
        except Refusal:
            yield None


@pytest.mark.parametrize("state", list(State))
def test_nobody_but_the_reporter_is_told_who_reported(state: State) -> None:
    lan = cast.lan()
    case = a_case_in(state, by=lan)
    drain()
    traces = (str(lan.person_id), lan.name, "901000001", "0901")
    for by in (cast.minh(), cast.operator(), cast.eve(), cast.leader(), cast.auditor(), STRANGER):
        told = repr(list(everything_told_to(by, case.number)))
        assert not [trace for trace in traces if trace in told], by.name
    assert str(lan.person_id) not in repr(list(journal.entries_about(case.id)))
    assert case.number in repr(list(everything_told_to(lan, case.number)))


@pytest.mark.parametrize("state", sorted(STATES - {State.PUBLISHED, State.CLOSED}))
def test_a_stranger_learns_nothing_from_a_case_number(state: State) -> None:
    case = a_case_in(state)
    for by in (cast.eve(), cast.worker("ubnd-kim-long")):
        with pytest.raises(NotFound):
            queries.public_case(case.number, at=TUESDAY)
        with pytest.raises(NotFound):
            queries.my_case(by, case.number, at=TUESDAY)
        with pytest.raises(NotFound):
            queries.desk_case(by, case.number, at=TUESDAY)
        with pytest.raises(NotAllowed):
            queries.ops_case(by, case.number, at=TUESDAY)


def test_the_seal_opens_for_a_purpose_and_the_reporter_sees_who_looked() -> None:
    lan, operator = cast.lan(), cast.operator()
    case = a_case(by=lan)
    reporter = actions.unseal(case_id=case.id, purpose="Gọi lại để hỏi vị trí chính xác.", by=operator, at=TUESDAY)
    assert (reporter.name, reporter.phone) == ("Trần Thị Lan", "+84901000001")
    (access,) = queries.my_case(lan, case.number, at=TUESDAY).accesses
    assert (access.by_name, access.purpose, access.at) == (
        "Phan Thị Thảo",
        "Gọi lại để hỏi vị trí chính xác.",
        TUESDAY,
    )
    opened = [entry for entry in journal.entries_about(case.id) if entry.event == "cases.seal.opened"]
    assert [entry.by for entry in opened] == [operator.person_id]


def test_the_seal_stays_shut_without_purpose_or_right() -> None:
    lan = cast.lan()
    case = a_case(by=lan)
    with pytest.raises(Invalid):
        actions.unseal(case_id=case.id, purpose="   tò mò   ", by=cast.operator(), at=TUESDAY)
    for by in (cast.minh(), cast.eve(), lan, cast.leader(), cast.auditor(), cast.admin(), STRANGER):
        with pytest.raises(NotAllowed):
            actions.unseal(case_id=case.id, purpose="Gọi lại để hỏi thêm.", by=by, at=TUESDAY)
    assert queries.my_case(lan, case.number, at=TUESDAY).accesses == ()


def test_a_caller_is_reached_by_what_they_left() -> None:
    a_case()
    operator = cast.operator()
    receipt = actions.open_case(
        category="lights-out",
        text="Đèn đường tắt ba đêm nay.",
        place=actions.Place(lat=16.4698, lng=107.5776),
        channel="phone",
        contact="Bà Hoa 0905 111 222",
        by=operator,
        at=MONDAY,
    )
    reporter = actions.unseal(case_id=receipt.id, purpose="Báo kết quả qua điện thoại.", by=operator, at=TUESDAY)
    assert (reporter.person_id, reporter.name, reporter.contact) == (None, "", "Bà Hoa 0905 111 222")


def test_a_name_is_shown_only_if_the_reporter_wished_it_and_only_once_published() -> None:
    lan = cast.lan()
    numbers = count(1)
    for wish, shown in ((False, ""), (True, "Trần Thị Lan")):
        case = a_case(by=lan, show_name=wish, at=MONDAY + timedelta(minutes=next(numbers)))
        agency = cast.an_agency()
        moved = actions.accept_and_route(case_id=case.id, agency_id=agency.id, by=cast.operator(), seen=1, at=TUESDAY)
        moved = actions.take(case_id=case.id, by=cast.minh(), seen=moved.version, at=TUESDAY)
        assert "Lan" not in repr(queries.desk_case(cast.minh(), case.number, at=TUESDAY))
        moved = actions.answer_case(
            case_id=case.id,
            text="Đã xem.",
            outcome="not_ours",
            proof=a_proof(cast.minh()),
            by=cast.minh(),
            seen=moved.version,
            at=TUESDAY,
        )
        actions.publish(case_id=case.id, by=cast.operator(), seen=moved.version, at=TUESDAY)
        assert queries.public_case(case.number, at=TUESDAY).shown_name == shown
