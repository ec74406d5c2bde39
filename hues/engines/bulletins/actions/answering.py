"""What people say back to an alert."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from hues.engines.bulletins.declare import ANSWER_WORDS
from hues.engines.bulletins.events import AlertAnswered
from hues.engines.bulletins.models import Answer, Bulletin, PublicBulletin
from hues.engines.bulletins.rules.numbers import elsewhere, told_as
from hues.engines.bulletins.rules.states import State
from hues.kernel.delivery import actions as delivery
from hues.kernel.errors import Invalid, NotFound, SignInNeeded, WrongState
from hues.kernel.journal import actions as journal
from hues.kernel.people.asker import Asker


@transaction.atomic
def note_seen(*, identifier: str, by: Asker, at: datetime) -> None:
    """Note that somebody has opened the page of a public alert: it is not pushed to them again."""
    public = PublicBulletin.objects.filter(bulletin__identifier=identifier, training=False)
    if by.person_id is not None and public.exists():
        for key in (told_as(identifier), elsewhere(told_as(identifier))):
            delivery.note_opened(key=key, person_id=by.person_id, at=at)


@transaction.atomic
def answer(*, identifier: str, said: str, by: Asker, at: datetime) -> None:
    """
    Keep what somebody says of an alert in force; the last word about its story counts.

    :raises SignInNeeded: if nobody is signed in
    :raises NotFound: if there is no public alert of that identifier
    :raises WrongState: if it is no longer in force
    :raises Invalid: if it is none of the three answers
    """
    if by.person_id is None:
        raise SignInNeeded
    if said not in ANSWER_WORDS:
        raise Invalid
    public = PublicBulletin.objects.filter(bulletin__identifier=identifier).values_list("bulletin_id", flat=True)
    row = Bulletin.objects.filter(pk__in=public).first()
    if row is None:
        raise NotFound
    if row.state != State.ISSUED or row.expires_at <= at:
        raise WrongState(_("This alert is no longer in force."))
    kept = Answer(chain=row.chain, person_id=by.person_id, said=said, ward=by.home_ward, at=at)
    Answer.objects.bulk_create(
        [kept], update_conflicts=True, unique_fields=["chain", "person_id"], update_fields=["said", "ward", "at"]
    )
    delivery.note_opened(key=told_as(row.identifier), person_id=by.person_id, at=at)
    # Nothing follows from it but a count, so no job is owed: a whole city may answer at once.
    journal.record_many([AlertAnswered(at=at, subject=row.pk, said=said, ward=by.home_ward)])
