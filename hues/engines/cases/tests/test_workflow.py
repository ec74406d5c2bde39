"""The table of moves, read cell by cell."""

from itertools import product

import pytest

from hues.engines.cases.rules.workflow import (
    AT_AGENCY,
    AT_IOC,
    ENDED,
    MOVES,
    OPEN,
    OPENS_IN,
    Shape,
    Side,
    State,
    Verb,
    moves_open_to,
    next_state,
    side_for,
)

MET = [state for state in State if state != State.SEALED]  # of what is sealed nobody does anything but lift the seal

# Written out a second time on purpose: a slip in the one table must not go by unseen.
EXPECTED = {
    "accept": "ioc: received>assigned assigned>assigned in_progress>assigned",
    "refuse": "ioc: received>refused",
    "give_back": "agency link: assigned>received in_progress>received",
    "take": "agency link: assigned>in_progress",
    "assign": "agency city: assigned>assigned in_progress>in_progress waiting>waiting answered>answered",
    "ask": "agency: in_progress>waiting",
    "reply": "citizen: waiting>in_progress",
    "add": "citizen city: received>received assigned>assigned in_progress>in_progress split>split answered>answered",
    "resume": "agency city: waiting>in_progress",
    "ask_extension": "agency: in_progress>in_progress",
    "decide_extension": "ioc: assigned>assigned in_progress>in_progress waiting>waiting split>split",
    "answer": "agency link: in_progress>answered",
    "return": "ioc: answered>in_progress",
    "publish": "ioc: answered>published",
    "rate": "citizen: published>published closed>closed",
    "reopen": "citizen: refused>received published>assigned closed>assigned",
    "close": "city: published>closed",
    "unmerge": "ioc: refused>received",
    "keep_promise": "agency link: published>published closed>closed",
    "check_promise": "ioc: published>published closed>closed",
    "split": "ioc: received>split assigned>split in_progress>split",
    "gather": "city: split>answered",
    "await": "city: answered>split",
    "edit": "ioc: answered>answered",
    "join": "ioc: split>assigned",
    "call_off": "city: received>closed assigned>closed in_progress>closed answered>closed",
    "end": "city: answered>closed",
    "succeed": "city: " + " ".join(f"{s}>{s}" for s in MET if s not in (State.RECEIVED, State.REFUSED, State.SPLIT)),
    "seal": "ioc: " + " ".join(f"{state}>sealed" for state in MET if state != State.SPLIT),
    "lift": "ioc: sealed>received",
    "note": "agency ioc: " + " ".join(f"{state}>{state}" for state in MET),
    "cover": "ioc: " + " ".join(f"{state}>{state}" for state in MET),
    "uncover": "ioc: " + " ".join(f"{state}>{state}" for state in MET),
}

# On what else than a case that one agency has the whole of; `!` where not on that.
SHAPES = {
    "part": {"accept", "give_back", "take", "answer", "return", "note", "!call_off", "!end"}
    | {"ask_extension", "decide_extension", "assign", "add", "succeed", "cover", "uncover"},
    "split": {"publish", "rate", "reopen", "close", "keep_promise", "check_promise", "note", "decide_extension"}
    | {"!gather", "!await", "!edit", "!join", "add", "succeed", "cover", "uncover", "seal", "lift"},
}


def test_the_table_is_the_one_that_was_agreed() -> None:
    written = {
        str(verb): " ".join(sorted(move.sides)) + ": " + " ".join(f"{a}>{b}" for a, b in move.steps.items())
        for verb, move in MOVES.items()
    }
    assert written == EXPECTED
    for shape, named in SHAPES.items():
        assert {
            ("" if Shape.WHOLE in move.shapes else "!") + verb for verb, move in MOVES.items() if shape in move.shapes
        } == named


def test_every_state_can_be_reached_and_left() -> None:
    reached, before = {OPENS_IN}, set[State]()
    while reached != before:
        before = set(reached)
        reached |= {end for move in MOVES.values() for start, end in move.steps.items() if start in before}
    assert reached == set(State)
    for state in State:
        assert any(move.steps.get(state, state) != state for move in MOVES.values())


def test_every_state_is_open_or_has_ended_or_is_published() -> None:
    assert AT_AGENCY.isdisjoint(AT_IOC)
    assert OPEN | ENDED | {State.PUBLISHED} == set(State)


@pytest.mark.parametrize("verb", [verb for verb in Verb if verb != Verb.OPEN])
@pytest.mark.parametrize("state", list(State))
def test_a_reader_is_offered_exactly_what_the_table_allows(verb: Verb, state: State) -> None:
    for side, shape in product(Side, Shape):
        offered = verb in moves_open_to(state, {side}, shape)
        assert offered == (side in MOVES[verb].sides and next_state(verb, state, shape) is not None)


def test_nothing_leads_back_to_before_it_was_opened() -> None:
    assert next_state(Verb.OPEN, State.RECEIVED) is None


def test_somebody_on_two_sides_acts_on_the_one_that_may() -> None:
    assert side_for(Verb.ANSWER, {Side.IOC, Side.AGENCY}) == Side.AGENCY
    assert side_for(Verb.PUBLISH, {Side.CITIZEN}) is None
