"""See to letters: they become a report, join one, or are set aside for a reason; of two people one wins."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from hues.kernel.errors import Invalid, NotAllowed, NotFound, WrongState
from hues.kernel.journal import actions as journal
from hues.kernel.letters import events
from hues.kernel.letters.models import Letter
from hues.kernel.people.asker import CITY, Asker
from hues.kit.text import tidy

SHORTEST_REASON, LONGEST_REASON = 5, 400
SEEN_TO = _("Somebody else has seen to this letter meanwhile.")


@dataclass(frozen=True, kw_only=True, slots=True)
class Held:
    """Letters of one sender that nobody else can see to until this transaction ends."""

    ids: tuple[UUID, ...]
    person_id: UUID
    way: str
    text: str
    photos: tuple[UUID, ...]
    points: tuple[tuple[float, float], ...]


def hold(letter_ids: Collection[UUID], *, by: Asker) -> Held:
    """
    Hold waiting letters of one sender, in the caller's transaction.

    :raises NotAllowed: if the asker neither operates the centre nor is the city itself
    :raises NotFound: if there are none of those ids, or they are of several senders
    :raises WrongState: if somebody has seen to one of them
    """
    if not by.in_ioc and by != CITY:
        raise NotAllowed
    rows = list(Letter.objects.select_for_update().filter(pk__in=letter_ids).order_by("at", "id"))
    if not rows or len(rows) != len(set(letter_ids)) or len({row.person_id for row in rows}) > 1:
        raise NotFound
    if any(row.settled_at for row in rows):
        raise WrongState(SEEN_TO)
    return Held(
        ids=tuple(row.pk for row in rows),
        person_id=rows[0].person_id,
        way=rows[0].way,
        text="\n".join(row.text for row in rows if row.text),
        photos=tuple(photo for row in rows for photo in row.photos),
        points=tuple((row.lat, row.lng) for row in rows if row.lat is not None and row.lng is not None),
    )


def file(held: Held, number: str, *, by: Asker, at: datetime) -> None:
    """Note that held letters have become, or joined, the report of that number."""
    _settle(held, by, at, number=number)
    for letter_id in held.ids:
        journal.record(events.LetterFiled(at=at, by=by.person_id, subject=letter_id, number=number))


def put_aside(held: Held, reason: str, *, by: Asker, at: datetime) -> None:
    """
    Put held letters aside that are no report, and say why.

    :raises Invalid: if there is no reason
    """
    why = " ".join(tidy(reason).split())
    if not SHORTEST_REASON <= len(why) <= LONGEST_REASON:
        raise Invalid(fields={"reason": _("Say in a few words why it is no report.")})
    _settle(held, by, at, reason=why)
    for letter_id in held.ids:
        journal.record(events.LetterSetAside(at=at, by=by.person_id, subject=letter_id))


def _settle(held: Held, by: Asker, at: datetime, **how: str) -> None:
    Letter.objects.filter(pk__in=held.ids).update(settled_at=at, settled_by=by.person_id, **how)
