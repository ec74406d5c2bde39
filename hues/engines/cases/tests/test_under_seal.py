"""Complaints and denunciations: passed on under the law, out of sight, and brought back by a duty leader."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from hues.engines.cases import actions, queries
from hues.engines.cases.models import Case
from hues.engines.cases.queries import CaseFilters
from hues.engines.cases.rules.workflow import State, Verb
from hues.engines.cases.testing import DAI_NOI, MONDAY, POTHOLE, Known, a_case_in, part, split
from hues.kernel.agencies import testing as cast
from hues.kernel.delivery import queries as delivery
from hues.kernel.errors import Invalid, NotAllowed, NotFound, SignInNeeded, WrongState
from hues.kernel.journal import testing as journal
from hues.kernel.people.asker import STRANGER

pytestmark = pytest.mark.django_db
LATER = MONDAY + timedelta(hours=1)
MARK = "Cán bộ địa chính thôn nhận tiền, xin tố cáo."
WHERE = "Thanh tra thành phố"
WHY = "Nội dung là tố cáo, đã chuyển Thanh tra thành phố. Bạn liên hệ số 12/TT để theo dõi."


def sealed(state: State = State.ANSWERED, outcome: str = "denunciation") -> Known:
    """Return a case that the centre has passed on under the law."""
    case = a_case_in(state, text=MARK)
    return seal(case, outcome)


def seal(case: Known, outcome: str = "denunciation") -> Known:
    """Pass a case on under the law."""
    said: dict[str, Any] = {"outcome": outcome, "passed_to": WHERE, "passed_ref": "12/TT", "text": WHY}
    moved = actions.seal_case(case_id=case.id, by=cast.operator(), seen=case.version, at=LATER, **said)
    return Known(id=case.id, number=case.number, version=moved.version)


def doors(case: Known) -> Iterator[tuple[str, Callable[[], Any]]]:
    """Yield every way in which somebody other than the reporter meets with cases."""
    minh, ops, number, at = cast.minh(), cast.operator(), case.number, LATER
    near: dict[str, Any] = {"category": POTHOLE, "text": MARK, "lat": DAI_NOI.lat, "lng": DAI_NOI.lng, "at": LATER}
    everything = CaseFilters(text=number)
    yield "public page", lambda: queries.public_case(number, at=at)
    yield "public list", lambda: queries.public_cases(CaseFilters(), at=at).rows
    yield "public file", lambda: b"".join(queries.public_table(language="vi", at=at)).decode()
    yield "figures", lambda: queries.public_figures("ward")
    yield "map", lambda: queries.map_points((16.0, 107.0, 17.0, 108.0), at=at)
    yield "map, cells", lambda: queries.map_cells((16.0, 107.0, 17.0, 108.0), zoom=8, at=at) or ""
    yield "map, centre", lambda: queries.map_points((16.0, 107.0, 17.0, 108.0), asker=ops, at=at)
    yield "near, public", lambda: queries.near_duplicates(**near)
    yield "near, centre", lambda: queries.near_duplicates(asker=ops, **near)
    yield "near, one", lambda: queries.nearby_case(number)
    yield "open311", lambda: queries.open_requests([number])
    yield "open311, updates", lambda: queries.open_updates(MONDAY, LATER, number=number)
    yield "desk", lambda: queries.desk_case(minh, number, at=at)
    for filters in (everything, CaseFilters(states=frozenset(State)), CaseFilters(text="tố cáo")):
        yield from _lists(filters)
    yield "centre", lambda: queries.ops_case(ops, number, at=at)
    yield "words", lambda: queries.whole_texts(ops, [number])
    yield "covering", lambda: queries.words_to_cover(ops, number, 1)
    yield "place", lambda: queries.place_of(ops, number)
    yield "met it too", lambda: actions.support(number=number, by=cast.eve(), at=at)


def _lists(filters: CaseFilters) -> Iterator[tuple[str, Callable[[], Any]]]:
    minh, ops, at = cast.minh(), cast.operator(), LATER
    yield "desk list", lambda: queries.desk_inbox(minh, filters, at=at).rows
    yield "desk file", lambda: b"".join(queries.desk_table(minh, filters, order="due", language="vi", at=at)).decode()
    yield "centre list", lambda: queries.ops_queue(ops, filters, at=at).rows
    yield "centre file", lambda: list(queries.ops_rows(ops, filters, order="newest", language="vi", at=at))


@pytest.mark.parametrize("state", [State.RECEIVED, State.WAITING, State.ANSWERED, State.PUBLISHED, State.CLOSED])
def test_nobody_but_its_reporter_meets_with_it(state: State) -> None:
    case = sealed(state)
    for door, ask in doors(case):
        try:
            found = ask()
        except (NotFound, SignInNeeded):
            continue
        assert case.number not in str(found), door
        assert "tố cáo" not in str(found), door
        assert not found or door != "map, cells"
    mine = queries.my_case(cast.lan(), case.number, at=LATER)
    assert (mine.state, mine.outcome, mine.text) == (State.SEALED, "denunciation", MARK)
    assert (mine.passed_to, mine.passed_ref, mine.moves) == (WHERE, "12/TT", ())
    assert mine.timeline[-1].text == WHY
    assert [row.number for row in queries.my_cases(cast.lan(), at=LATER).rows] == [case.number]


def test_the_doors_would_find_it_otherwise() -> None:
    case = a_case_in(State.PUBLISHED, text=MARK)
    shown = 0
    for _door, ask in doors(case):
        try:
            shown += case.number in str(ask()) or "tố cáo" in str(ask())
        except NotFound:
            continue
    assert shown > 18


def test_the_agency_knows_its_number_and_state_alone() -> None:
    case = sealed()
    card = queries.sealed_card(cast.minh(), case.number)
    assert (card.number, card.may_open, card.may_lift) == (case.number, False, False)
    for other in (cast.worker("ubnd-kim-long"), cast.lan(), STRANGER):
        with pytest.raises(NotFound):
            queries.sealed_card(other, case.number)
    for move in (actions.note, actions.give_back):
        with pytest.raises(WrongState):
            said = {"text": "Xem lại."} if move is actions.note else {"reason": "Xem lại."}
            move(case_id=case.id, by=cast.minh(), seen=case.version, at=LATER, **said)


def test_a_denunciation_is_opened_by_a_duty_leader_alone_and_each_look_is_told() -> None:
    case, leader = sealed(), cast.duty_leader()
    why = "Đối chiếu theo công văn của Thanh tra."
    with pytest.raises(NotAllowed):
        actions.open_sealed(number=case.number, purpose=why, by=cast.operator(), at=LATER)
    with pytest.raises(NotAllowed):
        actions.unseal(case_id=case.id, purpose=why, by=cast.operator(), at=LATER)
    with pytest.raises(NotFound):
        actions.open_sealed(number=case.number, purpose=why, by=cast.worker("ubnd-kim-long"), at=LATER)
    with pytest.raises(Invalid):
        actions.open_sealed(number=case.number, purpose="xem", by=leader, at=LATER)
    found = actions.open_sealed(number=case.number, purpose=why, by=leader, at=LATER)
    assert found.text == MARK
    looked = queries.my_case(cast.lan(), case.number, at=LATER).accesses
    assert [access.purpose for access in looked] == [why]
    complaint = sealed(outcome="complaint")
    assert actions.open_sealed(number=complaint.number, purpose=why, by=cast.operator(), at=LATER).text == MARK


def test_a_duty_leader_brings_it_back_with_a_reason() -> None:
    case = sealed(State.PUBLISHED)
    back: dict[str, Any] = {"case_id": case.id, "seen": case.version, "at": LATER}
    with pytest.raises(NotAllowed):
        actions.lift_seal(reason="Không phải tố cáo.", by=cast.operator(), **back)
    with pytest.raises(Invalid):
        actions.lift_seal(reason="", by=cast.duty_leader(), **back)
    moved = actions.lift_seal(reason="Không phải tố cáo.", by=cast.duty_leader(), **back)
    found = queries.ops_case(cast.operator(), case.number, at=LATER)
    assert (found.state, found.outcome, found.passed_to) == (State.RECEIVED, "", "")
    with pytest.raises(NotFound):
        queries.public_case(case.number, at=LATER)
    minh = cast.an_agency()
    actions.accept_and_route(case_id=case.id, agency_id=minh.id, by=cast.operator(), seen=moved.version, at=LATER)
    assert queries.desk_case(cast.minh(), case.number, at=LATER).text == MARK


def test_an_agency_proposes_it_and_the_centre_seals_it() -> None:
    case = a_case_in(State.IN_PROGRESS, text=MARK)
    said: dict[str, Any] = {"case_id": case.id, "text": WHY, "by": cast.minh(), "seen": case.version, "at": LATER}
    with pytest.raises(Invalid) as refused:
        actions.answer_case(outcome="complaint", **said)
    assert "passed_to" in refused.value.fields
    moved = actions.answer_case(outcome="complaint", passed_to=WHERE, passed_ref="12/TT", **said)
    found = queries.ops_case(cast.operator(), case.number, at=LATER)
    assert (found.passed_to, found.passed_ref) == (WHERE, "12/TT")
    assert Verb.PUBLISH not in found.moves
    assert Verb.SEAL in found.moves
    with pytest.raises(Invalid):
        actions.publish(case_id=case.id, by=cast.operator(), seen=moved.version, at=LATER)
    for missing in ({"passed_to": ""}, {"outcome": "fixed"}, {"text": ""}):
        sent = {"outcome": "complaint", "passed_to": WHERE, "text": WHY} | missing
        with pytest.raises(Invalid):
            actions.seal_case(case_id=case.id, by=cast.operator(), seen=moved.version, at=LATER, **sent)
    seal(Known(id=case.id, number=case.number, version=moved.version), "complaint")


def test_the_parts_of_a_report_are_sealed_with_it() -> None:
    whole = split(a_case_in(State.RECEIVED, text=MARK))
    with pytest.raises(WrongState):
        seal(whole)
    with pytest.raises(Invalid):
        answered = part(whole, 1)
        by = cast.minh()
        taken = actions.take(case_id=answered.id, by=by, seen=answered.version, at=MONDAY)
        actions.answer_case(
            case_id=answered.id, text=WHY, outcome="complaint", passed_to=WHERE, by=by, seen=taken.version, at=MONDAY
        )
    with transaction.atomic():
        actions.join(
            case_id=whole.id,
            agency_id=cast.an_agency().id,
            reason="Là tố cáo.",
            by=cast.operator(),
            seen=whole.version,
            at=MONDAY,
        )
    seal(Known(id=whole.id, number=whole.number, version=whole.version + 1))
    assert set(Case.every.values_list("state", flat=True)) == {State.SEALED}
    assert not Case.objects.exists()
    for turn in ("-1", "-2"):
        with pytest.raises(NotFound):
            queries.ops_case(cast.operator(), whole.number + turn, at=LATER)


def test_the_database_itself_keeps_it_from_the_public() -> None:
    case = sealed()
    with pytest.raises(IntegrityError), transaction.atomic():
        Case.every.filter(pk=case.id).update(published_at=LATER)


def test_its_reporter_is_told_and_the_words_are_not_in_the_message() -> None:
    case = sealed()
    journal.drain()
    told = str(delivery.inbox(cast.lan()))
    assert f"{case.number}: đã chuyển xử lý theo luật" in told
    assert "Thanh tra" not in told
