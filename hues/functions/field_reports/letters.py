"""Letters become reports: an operator says where and what about, the sender stays its sealed reporter."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from hues.engines.cases import actions, queries
from hues.engines.cases.actions import CaseReceipt
from hues.engines.cases.rules.intake import MOST_PHOTOS, Place
from hues.functions.field_reports import catalogue, threads
from hues.functions.field_reports.drafting import Spot
from hues.kernel.agencies.queries import asker_for
from hues.kernel.delivery.channels import Way
from hues.kernel.letters import actions as letters
from hues.kernel.letters.queries import Thread
from hues.kernel.media import queries as media
from hues.kernel.people.asker import Asker
from hues.kit.text import Words

WAYS: dict[str, tuple[Words, str]] = {
    Way.ZALO: (_("Zalo"), "message-circle"),
    Way.FACEBOOK: (_("Facebook"), "message-circle"),
    Way.LETTER: (_("E-mail"), "inbox"),
}

NO_ANSWERS: Mapping[str, str] = {}


@dataclass(frozen=True, kw_only=True, slots=True)
class Said:
    """One thing that was said, by the sender or by the centre; each photo with its addresses, small and full."""

    text: str
    at: datetime
    photos: tuple[tuple[str, str], ...] = ()
    lat: float | None = None
    lng: float | None = None
    ours: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Sheet:
    """What a sender wrote, ready to be drawn: `talk` is all that was said to and fro, in its order."""

    thread: Thread
    way: Words
    icon: str
    talk: tuple[Said, ...]
    coming: int
    left_out: int

    @property
    def photos(self) -> tuple[tuple[str, str], ...]:
        """Return the addresses of all photos."""
        return tuple(photo for said in self.talk for photo in said.photos)


def sheet_of(thread: Thread, at: datetime) -> Sheet:
    """Return what a sender wrote with addresses of the photos that are still there."""
    cards = media.photos(thread.photos)
    links = {pk: (media.link_to(card, "thumb", at), media.link_to(card, "full", at)) for pk, card in cards.items()}
    way, icon = WAYS[thread.way]
    return Sheet(
        thread=thread,
        way=way,
        icon=icon,
        talk=tuple(sorted((*_theirs(thread, links), *_ours(thread)), key=lambda said: said.at)),
        coming=sum(letter.coming for letter in thread.letters),
        left_out=sum(letter.left_out for letter in thread.letters),
    )


def _theirs(thread: Thread, links: Mapping[UUID, tuple[str, str]]) -> Iterator[Said]:
    for one in thread.letters:
        photos = tuple(links[pk] for pk in one.photos if pk in links)
        yield Said(text=one.text, at=one.at, photos=photos, lat=one.lat, lng=one.lng)


def _ours(thread: Thread) -> Iterator[Said]:
    return (Said(text=one.text, at=one.at, ours=True) for one in thread.answers)


def told_in(thread: Thread) -> dict[str, Any]:
    """Return what the letters themselves say for the form: the words, and the place if one was sent or photographed."""
    said: dict[str, Any] = {"text": thread.text}
    taken = [(card.lat, card.lng) for card in media.photos(thread.photos).values() if card.lat is not None]
    point, source = (thread.point, "gps") if thread.point else (next(iter(taken), None), "photo")
    return said | ({"lat": point[0], "lng": point[1], "source": source} if point else {})


@transaction.atomic
def take(
    said: dict[str, Any],
    spot: Spot,
    *,
    answers: Mapping[str, str] = NO_ANSWERS,
    letter_ids: Collection[UUID],
    by: Asker,
    at: datetime,
) -> CaseReceipt:
    """
    Open the case of who wrote these letters, as if they had used the app, and note who saw to it.

    Photos that are more than a report takes are added to it at once, as the sender's own addition.

    :raises WrongState: if somebody has seen to one of them
    """
    held = letters.hold(letter_ids, by=by)
    photos, sender = tuple(media.photos(held.photos)), asker_for(held.person_id, at)
    receipt = actions.open_case(
        kind=catalogue.KIND,
        category=said["category"],
        text=said["text"],
        place=Place(lat=spot.lat, lng=spot.lng, address=spot.address, source=spot.source),
        photos=photos[:MOST_PHOTOS],
        answers=answers,
        by=sender,
        channel=held.way,
        at=at,
    )
    if more := photos[MOST_PHOTOS:]:
        case = queries.my_case(sender, receipt.number, at=at)
        threads.say_on(case, (), more, by=sender, handed_on_by=by, at=at)
    letters.file(held, receipt.number, by=by, at=at)
    return receipt


@transaction.atomic
def count_in(number: str, *, letter_ids: Collection[UUID], by: Asker, at: datetime) -> None:
    """
    Count who wrote these letters in with a report that is there already; they follow it from now on.

    :raises WrongState: if somebody has seen to one of them
    """
    held = letters.hold(letter_ids, by=by)
    actions.support(number=number, by=asker_for(held.person_id, at), written_by=by, at=at)
    letters.file(held, number, by=by, at=at)
