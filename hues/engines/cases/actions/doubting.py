"""Proof that may show something else is taken with a reason only, and published with another one only."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from uuid import UUID

from django.db.models import Q

from hues.engines.cases.actions import photos, wording
from hues.engines.cases.actions.moving import Moved
from hues.engines.cases.events import ProofLetStand
from hues.engines.cases.models import ProofDoubt
from hues.engines.cases.queries.doubted import Doubted
from hues.engines.cases.queries.doubts import doubts_about
from hues.engines.cases.rules import intake
from hues.engines.cases.rules.breach import Breach
from hues.kernel.errors import Invalid
from hues.kernel.journal import actions as journal
from hues.kernel.people.asker import Asker
from hues.kernel.turns import take_turn
from hues.kit.text import tidy


@contextmanager
def told_at_once(doubts: Sequence[Doubted], despite: str) -> Iterator[None]:
    """Let whatever else is wrong be told together with a missing reason, so that nobody is sent back twice."""
    try:
        yield
    except Invalid as refusal:
        if not doubts or _says(despite):
            raise
        missing = wording.invalid([Breach("despite", "proof-doubted")])
        raise Invalid(None, {**refusal.fields, **missing.fields}) from refusal


def doubts_now(by: Asker, case_id: UUID, proof: Sequence[UUID]) -> tuple[Doubted, ...]:
    """Return what is doubted of proof that is shown now; of an agency that shows one photo twice at once, one waits."""
    theirs = {by.errand.agency_id} if by.errand else by.agencies
    take_turn(*(f"cases.proof:{agency}" for agency in theirs if proof))
    return doubts_about(by, case_id, proof)


def show(
    case_id: UUID, proof: Sequence[UUID], doubts: Sequence[Doubted], *, despite: str, by: Asker, at: datetime
) -> None:
    """
    Keep proof photos with what is doubted of them.

    :raises Invalid: if some are doubted and `despite` doesn't say why they are shown all the same
    """
    photos.claim(proof, field="proof", by=by, at=at)
    if doubts and not _says(despite):
        raise wording.invalid([Breach("despite", "proof-doubted")])
    photos.keep(case_id, proof, role=photos.PROOF, at=at)
    ProofDoubt.objects.bulk_create(
        ProofDoubt(case_id=case_id, photo_id=doubt.photo_id, word=doubt.word, alike=doubt.alike, at=at)
        for doubt in doubts
    )


def let_stand(moved: Moved, *, reason: str, field: str, by: Asker, at: datetime) -> None:
    """
    Settle what is doubted of a case's proof by a reason, if anything is.

    :raises Invalid: if there is something, and no reason
    """
    count = settle(moved.id, at=at)
    if not count:
        return
    if not _says(reason):
        raise wording.invalid([Breach(field, "doubt-stands")])
    journal.record(ProofLetStand(at=at, by=by.person_id, subject=moved.id, number=moved.number, photos=count))


def settle(case_id: UUID, *, at: datetime) -> int:
    """Close what is doubted of the proof of a case, or of its parts, and return how many photos that were."""
    theirs = Q(case_id=case_id) | Q(case__parent_id=case_id)
    return ProofDoubt.objects.filter(theirs, settled_at=None).update(settled_at=at)


def _says(reason: str) -> bool:
    return len(tidy(reason)) >= intake.SHORTEST_TEXT
