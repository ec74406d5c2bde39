"""What an agency does."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from hues.engines.cases.actions import doubting, splitting, wording
from hues.engines.cases.actions.moving import Locked, Moved, Words, move
from hues.engines.cases.rules.breach import Breach
from hues.engines.cases.rules.facts import Facts, Given
from hues.engines.cases.rules.workflow import Verb
from hues.kernel.people.asker import Asker
from hues.kit.text import tidy


@transaction.atomic
def take(*, case_id: UUID, by: Asker, seen: int, at: datetime) -> Moved:
    """
    Begin to work on a case that was passed to the asker's agency; whoever takes it has it.

    :raises Refusal: as every move does, see `moving.move`
    """
    return move(Verb.TAKE, case_id, by=by, seen=seen, at=at, given=Given(assignee=by.person_id))


@transaction.atomic
def give_back(*, case_id: UUID, reason: str, by: Asker, seen: int, at: datetime) -> Moved:
    """
    Send a case back to the operations centre, which finds the right agency; the clock runs on.

    :raises Invalid: if there is no reason
    """
    return move(Verb.GIVE_BACK, case_id, by=by, seen=seen, at=at, words=Words(internal=reason))


@transaction.atomic
def ask_citizen(*, case_id: UUID, question: str, by: Asker, seen: int, at: datetime) -> Moved:
    """
    Ask the reporter something; their reply gives the time back that passed until then.

    :raises Invalid: if there is no question, or the reporter has no account and would never read it
    """

    def check(locked: Locked, _after: Facts) -> dict[str, Any]:
        if locked.row["reporter"] is None:
            raise wording.invalid([Breach("text", "nobody-to-ask")])
        return {}

    return move(Verb.ASK, case_id, by=by, seen=seen, at=at, words=Words(public=question), columns=check)


@transaction.atomic
def resume(*, case_id: UUID, by: Asker, seen: int, at: datetime) -> Moved:
    """Go on without the reporter's reply; the clock has run on meanwhile."""
    return move(Verb.RESUME, case_id, by=by, seen=seen, at=at)


@transaction.atomic
def ask_extension(
    *, case_id: UUID, until: datetime, chosen: date | None = None, reason: str, by: Asker, seen: int, at: datetime
) -> Moved:
    """
    Ask the operations centre for more time, before the due time has passed; `chosen` is a day off that led to `until`.

    :raises Invalid: if there is no reason, or `until` is not later than the due time, or the case is overdue
    """
    return move(
        Verb.ASK_EXTENSION,
        case_id,
        by=by,
        seen=seen,
        at=at,
        given=Given(until=until, chosen=chosen),
        words=Words(internal=reason),
    )


@transaction.atomic
def answer_case(
    *,
    case_id: UUID,
    text: str,
    outcome: str,
    proof: Sequence[UUID] = (),
    promise_on: date | None = None,
    despite: str = "",
    passed_to: str = "",
    passed_ref: str = "",
    by: Asker,
    seen: int,
    at: datetime,
) -> Moved:
    """
    Answer a case in the name of its agency; the reporter reads it once the operations centre has published it.

    The answer of the last part of a split case answers the whole. `despite` tells the centre why a photo that was there
    before, or is older than the report, is proof all the same. An outcome under the law says to which authority it is
    `passed_to`, and under which number (`passed_ref`); the centre seals it then instead of publishing.

    :raises Invalid: if the outcome lacks its proof or its date, or a proof photo is not the asker's, or is doubted
    :raises WrongState: if the case is not in progress
    """
    law = Given(passed_to=tidy(passed_to), passed_ref=tidy(passed_ref))
    doubts, whole = doubting.doubts_now(by, case_id, proof), splitting.hold_whole(case_id)
    with doubting.told_at_once(doubts, despite):
        moved = move(
            Verb.ANSWER,
            case_id,
            by=by,
            seen=seen,
            at=at,
            given=replace(law, outcome=outcome, promise_on=promise_on, proofs=len(proof)),
            words=Words(public=text, internal=despite if doubts else ""),
        )
    doubting.show(case_id, proof, doubts, despite=despite, by=by, at=at)
    if whole:
        splitting.gather(whole, at=at)
    return moved


@transaction.atomic
def note(*, case_id: UUID, text: str, by: Asker, seen: int, at: datetime) -> Moved:
    """
    Leave a note for colleagues, which neither the reporter nor the public ever reads.

    :raises Invalid: if there are no words
    """
    return move(Verb.NOTE, case_id, by=by, seen=seen, at=at, words=Words(internal=text))
