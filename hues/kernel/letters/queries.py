"""The letters that wait for somebody, by sender and without who that is."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Count

from hues.kernel.errors import NotAllowed, NotFound
from hues.kernel.letters.models import Answer, Letter
from hues.kernel.people import queries as people
from hues.kernel.people.asker import Asker
from hues.kernel.statements import composed

MOST = 500


@dataclass(frozen=True, kw_only=True, slots=True)
class LetterCard:
    """One letter as the operations centre reads it; `coming` counts pictures that are still on their way."""

    id: UUID
    text: str
    photos: tuple[UUID, ...]
    coming: int
    left_out: int
    lat: float | None
    lng: float | None
    written_at: datetime
    at: datetime


@dataclass(frozen=True, kw_only=True, slots=True)
class AnswerCard:
    """What the centre wrote back."""

    text: str
    at: datetime


@dataclass(frozen=True, kw_only=True, slots=True)
class Thread:
    """
    What one sender wrote by one way and nobody has seen to yet: messengers send words and pictures one by one.

    `answers` is what the centre wrote back since the first of these letters.
    """

    way: str
    letters: tuple[LetterCard, ...]
    answers: tuple[AnswerCard, ...] = ()

    @property
    def is_asked(self) -> bool:
        """Test if it is the sender's turn: the centre wrote last."""
        return bool(self.answers) and self.answers[-1].at > self.letters[-1].at

    @property
    def id(self) -> UUID:
        """Return the id of the letter that waits longest: the thread is found by it."""
        return self.letters[0].id

    @property
    def text(self) -> str:
        """Return all their words."""
        return "\n".join(letter.text for letter in self.letters if letter.text)

    @property
    def photos(self) -> tuple[UUID, ...]:
        """Return all their photos."""
        return tuple(photo for letter in self.letters for photo in letter.photos)

    @property
    def point(self) -> tuple[float, float] | None:
        """Return the place they sent last."""
        points = [(one.lat, one.lng) for one in self.letters if one.lat is not None and one.lng is not None]
        return points[-1] if points else None


@dataclass(frozen=True, kw_only=True, slots=True)
class Settled:
    """How somebody has seen to a letter: the report it belongs to, or why it is none; without a name the city did."""

    number: str
    reason: str
    at: datetime
    by_name: str = ""


_SETTLED = ("person_id", "settled_at", "settled_by", "number", "reason")
_COLUMNS = ("id", "text", "photos", "pictures", "left_out", "lat", "lng", "written_at", "at")


def waiting(asker: Asker) -> tuple[Thread, ...]:
    """
    Return what waits, the longest waiting sender first; of very many letters, the oldest.

    :raises NotAllowed: if the asker does not operate the centre
    """
    _only_the_centre(asker)
    found = Letter.objects.filter(settled_at=None).order_by("at", "id").values("person_id", "way", *_COLUMNS)[:MOST]
    return _threads(found)


def waiting_count(asker: Asker) -> int:
    """Return of how many senders letters wait; nobody but the centre is told."""
    if not asker.in_ioc:
        return 0
    return sum(row["n"] for row in _waiting())


@composed
def _waiting() -> Any:
    found = Letter.objects.filter(settled_at=None).order_by().values("settled_at")
    return found.annotate(n=Count("person_id", distinct=True)).values("n")


def thread(asker: Asker, letter_id: UUID) -> Thread | Settled:
    """
    Return what waits of the sender of a letter, or how somebody has seen to that letter.

    :raises NotAllowed: if the asker does not operate the centre
    :raises NotFound: if there is no such letter
    """
    _only_the_centre(asker)
    row = Letter.objects.filter(pk=letter_id).values(*_SETTLED).first()
    if row is None:
        raise NotFound
    if row["settled_at"]:
        by = row["settled_by"]
        name = people.names_of([by]).get(by, "") if by else ""
        return Settled(number=row["number"], reason=row["reason"], at=row["settled_at"], by_name=name)
    theirs = Letter.objects.filter(settled_at=None, person_id=row["person_id"]).order_by("at", "id")
    return _threads(theirs.values("person_id", "way", *_COLUMNS))[0]


def how_many() -> int:
    """Return how many letters are kept, seen to or not."""
    return Letter.objects.count()


def is_first(letter_id: UUID) -> bool:
    """Test if a letter waits, and no other of its sender does."""
    row = Letter.objects.filter(pk=letter_id, settled_at=None).values_list("person_id", flat=True).first()
    return row is not None and Letter.objects.filter(person_id=row, settled_at=None).count() == 1


def sender_of(letter_id: UUID) -> UUID | None:
    """Return the guest who wrote a letter; for code that acts for them and tells nobody."""
    return Letter.objects.filter(pk=letter_id).values_list("person_id", flat=True).first()


def _threads(rows: Iterable[dict[str, Any]]) -> tuple[Thread, ...]:
    found: dict[tuple[UUID, str], list[LetterCard]] = {}
    for row in rows:
        found.setdefault((row.pop("person_id"), row.pop("way")), []).append(_card(**row))
    answers = _answers({person for person, _way in found})
    return tuple(
        Thread(
            way=way,
            letters=tuple(letters),
            answers=tuple(one for one in answers.get(person, ()) if one.at >= letters[0].at),
        )
        for (person, way), letters in found.items()
    )


def _answers(people: set[UUID]) -> dict[UUID, list[AnswerCard]]:
    found: dict[UUID, list[AnswerCard]] = {}
    for row in Answer.objects.filter(person_id__in=people).order_by("at", "id").values("person_id", "text", "at"):
        found.setdefault(row["person_id"], []).append(AnswerCard(text=row["text"], at=row["at"]))
    return found


def _card(*, photos: list[UUID], pictures: list[str], **row: Any) -> LetterCard:
    return LetterCard(photos=tuple(photos), coming=len(pictures), **row)


def _only_the_centre(asker: Asker) -> None:
    if not asker.in_ioc:
        raise NotAllowed
