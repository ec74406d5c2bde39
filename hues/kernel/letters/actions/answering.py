"""Write to the sender of letters that wait, by the channel they came by."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from hues.kernel.delivery import actions as delivery
from hues.kernel.delivery.ways import ways_out
from hues.kernel.errors import Invalid, NotAllowed
from hues.kernel.journal import actions as journal
from hues.kernel.languages import in_each
from hues.kernel.letters import events
from hues.kernel.letters.actions.settling import Held, hold, put_aside
from hues.kernel.letters.models import Answer
from hues.kernel.people.asker import Asker
from hues.kit.text import Words, tidy

LONGEST_ANSWER = 1000
NO_WAY: Words = _("The city cannot answer by this channel. Nothing was sent.")
THEIRS = "/f/field_reports/mine/"


@transaction.atomic
def write_back(*, letter_ids: Collection[UUID], text: str, key: UUID, by: Asker, at: datetime) -> None:
    """
    Ask or tell the sender something; sent twice with the same `key` it is told once.

    :raises Invalid: if there are no words, or too many, or no way out leads there
    :raises NotAllowed, NotFound, WrongState: as `hold` does
    """
    _tell(hold(letter_ids, by=by), text, key, by, at)


@transaction.atomic
def set_aside(
    *, letter_ids: Collection[UUID], reason: str, text: str = "", key: UUID | None = None, by: Asker, at: datetime
) -> None:
    """
    Put letters aside that are no report, say why, and tell the sender something if there is `text`.

    :raises Invalid: if there is no reason, or too many words, or no way out leads there
    :raises NotAllowed, NotFound, WrongState: as `hold` does
    """
    held = hold(letter_ids, by=by)
    put_aside(held, reason, by=by, at=at)
    if key and tidy(text):
        _tell(held, text, key, by, at)


def _tell(held: Held, text: str, key: UUID, by: Asker, at: datetime) -> None:
    words = tidy(text)
    if by.person_id is None:
        raise NotAllowed
    if held.way not in ways_out():
        raise Invalid(fields={"text": NO_WAY})
    if not words or len(words) > LONGEST_ANSWER:
        raise Invalid(fields={"text": _("Write to the sender in at most 1,000 characters.")})
    Answer.objects.bulk_create(
        [Answer(id=key, person_id=held.person_id, text=words, by=by.person_id, at=at)], ignore_conflicts=True
    )
    delivery.plan(
        [held.person_id],
        reason=f"letters.answer:{key}",
        title=in_each(_("The operations centre writes to you")),
        body={"vi": words},
        link=THEIRS,
        at=at,
    )
    journal.record(events.LetterAnswered(at=at, by=by.person_id, subject=held.ids[0]))
