"""Proof photos that may show something else, and what makes one think so."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any
from uuid import UUID

from django.db.models import Q

from hues.engines.cases.models import Case, CasePhoto, ProofDoubt
from hues.engines.cases.queries.doubted import Doubted
from hues.engines.cases.queries.parts import MAY_WATCH
from hues.engines.cases.rules.doubts import Doubt, begun, doubted
from hues.engines.cases.rules.workflow import State
from hues.kernel.media import queries as media
from hues.kernel.people.asker import Asker
from hues.kernel.statements import composed

PROOF = "proof"


def doubts_about(by: Asker, case_id: UUID, photos: Sequence[UUID]) -> tuple[Doubted, ...]:
    """Return which of these photos are doubted as proof of what was done to a case."""
    columns = ("opened_at", "started_at", "answered_at", "reopened")
    row = Case.objects.filter(pk=case_id).values(*columns).first() if photos else None
    if row is None:
        return ()
    cards, since = media.photos(photos), begun(**row)
    found = []
    for photo, card in cards.items():
        alike = _earlier(case_id, photo)
        if word := doubted(alike=alike, taken_at=card.taken_at, since=since):
            found.append(Doubted(photo_id=photo, word=word, alike=alike, taken_at=card.taken_at))
    return _numbered(by, case_id, found)


def doubts_of(by: Asker, case_id: UUID) -> tuple[Doubted, ...]:
    """Return the doubted proof of a case that the asker works on or watches, or of the parts that answered it."""
    kept = _kept(case_id=case_id)
    cards = media.photos(row["photo_id"] for row in kept) if kept else {}
    found = [
        Doubted(
            photo_id=row["photo_id"],
            word=Doubt(row["word"]),
            alike=row["alike"],
            taken_at=cards[row["photo_id"]].taken_at if row["photo_id"] in cards else None,
            pending=row["settled_at"] is None,
        )
        for row in kept
    ]
    return _numbered(by, case_id, found)


@composed
def _kept(*, case_id: UUID) -> Any:
    rows = ProofDoubt.objects.filter(Q(case_id=case_id) | Q(case__parent_id=case_id)).order_by("at", "photo_id")
    return rows.values("photo_id", "word", "alike", "settled_at")


def _earlier(case_id: UUID, photo: UUID) -> UUID | None:
    """Return the oldest photo of a case that looks like this one; what was returned with an answer may come again."""
    alike = media.alike(photo)
    if not alike:
        return None
    used = CasePhoto.objects.filter(photo_id__in=alike).exclude(case_id=case_id, role=PROOF, hidden=True)
    used = used.exclude(case__state=State.SEALED)
    return used.order_by("at", "photo_id").values_list("photo_id", flat=True).first()


def _numbered(by: Asker, case_id: UUID, found: Sequence[Doubted]) -> tuple[Doubted, ...]:
    """Say which case the earlier photo is of, where it is the asker's; of a stranger's one learns that there is one."""
    if not found:
        return ()
    used = CasePhoto.objects.filter(photo_id__in=[doubt.alike for doubt in found if doubt.alike])
    used = used.exclude(case__state=State.SEALED)
    whole = Case.every.values_list("parent_id", flat=True).get(pk=case_id) or case_id
    same = frozenset(used.filter(Q(case_id=whole) | Q(case__parent_id=whole)).values_list("photo_id", flat=True))
    if not by.may(*MAY_WATCH):
        used = used.filter(case__agency_id__in=sorted(by.agencies))
    numbers = dict(used.order_by("-at", "-case__number").values_list("photo_id", "case__number"))
    return tuple(
        replace(
            doubt,
            of_same=doubt.alike in same,
            number=numbers.get(doubt.alike, "") if doubt.alike else "",
            alike=doubt.alike if doubt.alike in numbers else None,
        )
        for doubt in found
    )
