"""Give dead letters another life."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db import transaction

from hues.kernel.delivery.actions import failing, parcels, stories
from hues.kernel.delivery.channels import Way
from hues.kernel.delivery.events import LettersReplayed
from hues.kernel.delivery.models import Parcel
from hues.kernel.errors import NotAllowed
from hues.kernel.journal import actions as journal
from hues.kernel.people.asker import Asker, Role


@transaction.atomic
def replay(*, by: Asker, items: Iterable[UUID], at: datetime) -> int:
    """
    Owe given-up messages again, and return how many; those of what is over are sent no more, and are no dead letters.

    :raises NotAllowed: if the asker keeps no machine
    """
    if not by.may(Role.DUTY_LEADER, Role.ADMIN):
        raise NotAllowed
    dead = Parcel.objects.filter(pk__in=[*items], failed_at__isnull=False)
    over = dead.filter(broadcast__ends_at__lte=at).select_for_update(of=("self",)).values_list("pk", flat=True)
    ended = Parcel.objects.filter(pk__in=[*over])
    ended.update(failed_at=None, sent_at=at, last_error=stories.OVER)
    for row in dead.select_for_update(of=("self",)).order_by("pk"):
        failing.take_back_parcel(row)
    dead.filter(channel=Way.SIREN).update(at=at)  # who sends it again means now: it is insisted on from now on
    n = dead.update(failed_at=None, tries=0, due_at=at, leased_until=None, last_error="")
    if n:
        parcels.wake_all(at=at)
        journal.record(LettersReplayed(at=at, by=by.person_id, number=n))
    return n
