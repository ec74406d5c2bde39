"""Cover faces, plates and names on the photos of a case; the original stays under seal, and can be shown again."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction

from hues.engines.cases.actions import wording
from hues.engines.cases.actions.moving import Moved, Words, move
from hues.engines.cases.events import OriginalSeen
from hues.engines.cases.models import Case, CasePhoto
from hues.engines.cases.rules import purposes
from hues.engines.cases.rules.breach import Breach
from hues.engines.cases.rules.facts import Given
from hues.engines.cases.rules.sealing import READ
from hues.engines.cases.rules.workflow import Verb
from hues.kernel.consent import actions as consent
from hues.kernel.errors import NotAllowed, NotFound
from hues.kernel.journal import actions as journal
from hues.kernel.media import actions as media
from hues.kernel.media import queries as kept
from hues.kernel.media.covering import MOST_BOXES, Box
from hues.kernel.people.asker import Asker
from hues.kit.text import tidy

PHOTO = "photo"


@transaction.atomic
def cover_photo(*, case_id: UUID, photo_id: UUID, boxes: Sequence[Box], by: Asker, at: datetime) -> Moved:
    """
    Cover boxes of a photo for everybody, staff included; what was covered before stays so.

    No version is compared: of two who cover at once, both are right.

    :raises NotFound: if the case has no such photo
    :raises Invalid: if there is no box, or one lies outside of the picture
    """
    moved = move(Verb.COVER, case_id, by=by, seen=None, at=at, given=Given(what=PHOTO))
    _check(case_id, photo_id, boxes)
    media.cover(photo_id, boxes, by=by.person_id, at=at)
    return moved


@transaction.atomic
def uncover_photo(*, case_id: UUID, photo_id: UUID, reason: str, by: Asker, at: datetime) -> Moved:
    """
    Show a photo as it was taken in, to everybody who may see the case.

    :raises NotFound: if the case has no such photo
    :raises Invalid: if there is no reason
    :raises WrongState: if nothing of it is covered
    """
    words = Words(internal=reason)
    moved = move(Verb.UNCOVER, case_id, by=by, seen=None, at=at, given=Given(what=PHOTO), words=words)
    _of_case(case_id, photo_id)
    media.uncover(photo_id, by=by.person_id, at=at)
    return moved


@transaction.atomic
def see_original(*, case_id: UUID, photo_id: UUID, purpose: str, by: Asker, at: datetime) -> str:
    """
    Return an address of a photo as it was taken in, good for ten minutes, and write down who looked and what for.

    :raises NotAllowed: if the asker does not operate the centre
    :raises NotFound: if the case has no such photo, or nothing of it is covered
    :raises Invalid: if there is no purpose
    """
    note_look(case_id=case_id, what=PHOTO, purpose=purpose, by=by, at=at)
    _of_case(case_id, photo_id)
    return kept.original_link(photo_id, at)


def note_look(*, case_id: UUID, what: str, purpose: str, by: Asker, at: datetime) -> None:
    """
    Write down that somebody looks at what is covered; the reporter sees it.

    :raises NotAllowed: if the asker does not operate the centre
    :raises NotFound: if there is no such case
    :raises Invalid: if there is no purpose
    """
    if not by.in_ioc or by.person_id is None:
        raise NotAllowed
    why = tidy(purpose)
    if not purposes.says_something(why):
        raise wording.invalid([Breach("purpose", "look-purpose")])
    # A part of a split case has no seal of its own: its reporter is the whole's.
    sealed = ("seal__person_id", "parent__seal__person_id")
    row = Case.every.filter(pk=case_id).values_list("number", *sealed).first()
    if row is None:
        raise NotFound
    number, own, whole = row
    if reporter := own or whole:
        consent.note_access(subject=reporter, by=by.person_id, purpose=why, what=f"cases:{number}{READ}", at=at)
    journal.record(OriginalSeen(at=at, by=by.person_id, subject=case_id, number=number, what=what))


def _check(case_id: UUID, photo_id: UUID, boxes: Sequence[Box]) -> None:
    _of_case(case_id, photo_id)
    if not boxes:
        raise wording.invalid([Breach("boxes", "boxes-missing")])
    if len(boxes) > MOST_BOXES:
        raise wording.invalid([Breach("boxes", "boxes-many")])
    if not all(box.covers for box in boxes):
        raise wording.invalid([Breach("boxes", "boxes-outside")])


def _of_case(case_id: UUID, photo_id: UUID) -> None:
    if not CasePhoto.objects.filter(case_id=case_id, photo_id=photo_id).exists():
        raise NotFound
