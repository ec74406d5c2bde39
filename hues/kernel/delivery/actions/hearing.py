"""Take down what sirens say: that they sound, or why not; one that says nothing for too long did not sound."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from hues.kernel.delivery import sirens
from hues.kernel.delivery.actions import counting, failing, insisting, stories
from hues.kernel.delivery.channels import Outcome, Way
from hues.kernel.delivery.models import Parcel
from hues.kernel.delivery.reasons import SILENT

KEPT, LATE = timedelta(days=1), timedelta(hours=1)  # how far we look back, and for how long we believe a late answer


def hear(*, at: datetime) -> int:
    """Hear what is said of commands that were handed over; return of how many nothing is known yet."""
    patience = sirens.patience()
    told = _told(at) if patience else []
    if not patience or not told:
        return 0
    names = {sirens.command_id(key, address): pk for pk, key, address in told}
    try:
        said = {names[answer.id]: answer for answer in sirens.answered(names)}
    except (OSError, ValueError):  # no broker: nobody was heard
        said = {}
    return _take_down([pk for pk, _key, _address in told], said, patience, at)


def _told(at: datetime) -> Sequence[tuple[UUID, str, str]]:
    asked = Parcel.objects.filter(channel=Way.SIREN, at__gte=at - KEPT, arrived_at__isnull=True)
    asked = asked.exclude(last_error=stories.OVER).exclude(address__endswith=sirens.stop_of(""))
    asked = asked.filter(Q(sent_at__isnull=False) | Q(failed_at__gte=at - LATE, last_error=SILENT))
    return list(asked.values_list("pk", "words__key", "address"))


@transaction.atomic
def _take_down(asked: Sequence[UUID], said: Mapping[UUID, sirens.Answer], patience: timedelta, at: datetime) -> int:
    left = 0
    rows = Parcel.objects.select_for_update(of=("self",)).filter(pk__in=asked, arrived_at__isnull=True)
    for row in rows.select_related("broadcast").order_by("pk"):
        answer, sent_at = said.get(row.pk), row.sent_at
        if answer and answer.sounds:
            failing.take_back_parcel(row)
            row.sent_at, row.arrived_at, row.failed_at, row.last_error = sent_at or at, at, None, ""
            _note(row, Outcome.ARRIVED, at)
        elif sent_at and (answer or sent_at + patience < at):
            row.sent_at, row.failed_at, row.last_error = None, at, (answer.said if answer else SILENT)[:200]
            _note(row, Outcome.REFUSED, at)
            failing.of_parcel(row, Outcome.REFUSED, row.last_error, at)
            insisting.say_silent(row, at)
        else:
            left += sent_at is not None
    return left


def _note(row: Parcel, end: Outcome, at: datetime) -> None:
    row.save(update_fields=["sent_at", "arrived_at", "failed_at", "last_error"])
    if row.broadcast:
        counting.tally(row.broadcast, row.channel, Counter([end]), at)
