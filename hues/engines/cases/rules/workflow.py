"""The one table of moves: which verb leads from which state to which, and who may make it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from uuid import UUID


class State(StrEnum):
    """Where a case stands."""

    RECEIVED = "received"
    REFUSED = "refused"
    ASSIGNED = "assigned"
    IN_PROGRESS = "in_progress"
    WAITING = "waiting"
    SPLIT = "split"
    ANSWERED = "answered"
    PUBLISHED = "published"
    CLOSED = "closed"
    SEALED = "sealed"


class Side(StrEnum):
    """
    In whose name somebody acts; CITY is the platform itself, when a time has come.

    LINK is an agency that does not sign in: whoever has the link to this one case.
    """

    CITIZEN = "citizen"
    AGENCY = "agency"
    LINK = "link"
    IOC = "ioc"
    CITY = "city"


class Shape(StrEnum):
    """One agency has the whole of a case, or it is split among several, or it is one of those parts."""

    WHOLE = "whole"
    SPLIT = "split"
    PART = "part"


def shape_of(*, parts: int, parent_id: UUID | None) -> Shape:
    """Return the shape of a case that is split into that many parts, or is a part of another."""
    if parent_id is not None:
        return Shape.PART
    return Shape.SPLIT if parts else Shape.WHOLE


class Verb(StrEnum):
    """What can be done to a case."""

    OPEN = "open"
    ACCEPT = "accept"
    REFUSE = "refuse"
    GIVE_BACK = "give_back"
    TAKE = "take"
    ASSIGN = "assign"
    ASK = "ask"
    REPLY = "reply"
    ADD = "add"
    RESUME = "resume"
    ASK_EXTENSION = "ask_extension"
    DECIDE_EXTENSION = "decide_extension"
    ANSWER = "answer"
    RETURN = "return"
    PUBLISH = "publish"
    RATE = "rate"
    REOPEN = "reopen"
    CLOSE = "close"
    NOTE = "note"
    COVER = "cover"
    UNCOVER = "uncover"
    UNMERGE = "unmerge"
    KEEP_PROMISE = "keep_promise"
    CHECK_PROMISE = "check_promise"
    SPLIT = "split"
    GATHER = "gather"
    AWAIT = "await"
    EDIT = "edit"
    JOIN = "join"
    CALL_OFF = "call_off"
    END = "end"
    SUCCEED = "succeed"
    SEAL = "seal"
    LIFT = "lift"


@dataclass(frozen=True, kw_only=True, slots=True)
class Move:
    """
    One row of the table.

    `steps` maps each state the move starts from to the one it ends in; `shapes` are the cases it is made on; `says`
    tells that it needs words.
    """

    sides: frozenset[Side]
    steps: Mapping[State, State]
    shapes: frozenset[Shape]
    says: bool = False


EVERY = frozenset(Shape)
WHOLE, SPLIT, PART = (frozenset({shape}) for shape in Shape)
LIKE_ONE = WHOLE | SPLIT  # for the public a split case is one like any other
FOR_ONE = WHOLE | PART  # for an agency a part is a case like any other


def _move(*sides: Side, on: frozenset[Shape] = WHOLE, says: bool = False, **steps: State) -> Move:
    return Move(
        sides=frozenset(sides),
        shapes=on,
        says=says,
        steps=MappingProxyType({State(start): end for start, end in steps.items()}),
    )


OF_AGENCY = frozenset({Side.AGENCY, Side.LINK})
OPENS_IN = State.RECEIVED
ENDED = frozenset({State.REFUSED, State.CLOSED, State.SEALED})
AT_AGENCY = frozenset({State.ASSIGNED, State.IN_PROGRESS, State.WAITING, State.SPLIT})
AT_IOC = frozenset({State.RECEIVED, State.ANSWERED})
OPEN = AT_AGENCY | AT_IOC

# What the reporter says after the report itself.
SAYING = frozenset({Verb.REPLY, Verb.ADD, Verb.REOPEN})
# What gives a case the words of its answer.
ANSWERING = frozenset({Verb.ANSWER, Verb.GATHER, Verb.EDIT})
WHEREVER: dict[str, State] = {state: state for state in State if state != State.SEALED}

MOVES: Mapping[Verb, Move] = MappingProxyType(
    {
        Verb.ACCEPT: _move(
            Side.IOC, on=FOR_ONE, received=State.ASSIGNED, assigned=State.ASSIGNED, in_progress=State.ASSIGNED
        ),
        Verb.SPLIT: _move(Side.IOC, received=State.SPLIT, assigned=State.SPLIT, in_progress=State.SPLIT),
        Verb.REFUSE: _move(Side.IOC, received=State.REFUSED, says=True),
        Verb.GIVE_BACK: _move(*OF_AGENCY, on=FOR_ONE, assigned=State.RECEIVED, in_progress=State.RECEIVED, says=True),
        Verb.TAKE: _move(*OF_AGENCY, on=FOR_ONE, assigned=State.IN_PROGRESS),
        Verb.ASSIGN: _move(
            Side.AGENCY,
            Side.CITY,
            on=FOR_ONE,
            assigned=State.ASSIGNED,
            in_progress=State.IN_PROGRESS,
            waiting=State.WAITING,
            answered=State.ANSWERED,
        ),
        Verb.ASK: _move(Side.AGENCY, in_progress=State.WAITING, says=True),
        Verb.REPLY: _move(Side.CITIZEN, waiting=State.IN_PROGRESS, says=True),
        Verb.ADD: _move(
            Side.CITIZEN,
            Side.CITY,  # which passes on to the parts what was said to the whole
            on=EVERY,
            says=True,
            received=State.RECEIVED,
            assigned=State.ASSIGNED,
            in_progress=State.IN_PROGRESS,
            split=State.SPLIT,
            answered=State.ANSWERED,
        ),
        Verb.RESUME: _move(Side.AGENCY, Side.CITY, waiting=State.IN_PROGRESS),
        Verb.ASK_EXTENSION: _move(Side.AGENCY, on=FOR_ONE, in_progress=State.IN_PROGRESS, says=True),
        Verb.DECIDE_EXTENSION: _move(
            Side.IOC,
            on=EVERY,
            assigned=State.ASSIGNED,
            in_progress=State.IN_PROGRESS,
            waiting=State.WAITING,
            split=State.SPLIT,
        ),
        Verb.ANSWER: _move(*OF_AGENCY, on=FOR_ONE, in_progress=State.ANSWERED, says=True),
        Verb.RETURN: _move(Side.IOC, on=FOR_ONE, answered=State.IN_PROGRESS, says=True),
        Verb.GATHER: _move(Side.CITY, on=SPLIT, split=State.ANSWERED, says=True),
        Verb.AWAIT: _move(Side.CITY, on=SPLIT, answered=State.SPLIT),
        Verb.EDIT: _move(Side.IOC, on=SPLIT, answered=State.ANSWERED, says=True),
        Verb.JOIN: _move(Side.IOC, on=SPLIT, split=State.ASSIGNED),
        Verb.CALL_OFF: _move(
            Side.CITY,
            on=PART,
            received=State.CLOSED,
            assigned=State.CLOSED,
            in_progress=State.CLOSED,
            answered=State.CLOSED,
        ),
        Verb.END: _move(Side.CITY, on=PART, answered=State.CLOSED),
        Verb.PUBLISH: _move(Side.IOC, on=LIKE_ONE, answered=State.PUBLISHED),
        Verb.RATE: _move(Side.CITIZEN, on=LIKE_ONE, published=State.PUBLISHED, closed=State.CLOSED),
        Verb.REOPEN: _move(
            Side.CITIZEN,
            on=LIKE_ONE,
            refused=State.RECEIVED,
            published=State.ASSIGNED,
            closed=State.ASSIGNED,
            says=True,
        ),
        Verb.CLOSE: _move(Side.CITY, on=LIKE_ONE, published=State.CLOSED),
        Verb.UNMERGE: _move(Side.IOC, refused=State.RECEIVED),
        Verb.SUCCEED: _move(
            Side.CITY,
            on=EVERY,
            assigned=State.ASSIGNED,
            in_progress=State.IN_PROGRESS,
            waiting=State.WAITING,
            answered=State.ANSWERED,
            published=State.PUBLISHED,
            closed=State.CLOSED,
        ),
        Verb.KEEP_PROMISE: _move(*OF_AGENCY, on=LIKE_ONE, published=State.PUBLISHED, closed=State.CLOSED, says=True),
        Verb.CHECK_PROMISE: _move(Side.IOC, on=LIKE_ONE, published=State.PUBLISHED, closed=State.CLOSED),
        Verb.SEAL: _move(
            Side.IOC,
            on=LIKE_ONE,
            says=True,
            # While several agencies work on parts, it is joined first.
            **{state: State.SEALED for state in WHEREVER if state != State.SPLIT},
        ),
        Verb.LIFT: _move(Side.IOC, on=LIKE_ONE, sealed=State.RECEIVED, says=True),
        Verb.NOTE: _move(Side.AGENCY, Side.IOC, on=EVERY, says=True, **WHEREVER),
        Verb.COVER: _move(Side.IOC, on=EVERY, says=False, **WHEREVER),
        Verb.UNCOVER: _move(Side.IOC, on=EVERY, says=True, **WHEREVER),
    }
)


def next_state(verb: Verb, state: State, shape: Shape = Shape.WHOLE) -> State | None:
    """Return where `verb` leads a case of that shape from `state`, or None where it can't be done."""
    move = MOVES.get(verb)
    return move.steps.get(state) if move and shape in move.shapes else None


def side_for(verb: Verb, sides: Iterable[Side]) -> Side | None:
    """Return in whose name somebody who stands on `sides` does `verb`, or None if they may not."""
    may = MOVES[verb].sides
    return next((side for side in Side if side in may and side in frozenset(sides)), None)


def moves_open_to(state: State, sides: Iterable[Side], shape: Shape = Shape.WHOLE) -> tuple[Verb, ...]:
    """Return what somebody on `sides` may do to a case of that shape in `state`."""
    known = frozenset(sides)
    return tuple(verb for verb, move in MOVES.items() if next_state(verb, state, shape) and move.sides & known)
