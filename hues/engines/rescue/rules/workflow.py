"""The one table of moves of a call for rescue."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType


class State(StrEnum):
    """Where a call stands."""

    RECEIVED = "received"
    CALLED_BACK = "called_back"
    SENT = "sent"
    SAFE = "safe"
    UNREACHABLE = "unreachable"
    FALSE = "false"


class Verb(StrEnum):
    """What is done about a call, by the centre but for what is the `CALLER_S` own."""

    OPEN = "open"
    REACH = "reach"
    MISS = "miss"
    SEND = "send"
    SAVE = "save"
    GIVE_UP = "give_up"
    DISMISS = "dismiss"
    RETURN = "return"
    NOTE = "note"
    SAY_SAFE = "say_safe"
    CALL_AGAIN = "call_again"


CALLER_S = frozenset({Verb.OPEN, Verb.SAY_SAFE, Verb.CALL_AGAIN})


@dataclass(frozen=True, kw_only=True, slots=True)
class Move:
    """One row of the table: each state it starts from with the one it ends in; `says` tells that it needs words."""

    steps: Mapping[State, State]
    says: bool = False


OPEN = frozenset({State.RECEIVED, State.CALLED_BACK, State.SENT})
ENDED = frozenset(State) - OPEN


def _to(end: State, *starts: State, says: bool = False) -> Move:
    return Move(steps=MappingProxyType(dict.fromkeys(starts, end)), says=says)


def _staying(*states: State, says: bool = False) -> Move:
    return Move(steps=MappingProxyType({state: state for state in states}), says=says)


MOVES: Mapping[Verb, Move] = MappingProxyType(
    {
        Verb.REACH: Move(
            steps=MappingProxyType(
                {
                    State.RECEIVED: State.CALLED_BACK,
                    State.CALLED_BACK: State.CALLED_BACK,
                    State.SENT: State.SENT,
                    State.UNREACHABLE: State.CALLED_BACK,
                }
            ),
            says=True,
        ),
        Verb.MISS: _staying(State.RECEIVED, State.CALLED_BACK, State.SENT, State.UNREACHABLE),
        Verb.SEND: _to(State.SENT, State.RECEIVED, State.CALLED_BACK, State.UNREACHABLE, says=True),
        Verb.SAVE: _to(State.SAFE, State.CALLED_BACK, State.SENT, State.UNREACHABLE, says=True),
        Verb.GIVE_UP: _to(State.UNREACHABLE, State.RECEIVED, State.CALLED_BACK, State.SENT, says=True),
        Verb.DISMISS: _to(State.FALSE, State.RECEIVED, State.CALLED_BACK, State.SENT, State.UNREACHABLE, says=True),
        Verb.RETURN: _to(State.RECEIVED, State.SAFE, State.FALSE, State.UNREACHABLE, says=True),
        Verb.NOTE: _staying(*State, says=True),
        Verb.SAY_SAFE: _staying(State.RECEIVED, State.CALLED_BACK, State.SENT, State.UNREACHABLE),
        Verb.CALL_AGAIN: _staying(State.RECEIVED, State.CALLED_BACK, State.SENT, State.UNREACHABLE),
    }
)


def possible(state: State, *, tries: int) -> tuple[Verb, ...]:
    """Return what the centre may do now; nobody is given up who was not rung twice or looked for."""
    return tuple(
        verb
        for verb, move in MOVES.items()
        if verb not in CALLER_S
        and state in move.steps
        and not (verb == Verb.GIVE_UP and state != State.SENT and tries < TRIES_BEFORE_GIVING_UP)
    )


TRIES_BEFORE_GIVING_UP = 2
