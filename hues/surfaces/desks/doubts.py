"""Doubted proof in words, with the earlier photo beside it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext

from hues.engines.cases.queries import Doubted
from hues.engines.cases.rules.doubts import Doubt
from hues.surfaces.desks.photos import address_of
from hues.surfaces.shell import telling


@dataclass(frozen=True, kw_only=True, slots=True)
class Told:
    """Why a photo is doubted; `number` is the earlier case and `earlier` its photo, if the reader may see them."""

    photo_id: UUID
    words: str
    number: str
    src: str
    earlier: str


def told(doubts: Iterable[Doubted], at: datetime) -> tuple[Told, ...]:
    """Return doubts ready to be drawn."""
    return tuple(
        Told(
            photo_id=doubt.photo_id,
            words=_words(doubt),
            number=doubt.number,
            src=address_of(doubt.photo_id, "thumb", at),
            earlier=address_of(doubt.alike, "thumb", at) if doubt.alike else "",
        )
        for doubt in doubts
    )


def _words(doubt: Doubted) -> str:
    if doubt.word == Doubt.OLD and doubt.taken_at:
        taken = telling.instant_words(doubt.taken_at)
        return gettext("Taken %(instant)s: too early to show what was done.") % {"instant": taken}
    if doubt.of_same:
        return _words_of_same(doubt)
    if doubt.number:
        return gettext("Looks like a photo of an earlier report:")
    return gettext("Looks like a photo of an earlier report of another agency.")


def _words_of_same(doubt: Doubted) -> str:
    if doubt.number:
        return gettext("Looks like a photo that this very report has already:")
    return gettext("Looks like a photo in another part of this report.")
