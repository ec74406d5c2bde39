"""Keep what people write, once, and fetch the pictures that came along."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from hues.kernel.delivery import actions as delivery
from hues.kernel.delivery.channels import Way
from hues.kernel.delivery.queries import person_at
from hues.kernel.errors import Invalid, TooLarge
from hues.kernel.journal import actions as journal
from hues.kernel.letters import events, fetching
from hues.kernel.letters.incoming import Incoming, tidied
from hues.kernel.letters.models import Letter
from hues.kernel.media import actions as media
from hues.kernel.owing import owe
from hues.kernel.people import actions as people
from hues.kernel.turns import take_turn
from hues.kit.ids import new_id

FETCH = "hues.letters.fetch"
QUEUE = "delivery"
# Channels try again for hours, never for days; what is older was recorded by somebody and played again.
OLDEST = timedelta(days=7)
MOST_WAITING = 50  # letters of one sender


@transaction.atomic
def receive(letter: Incoming, *, at: datetime) -> UUID | None:
    """
    Keep a message that a channel handed over, and return the letter's id.

    Nothing is kept (None) of what came before, says nothing, is too old, or comes on top of many that wait.
    A sender who is new gets a guest account, at which the answers arrive by the same channel.
    """
    came = tidied(letter)
    if not (came.message_id and came.can_be_answered and came.says_something) or at - came.written_at > OLDEST:
        return None
    take_turn(f"letters:{came.way}:{came.sender}")
    if Letter.objects.filter(way=came.way, message_id=came.message_id).exists():
        return None
    person_id = _sender(came, at)
    if Letter.objects.filter(person_id=person_id, settled_at=None).count() >= MOST_WAITING:
        return None
    media.adopt(came.photos, by=person_id, at=at)
    lat, lng = came.point or (None, None)
    row = Letter(
        id=new_id(),
        way=came.way,
        message_id=came.message_id,
        person_id=person_id,
        text=came.text,
        photos=list(came.photos),
        pictures=list(came.pictures),
        left_out=came.left_out,
        lat=lat,
        lng=lng,
        written_at=came.written_at,
        at=at,
    )
    row.save(force_insert=True)
    journal.record(events.LetterCame(at=at, subject=row.pk, way=came.way))
    if came.pictures:
        owe(FETCH, lane=QUEUE, letter_id=str(row.pk))
    else:
        journal.record(events.LetterWhole(at=at, subject=row.pk))
    return row.pk


def fetch_pictures(letter_id: UUID, *, last: bool = False, at: datetime) -> None:
    """
    Fetch what is still to be fetched of a letter; what cannot be had or taken is counted as left out.

    :raises Unreachable: if it is worth another try, and this is not the `last`
    """
    row = Letter.objects.filter(pk=letter_id).first()
    for address in row.pictures if row else ():
        photo = _fetched(address, row.person_id, at, last=last) if row else None
        with transaction.atomic():
            kept = Letter.objects.select_for_update().get(pk=letter_id)
            if address in kept.pictures:
                kept.pictures.remove(address)
                kept.photos += [photo] if photo else []
                kept.left_out += not photo
                kept.save(update_fields=["pictures", "photos", "left_out"])
                if not kept.pictures:
                    journal.record(events.LetterWhole(at=at, subject=letter_id))


def _fetched(address: str, person_id: UUID, at: datetime, *, last: bool) -> UUID | None:
    try:
        return media.store_photo(fetching.fetch(address), by=person_id, at=at).id
    except (fetching.Refused, Invalid, TooLarge):
        return None
    except fetching.Unreachable:
        if not last:
            raise
        return None


def _sender(came: Incoming, at: datetime) -> UUID:
    """Return who wrote; what they are told from now on answers this."""
    found = person_at(came.way, came.sender)
    if not found:
        found = people.open_guest(name=came.name, at=at)
        delivery.subscribe(way=came.way, address=came.sender, person_id=found, language="vi", at=at)
    if came.way is Way.LETTER:
        delivery.answer_to(way=came.way, address=came.sender, message_id=came.message_id)
    return found
