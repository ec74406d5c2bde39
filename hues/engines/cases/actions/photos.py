"""Take over photos that a mover brings."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from uuid import UUID

from hues.engines.cases.actions import wording
from hues.engines.cases.models import CasePhoto
from hues.engines.cases.rules.breach import Breach
from hues.kernel.errors import NotAllowed, WrongState
from hues.kernel.media import actions as media
from hues.kernel.media import queries as media_known
from hues.kernel.people.asker import Asker

MOST = 10
REPORT, PROOF, EXTRA = "report", "proof", "extra"


def claim(photos: Sequence[UUID], *, field: str, by: Asker, at: datetime) -> None:
    """
    Take over photos that the mover sent, and nobody else.

    :raises Invalid: if one of them is missing, belongs to something already, or was sent by somebody else
    """
    if not photos:
        return
    if len(photos) > MOST:
        raise wording.invalid([Breach(field, "photos-many")])
    try:
        media.attach(photos, by=by.person_id, at=at)
    except (NotAllowed, WrongState) as refusal:
        raise wording.invalid([Breach(field, "photos-not-yours")]) from refusal


def are_new(case_id: UUID, photos: Sequence[UUID]) -> bool:
    """Test if one of some photos at least is none that the case has already: sent again its bytes are the same."""
    own = CasePhoto.objects.filter(case_id=case_id).values_list("photo_id", flat=True)
    return bool(photos) and not set(media_known.digests(photos)) <= set(media_known.digests(list(own)))


def keep(case_id: UUID, photos: Sequence[UUID], *, role: str, at: datetime) -> None:
    """Add claimed photos to a case."""
    CasePhoto.objects.bulk_create(
        CasePhoto(case_id=case_id, photo_id=photo, role=role, order=order, at=at) for order, photo in enumerate(photos)
    )


def hide_proof(case_id: UUID, *, since: datetime) -> None:
    """Hide the proof of an answer that was sent back."""
    CasePhoto.objects.filter(case_id=case_id, role=PROOF, at__gte=since).update(hidden=True)


def show_report_of(whole: UUID, part: UUID, *, at: datetime) -> None:
    """Show whoever works on a part the photos that its reporter sent, those too that the public is not shown."""
    sent = CasePhoto.objects.filter(case_id=whole, role__in=[REPORT, EXTRA])
    _copy(sent.order_by("-role", "at", "order").values_list("photo_id", "role", "hidden"), part, at)


def show_proof_of(parts: Sequence[UUID], whole: UUID, *, at: datetime) -> None:
    """Show the proof of the parts on the case they are parts of."""
    shown = CasePhoto.objects.filter(case_id__in=parts, role=PROOF, hidden=False)
    _copy(shown.order_by("at", "order").values_list("photo_id", "role", "hidden"), whole, at)


def take_back_proof_of(parts: Sequence[UUID], whole: UUID) -> None:
    """Show the proof of the parts no longer on the case they are parts of: one of them is to be answered again."""
    shown = CasePhoto.objects.filter(case_id__in=parts, role=PROOF).values("photo_id")
    CasePhoto.objects.filter(case_id=whole, role=PROOF, photo_id__in=shown).delete()


def _copy(shown: Iterable[tuple[UUID, str, bool]], to: UUID, at: datetime) -> None:
    once = {photo: (role, hidden) for photo, role, hidden in shown}
    CasePhoto.objects.bulk_create(
        CasePhoto(case_id=to, photo_id=photo, role=role, order=order, hidden=hidden, at=at)
        for order, (photo, (role, hidden)) in enumerate(once.items())
    )


def of_case(case_id: UUID, photos: Sequence[UUID]) -> list[UUID]:
    """Return those of some photos that are the case's, and shown with no other case that is public."""
    own = CasePhoto.objects.filter(case_id=case_id, photo_id__in=photos).values_list("photo_id", flat=True)
    elsewhere = CasePhoto.objects.exclude(case_id=case_id).filter(photo_id__in=own, hidden=False)
    return sorted(set(own) - set(elsewhere.filter(case__published_at__isnull=False).values_list("photo_id", flat=True)))


def to_publish(case_id: UUID, hidden: Sequence[UUID] = ()) -> list[UUID]:
    """Hide some photos of a case and return those that everybody may see."""
    if hidden:
        CasePhoto.objects.filter(case_id=case_id, photo_id__in=hidden).update(hidden=True)
    shown = CasePhoto.objects.filter(case_id=case_id, hidden=False, role__in=[REPORT, PROOF])
    return list(shown.values_list("photo_id", flat=True))
