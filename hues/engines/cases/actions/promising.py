"""A promise is shown to be kept, and the operations centre looks at the proof."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from hues.engines.cases.actions import contacting, doubting, photos, rounds
from hues.engines.cases.actions.moving import Locked, Moved, Words, move
from hues.engines.cases.models import Step
from hues.engines.cases.rules.facts import Facts, Given
from hues.engines.cases.rules.workflow import Verb
from hues.kernel.media import actions as media
from hues.kernel.people.asker import Asker


@transaction.atomic
def keep_promise(
    *,
    case_id: UUID,
    text: str,
    proof: Sequence[UUID] = (),
    despite: str = "",
    by: Asker,
    seen: int,
    at: datetime,
) -> Moved:
    """
    Show with words and photos that what was promised is done; `despite` as with an answer.

    :raises Invalid: if nothing was promised, it was shown already, or there is no proof, or it is doubted
    """
    doubts = doubting.doubts_now(by, case_id, proof)
    with doubting.told_at_once(doubts, despite):
        moved = move(
            Verb.KEEP_PROMISE,
            case_id,
            by=by,
            seen=seen,
            at=at,
            given=Given(proofs=len(proof)),
            words=Words(public=text, internal=despite if doubts else ""),
        )
    doubting.show(case_id, proof, doubts, despite=despite, by=by, at=at)
    return moved


@transaction.atomic
def check_promise(
    *, case_id: UUID, granted: bool, text: str = "", agreed: Collection[str] = (), by: Asker, seen: int, at: datetime
) -> Moved:
    """
    Let the proof of a promise stand, and show it to everybody; or send it back to the agency.

    `agreed` as with a publication.

    :raises Invalid: if no proof waits to be checked, doubted proof shall stand and `text` doesn't say why, or its words
        hold contacts that nobody `agreed` to
    """

    def hide(locked: Locked, _after: Facts) -> dict[str, Any]:
        if not granted and locked.facts.promise_shown_at is not None:
            photos.hide_proof(case_id, since=locked.facts.promise_shown_at)
            doubting.settle(case_id, at=at)
        return {}

    moved = move(
        Verb.CHECK_PROMISE,
        case_id,
        by=by,
        seen=seen,
        at=at,
        given=Given(granted=granted),
        words=Words(internal=text),
        columns=hide,
    )
    if granted:
        doubting.let_stand(moved, reason=text, field="text", by=by, at=at)
        contacting.let_stand(moved, [_shown_with(case_id)], agreed=agreed, by=by, at=at)
        rounds.make_good(case_id, at=at)
        media.publish(photos.to_publish(case_id), at=at, by=by.person_id)
    return moved


def _shown_with(case_id: UUID) -> str:
    said = Step.objects.filter(case_id=case_id, verb=Verb.KEEP_PROMISE).order_by("-seq")
    return said.values_list("public_text", flat=True).first() or ""
