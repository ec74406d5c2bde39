"""The letters that wait for somebody, without who wrote them."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from hues.kernel.errors import NotAllowed
from hues.kernel.letters.models import Letter
from hues.kernel.people.asker import Asker


@dataclass(frozen=True, kw_only=True, slots=True)
class LetterCard:
    """One letter as the operations centre reads it; `coming` counts pictures that are still on their way."""

    id: UUID
    way: str
    text: str
    photos: tuple[UUID, ...]
    coming: int
    left_out: int
    lat: float | None
    lng: float | None
    written_at: datetime
    at: datetime


_COLUMNS = ("id", "way", "text", "photos", "pictures", "left_out", "lat", "lng", "written_at", "at")


def waiting(asker: Asker, limit: int = 100) -> tuple[LetterCard, ...]:
    """
    Return the letters that nobody has seen to yet, the longest waiting first.

    :raises NotAllowed: if the asker does not operate the centre
    """
    if not asker.in_ioc:
        raise NotAllowed
    found = Letter.objects.filter(settled_at=None).order_by("at", "id").values(*_COLUMNS)[:limit]
    return tuple(_card(**row) for row in found)


def _card(*, photos: list[UUID], pictures: list[str], **row: object) -> LetterCard:
    return LetterCard(photos=tuple(photos), coming=len(pictures), **row)  # type: ignore[arg-type]
