"""Every verb in every state by everybody: what the table allows happens, and nothing else does."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import transaction

from hues.engines.cases import actions, queries
from hues.engines.cases.actions import Share
from hues.engines.cases.actions.moving import Words, move
from hues.engines.cases.models import Case, Step
from hues.engines.cases.rules.facts import Given
from hues.engines.cases.rules.workflow import AT_IOC, MOVES, Shape, Side, State, Verb, next_state
from hues.engines.cases.testing import MONDAY, a_case, a_case_in, a_proof
from hues.kernel.agencies import testing as cast
from hues.kernel.consent import actions as consent
from hues.kernel.errors import NotAllowed, NotFound, Refusal, Stale, WrongState
from hues.kernel.journal import queries as journal
from hues.kernel.people.asker import CITY, STRANGER, Asker

pytestmark = pytest.mark.django_db
TUESDAY = MONDAY + timedelta(days=1)
# What these decide on has to be there: a wish for time, a promise, its proof.
NEED_MORE = frozenset({Verb.DECIDE_EXTENSION, Verb.KEEP_PROMISE, Verb.CHECK_PROMISE, Verb.UNMERGE})
type Attempt = Callable[[UUID, Asker, int], object]


def moved_without_an_action(agency: UUID, at: datetime) -> dict[Verb, Attempt]:
    """Return how those verbs are done that follow from something else or have no action of their own here."""

    def bare(verb: Verb, **given: Any) -> Attempt:
        return lambda case_id, by, seen: move(verb, case_id, by=by, seen=seen, at=at, **given)

    def to_head(case_id: UUID, by: Asker, seen: int) -> object:
        return bare(Verb.ASSIGN, given=Given(assignee=cast.head().person_id))(case_id, by, seen)

    return {
        Verb.GATHER: bare(Verb.GATHER, given=Given(outcome="fixed"), words=Words(public="Đã xong.")),
        Verb.UNCOVER: bare(Verb.UNCOVER, words=Words(internal="Che nhầm.")),
        Verb.ASSIGN: to_head,
        Verb.LIFT: bare(Verb.LIFT, words=Words(internal="Không phải tố cáo.")),
        Verb.SUCCEED: bare(Verb.SUCCEED, given=Given(agency_id=agency)),
        **{verb: bare(verb) for verb in (Verb.CLOSE, Verb.AWAIT, Verb.CALL_OFF, Verb.END, Verb.COVER)},
    }


def attempts(at: datetime = TUESDAY) -> dict[Verb, Attempt]:
    """Return how each verb is done, with everything it needs."""
    agency, other = cast.an_agency("ubnd-phu-xuan").id, cast.an_agency().id

    def how(action: Callable[..., object], **given: Any) -> Attempt:
        return lambda case_id, by, seen: action(case_id=case_id, by=by, seen=seen, at=at, **given)

    found = moved_without_an_action(agency, at) | {
        Verb.ACCEPT: how(actions.accept_and_route, agency_id=agency),
        Verb.REFUSE: how(actions.refuse, outcome="spam", text="Không phải phản ánh."),
        Verb.GIVE_BACK: how(actions.give_back, reason="Thuộc Sở Xây dựng."),
        Verb.TAKE: how(actions.take),
        Verb.ASK: how(actions.ask_citizen, question="Ở số nhà nào?"),
        Verb.REPLY: how(actions.reply, text="Số 12."),
        Verb.ADD: how(actions.add_words, text="Cạnh quán cà phê."),
        Verb.RESUME: how(actions.resume),
        Verb.ASK_EXTENSION: how(actions.ask_extension, until=at + timedelta(days=19), reason="Chờ vật tư."),
        Verb.DECIDE_EXTENSION: how(actions.decide_extension, granted=True),
        Verb.ANSWER: lambda case_id, by, seen: actions.answer_case(
            case_id=case_id, text="Đã kiểm tra.", outcome="not_ours", proof=a_proof(by), by=by, seen=seen, at=at
        ),
        Verb.RETURN: how(actions.return_answer, reason="Thiếu ảnh."),
        Verb.PUBLISH: how(actions.publish),
        Verb.SEAL: how(actions.seal_case, outcome="complaint", passed_to="UBND thành phố", text="Đã chuyển."),
        Verb.RATE: how(actions.rate, stars=4, fixed=True),
        Verb.REOPEN: how(actions.reopen, text="Vẫn còn ổ gà như trước khi sửa."),
        Verb.UNMERGE: how(actions.unmerge),
        Verb.KEEP_PROMISE: how(actions.keep_promise, text="Đã làm xong."),
        Verb.CHECK_PROMISE: how(actions.check_promise, granted=True),
        Verb.NOTE: how(actions.note, text="Đã gọi cho đội đường."),
        Verb.SPLIT: how(actions.split, shares=[Share(agency_id=one, task="Dọn cây.") for one in (agency, other)]),
        Verb.JOIN: how(actions.join, agency_id=agency),
        Verb.EDIT: how(actions.edit_answer, text="Các cơ quan đã xử lý xong."),
    }
    assert set(found) == set(MOVES)
    return found


def outcome_of(attempt: Attempt, case_id: UUID, by: Asker, seen: int) -> State | type[Refusal]:
    """Return the state that an attempt led to, or how it was refused; nothing of it stays."""
    result: State | type[Refusal]
    with transaction.atomic():
        try:
            attempt(case_id, by, seen)
        except Refusal as refusal:
            result = type(refusal)
        else:
            row = Case.every.get(pk=case_id)
            assert row.version == seen + 1
            assert Step.objects.filter(case_id=case_id, seq=row.version).count() == 1
            result = State(row.state)
        transaction.set_rollback(True)
    return result


def expected(verb: Verb, state: State, side: Side | None) -> State | type[Refusal]:
    """Return what the table says."""
    agency_is_there = state == State.ANSWERED or state not in AT_IOC | {State.REFUSED, State.SPLIT}
    if side is None or (side == Side.AGENCY and not agency_is_there):
        return NotAllowed if state in (State.PUBLISHED, State.CLOSED) else NotFound
    if side not in MOVES[verb].sides:
        return NotAllowed
    end = next_state(verb, state, Shape.SPLIT if state == State.SPLIT else Shape.WHOLE)
    return WrongState if end is None else end


@pytest.mark.parametrize("state", list(State))
def test_exactly_the_moves_of_the_table_are_possible(state: State) -> None:
    case = a_case_in(state)
    people: dict[Side | None, Asker] = {
        Side.CITIZEN: cast.lan(),
        Side.AGENCY: cast.minh(),
        Side.IOC: cast.operator(),
        Side.CITY: CITY,
        None: cast.eve(),
    }
    for verb, attempt in attempts().items():
        for side, by in people.items():
            found = outcome_of(attempt, case.id, by, case.version)
            wanted = expected(verb, state, side)
            if verb in NEED_MORE and isinstance(wanted, State):
                assert not isinstance(found, State), "nothing was asked or promised"
                continue
            assert found == wanted, f"{verb} in {state} by {side}"


def test_a_granted_extension_moves_the_due_time() -> None:
    case = a_case_in(State.IN_PROGRESS)
    until = MONDAY + timedelta(days=20)
    moved = actions.ask_extension(
        case_id=case.id, until=until, reason="Chờ vật tư.", by=cast.minh(), seen=case.version, at=TUESDAY
    )
    actions.decide_extension(case_id=case.id, granted=True, by=cast.operator(), seen=moved.version, at=TUESDAY)
    row = Case.objects.get(pk=case.id)
    assert row.due_at == until
    assert row.first_due_at < until


def test_nobody_and_another_agency_learn_nothing() -> None:
    case = a_case_in(State.IN_PROGRESS)
    for by in (STRANGER, cast.worker("ubnd-kim-long")):
        with pytest.raises(NotFound):
            actions.take(case_id=case.id, by=by, seen=case.version, at=TUESDAY)


def test_a_case_that_is_not_there_is_not_found() -> None:
    a_case_in(State.RECEIVED)
    with pytest.raises(NotFound):
        actions.take(case_id=UUID(int=7), by=cast.operator(), seen=1, at=TUESDAY)


def test_each_move_leaves_one_step_and_one_entry_that_name_no_reporter() -> None:
    case = a_case_in(State.CLOSED)
    steps = list(Step.objects.filter(case_id=case.id).order_by("seq").values_list("seq", "verb"))
    assert steps == [(1, "open"), (2, "accept"), (3, "take"), (4, "answer"), (5, "publish"), (6, "close")]
    entries = list(journal.entries_about(case.id))
    assert [entry.event for entry in entries] == [
        "cases.case.opened",
        "cases.case.accepted",
        "cases.case.taken",
        "cases.case.answered",
        "cases.answer.published",
        "cases.case.closed",
    ]
    assert [entry.by for entry in entries] == [
        None,
        cast.operator().person_id,
        cast.minh().person_id,
        cast.minh().person_id,
        cast.operator().person_id,
        None,
    ]
    assert str(cast.lan().person_id) not in repr(entries)


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"outcome": "fixed"}, "proof"),
        ({"outcome": "promised", "promise_on": date(2027, 1, 1)}, "proof"),
        ({"outcome": "answered"}, "proof"),
        ({"outcome": "not_ours"}, "proof"),
        ({"outcome": "not_enough"}, "proof"),
        ({"outcome": "refused"}, "proof"),
        ({"outcome": "spam"}, "outcome"),
        ({"outcome": "not_ours", "text": "  "}, "text"),
        ({"outcome": "not_ours", "text": "x" * 4001}, "text"),
    ],
)
def test_an_answer_that_lacks_something_changes_nothing(given: dict[str, Any], field: str) -> None:
    case = a_case_in(State.IN_PROGRESS)
    with pytest.raises(Refusal) as caught:
        actions.answer_case(
            case_id=case.id, by=cast.minh(), seen=case.version, at=TUESDAY, **({"text": "Đã xong."} | given)
        )
    assert field in getattr(caught.value, "fields", {})
    assert Case.objects.get(pk=case.id).version == case.version


def test_a_case_is_not_passed_to_an_agency_that_does_not_exist() -> None:
    case = a_case_in(State.RECEIVED)
    with pytest.raises(Refusal) as caught:
        actions.accept_and_route(case_id=case.id, agency_id=UUID(int=5), by=cast.operator(), seen=1, at=TUESDAY)
    assert "agency_id" in getattr(caught.value, "fields", {})


def test_a_new_category_brings_its_own_urgency() -> None:
    case = a_case_in(State.RECEIVED)
    agency = cast.an_agency()
    actions.accept_and_route(
        case_id=case.id, agency_id=agency.id, category="roads-manhole", by=cast.operator(), seen=1, at=MONDAY
    )
    row = Case.objects.get(pk=case.id)
    assert (row.category, row.service_class) == ("roads-manhole", "urgent")
    assert row.due_at == MONDAY + timedelta(hours=6)  # four working hours, and two of rest at midday


def test_a_note_makes_nobodys_page_old_but_every_other_move_does() -> None:
    case = a_case_in(State.IN_PROGRESS)
    minh, operator = cast.minh(), cast.operator()
    for words in ("Đã gọi cho đội đường.", "Đội đường hẹn chiều nay."):
        actions.note(case_id=case.id, text=words, by=operator, seen=case.version, at=TUESDAY)
    moved = actions.ask_citizen(case_id=case.id, question="Ở số nhà nào?", by=minh, seen=case.version, at=TUESDAY)
    assert moved.version == case.version + 3
    with pytest.raises(Stale):
        actions.resume(case_id=case.id, by=minh, seen=case.version, at=TUESDAY)
    with pytest.raises(Stale):
        actions.resume(case_id=case.id, by=minh, seen=moved.version + 1, at=TUESDAY)


def test_what_one_agency_asked_for_is_not_anothers() -> None:
    case = a_case_in(State.IN_PROGRESS)
    until = TUESDAY + timedelta(days=19)
    moved = actions.ask_extension(
        case_id=case.id, until=until, reason="Chờ vật tư.", by=cast.minh(), seen=case.version, at=TUESDAY
    )
    other = cast.an_agency("ubnd-phu-xuan").id
    actions.accept_and_route(case_id=case.id, agency_id=other, by=cast.operator(), seen=moved.version, at=TUESDAY)
    assert Case.objects.get(pk=case.id).extension_asked_until is None


def test_a_duplicate_leads_its_reporter_to_the_original_once_that_is_public() -> None:
    operator, eve = cast.operator(), cast.eve()
    for original in (a_case_in(State.ASSIGNED), a_case_in(State.PUBLISHED)):
        again = a_case(by=eve)
        actions.refuse(
            case_id=again.id,
            outcome="duplicate",
            text="Đã có phản ánh cùng nội dung.",
            duplicate_of=original.number.lower(),
            by=operator,
            seen=1,
            at=TUESDAY,
        )
        public = original.version == 5
        assert queries.my_case(eve, again.number, at=TUESDAY).duplicate_of == (original.number if public else "")
        assert queries.ops_case(operator, again.number, at=TUESDAY).duplicate_of == original.number


def test_a_draft_and_a_key_are_forgotten_in_their_time() -> None:
    lan = cast.lan()
    a_case(by=lan)
    actions.save_draft(by=lan, key="old", fields={}, at=MONDAY)
    actions.save_draft(by=lan, key="new", fields={}, at=MONDAY + timedelta(days=80))
    consent.sweep(MONDAY + timedelta(days=91))
    assert (queries.draft(lan, "old"), queries.draft(lan, "new") is None) == (None, False)
