"""The one table of moves of a bulletin."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final


class State(StrEnum):
    DRAFT = "draft"
    SUBMITTED = "submitted"
    APPROVED = "approved"
    ISSUED = "issued"
    UPDATED = "updated"
    CANCELLED = "cancelled"
    EXPIRED = "expired"
    DISCARDED = "discarded"


class Verb(StrEnum):
    """What can be done to a bulletin; the last three happen to it when another is issued, or in time."""

    WRITE = "write"
    SUBMIT = "submit"
    RETURN = "return"
    APPROVE = "approve"
    DISCARD = "discard"
    ISSUE = "issue"
    FOLLOW = "follow"
    RETARGET = "retarget"
    SET_APART = "set-apart"
    REPLACE = "replace"
    WITHDRAW = "withdraw"
    EXPIRE = "expire"


class MsgType(StrEnum):
    """What a message does to those before it, in the words of CAP."""

    ALERT = "Alert"
    UPDATE = "Update"
    CANCEL = "Cancel"


@dataclass(frozen=True, slots=True)
class Move:
    """From which states a verb leads where."""

    before: frozenset[State]
    after: State


UNSENT: Final = frozenset({State.DRAFT, State.SUBMITTED, State.APPROVED, State.DISCARDED})
OPEN: Final = frozenset({State.DRAFT, State.SUBMITTED, State.APPROVED})
MOVES: Final[Mapping[Verb, Move]] = {
    Verb.WRITE: Move(frozenset({State.DRAFT}), State.DRAFT),
    Verb.SUBMIT: Move(frozenset({State.DRAFT}), State.SUBMITTED),
    Verb.RETURN: Move(frozenset({State.SUBMITTED, State.APPROVED}), State.DRAFT),
    Verb.APPROVE: Move(frozenset({State.SUBMITTED}), State.APPROVED),
    Verb.DISCARD: Move(OPEN, State.DISCARDED),
    Verb.ISSUE: Move(frozenset({State.APPROVED}), State.ISSUED),
    Verb.FOLLOW: Move(frozenset({State.ISSUED}), State.ISSUED),
    Verb.RETARGET: Move(OPEN, State.DRAFT),
    Verb.SET_APART: Move(frozenset({State.DRAFT}), State.DRAFT),
    Verb.REPLACE: Move(frozenset({State.ISSUED}), State.UPDATED),
    Verb.WITHDRAW: Move(frozenset({State.ISSUED}), State.CANCELLED),
    Verb.EXPIRE: Move(frozenset({State.ISSUED}), State.EXPIRED),
}


def next_state(verb: Verb, state: State) -> State | None:
    """Return where `verb` leads from `state`, or None where the table has no such move."""
    move = MOVES[verb]
    return move.after if state in move.before else None


def ends_with(msg_type: MsgType) -> Verb:
    """Return what a message of that type does to the one it follows."""
    return Verb.WITHDRAW if msg_type is MsgType.CANCEL else Verb.REPLACE
