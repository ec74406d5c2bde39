"""The one table of moves: which verb leads from which state to which, and who may make it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType


class State(StrEnum):
    """Where a case stands."""

    RECEIVED = "received"
    REFUSED = "refused"
    ASSIGNED = "assigned"
    IN_PROGRESS = "in_progress"
    WAITING = "waiting"
    ANSWERED = "answered"
    PUBLISHED = "published"
    CLOSED = "closed"


class Side(StrEnum):
    """In whose name somebody acts; CITY is the platform itself, when a time has come."""

    CITIZEN = "citizen"
    AGENCY = "agency"
    IOC = "ioc"
    CITY = "city"


class Verb(StrEnum):
    """What can be done to a case."""

    OPEN = "open"
    ACCEPT = "accept"
    REFUSE = "refuse"
    GIVE_BACK = "give_back"
    TAKE = "take"
    ASK = "ask"
    REPLY = "reply"
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
    UNMERGE = "unmerge"
    KEEP_PROMISE = "keep_promise"
    CHECK_PROMISE = "check_promise"


@dataclass(frozen=True, kw_only=True, slots=True)
class Move:
    """
    One row of the table.

    `steps` maps each state the move starts from to the one it ends in; `says` tells that it needs words.
    """

    sides: frozenset[Side]
    steps: Mapping[State, State]
    says: bool = False


def _move(*sides: Side, says: bool = False, **steps: State) -> Move:
    return Move(
        sides=frozenset(sides),
        says=says,
        steps=MappingProxyType({State(start): end for start, end in steps.items()}),
    )


OPENS_IN = State.RECEIVED
ENDED = frozenset({State.REFUSED, State.CLOSED})
AT_AGENCY = frozenset({State.ASSIGNED, State.IN_PROGRESS, State.WAITING})
AT_IOC = frozenset({State.RECEIVED, State.ANSWERED})
OPEN = AT_AGENCY | AT_IOC

MOVES: Mapping[Verb, Move] = MappingProxyType(
    {
        Verb.ACCEPT: _move(Side.IOC, received=State.ASSIGNED, assigned=State.ASSIGNED, in_progress=State.ASSIGNED),
        Verb.REFUSE: _move(Side.IOC, received=State.REFUSED, says=True),
        Verb.GIVE_BACK: _move(Side.AGENCY, assigned=State.RECEIVED, in_progress=State.RECEIVED, says=True),
        Verb.TAKE: _move(Side.AGENCY, assigned=State.IN_PROGRESS),
        Verb.ASK: _move(Side.AGENCY, in_progress=State.WAITING, says=True),
        Verb.REPLY: _move(Side.CITIZEN, waiting=State.IN_PROGRESS, says=True),
        Verb.RESUME: _move(Side.AGENCY, Side.CITY, waiting=State.IN_PROGRESS),
        Verb.ASK_EXTENSION: _move(Side.AGENCY, in_progress=State.IN_PROGRESS, says=True),
        Verb.DECIDE_EXTENSION: _move(
            Side.IOC, assigned=State.ASSIGNED, in_progress=State.IN_PROGRESS, waiting=State.WAITING
        ),
        Verb.ANSWER: _move(Side.AGENCY, in_progress=State.ANSWERED, says=True),
        Verb.RETURN: _move(Side.IOC, answered=State.IN_PROGRESS, says=True),
        Verb.PUBLISH: _move(Side.IOC, answered=State.PUBLISHED),
        Verb.RATE: _move(Side.CITIZEN, published=State.PUBLISHED, closed=State.CLOSED),
        Verb.REOPEN: _move(
            Side.CITIZEN, refused=State.RECEIVED, published=State.ASSIGNED, closed=State.ASSIGNED, says=True
        ),
        Verb.CLOSE: _move(Side.CITY, published=State.CLOSED),
        Verb.UNMERGE: _move(Side.IOC, refused=State.RECEIVED),
        Verb.KEEP_PROMISE: _move(Side.AGENCY, published=State.PUBLISHED, closed=State.CLOSED, says=True),
        Verb.CHECK_PROMISE: _move(Side.IOC, published=State.PUBLISHED, closed=State.CLOSED),
        Verb.NOTE: _move(Side.AGENCY, Side.IOC, says=True, **{state: state for state in State}),
    }
)


def next_state(verb: Verb, state: State) -> State | None:
    """Return where `verb` leads from `state`, or None where it can't be done."""
    return MOVES[verb].steps.get(state) if verb in MOVES else None


def side_for(verb: Verb, sides: Iterable[Side]) -> Side | None:
    """Return in whose name somebody who stands on `sides` does `verb`, or None if they may not."""
    may = MOVES[verb].sides
    return next((side for side in Side if side in may and side in frozenset(sides)), None)


def moves_open_to(state: State, sides: Iterable[Side]) -> tuple[Verb, ...]:
    """Return what somebody on `sides` may do to a case in `state`."""
    known = frozenset(sides)
    return tuple(verb for verb, move in MOVES.items() if state in move.steps and move.sides & known)
