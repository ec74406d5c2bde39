"""A case that several agencies answer together: who may get parts, and what their answers come to."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from operator import itemgetter
from uuid import UUID

from hues.engines.cases.rules import intake
from hues.engines.cases.rules.breach import Breach
from hues.engines.cases.rules.outcomes import Outcome

FEWEST_PARTS, MOST_PARTS = 2, 6
LONGEST_ANSWER = (MOST_PARTS + 1) * intake.LONGEST_TEXT  # characters: every answer whole, with the agencies' names
# What the whole is called: a trouble is fixed only where every part of it is. First the least that was done.
WEAKEST_FIRST = (
    Outcome.PROMISED,
    Outcome.NOT_ENOUGH,
    Outcome.REFUSED,
    Outcome.PASSED_ON,
    Outcome.NOT_OURS,
    Outcome.NO_VIOLATION,
    Outcome.ANSWERED,
    Outcome.FIXED,
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Share:
    """What one agency is to do of a case."""

    agency_id: UUID
    task: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Piece:
    """
    The answer of one part; `agency` is a name, `counted_for` whose figures it belongs to if not that agency's.

    `late_at` is when it came, if that was after its first due time.
    """

    agency_id: UUID
    agency: str
    text: str
    outcome: str
    promise_on: date | None
    counted_for: UUID | None = None
    late_at: datetime | None = None


def check(shares: Sequence[Share]) -> None:
    """
    Test if a case can be split so.

    :raises Breach: `shares` if they are too few or too many, or an agency has two; `task` if one has nothing to do
    """
    if not FEWEST_PARTS <= len(shares) <= MOST_PARTS:
        raise Breach("shares", "parts-count")
    if len({share.agency_id for share in shares}) < len(shares):
        raise Breach("shares", "agency-twice")
    if not all(share.task for share in shares):
        raise Breach("task", "text-missing")
    if any(len(share.task) > intake.LONGEST_TEXT for share in shares):
        raise Breach("task", "text-long")


def together(pieces: Sequence[Piece]) -> str:
    """Return the answers below one another, each with the name of its agency."""
    return "\n\n".join(f"{n}. {piece.agency}:\n{piece.text}" for n, piece in enumerate(pieces, start=1))


def outcome_of(pieces: Sequence[Piece]) -> Outcome:
    """Return the word for the whole: the weakest of its parts."""
    said = {piece.outcome for piece in pieces}
    return next(outcome for outcome in WEAKEST_FIRST if outcome in said)


def answers_for_it(pieces: Sequence[Piece]) -> Piece:
    """
    Return the part whose agency stands for the whole: the one that promised the latest day.

    Without promises it is the one that kept the whole waiting longest after the due time, else the first.
    """
    promised = [(piece.promise_on, piece) for piece in pieces if piece.promise_on]
    late = [(piece.late_at, piece) for piece in pieces if piece.late_at]
    return max(promised or late or [(None, pieces[0])], key=itemgetter(0))[1]
