"""What covering a photo would make of it, and which words are covered."""

from collections.abc import Sequence
from uuid import UUID

from hues.engines.cases.models import CasePhoto, SealedWords
from hues.kernel.errors import NotAllowed, NotFound
from hues.kernel.media import queries as media
from hues.kernel.media.covering import MOST_BOXES, Box
from hues.kernel.people.asker import Asker


def photo_covered(by: Asker, number: str, photo_id: UUID, boxes: Sequence[Box]) -> bytes:
    """
    Return a photo as covering these boxes would leave it, a JPEG; nothing is kept.

    :raises NotAllowed: if the asker does not operate the centre
    :raises NotFound: if the case has no such photo
    """
    if not by.in_ioc:
        raise NotAllowed
    if not CasePhoto.objects.filter(case__number=number, photo_id=photo_id).exists():
        raise NotFound
    return media.preview(photo_id, [box for box in boxes[:MOST_BOXES] if box.covers])


def words_are_covered(by: Asker, number: str, seq: int) -> bool:
    """Test, for the operations centre, if what was said with step `seq` of a case is covered; not what it was."""
    return by.in_ioc and SealedWords.objects.filter(case__number=number, seq=seq).exists()
