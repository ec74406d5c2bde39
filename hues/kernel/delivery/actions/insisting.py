"""Sirens are insisted on: asked again soon for as long as it is worth it, and of those in vain somebody knows."""

from datetime import datetime, timedelta
from typing import Final

from django.db import transaction
from django.db.models import Q

from hues.kernel.delivery import sirens
from hues.kernel.delivery.channels import Outcome, Result, Way
from hues.kernel.delivery.events import SirenSilent
from hues.kernel.delivery.models import Parcel
from hues.kernel.journal import actions as journal

LONGEST_WAIT: Final = 15.0  # seconds: a broker that comes back is asked that soon
WORTH: Final = timedelta(minutes=30)  # a siren that sounds later than that tells of nothing any more
AT_LEAST: Final = 3  # tries, however late the first one was
IN_VAIN: Final = range(3, 6)  # tries after which somebody is told while we go on: of one a worker may die
UNTOLD: Final = timedelta(seconds=30)  # after which somebody is told though nobody has tried, or nothing came of it
NOTHING_KNOWN: Final = "nobody has managed to tell it so far"


def is_in_time(row: Parcel, at: datetime) -> bool:
    """Test if it is worth another try."""
    return row.tries < AT_LEAST or at - row.at < WORTH


def note(row: Parcel, result: Result, at: datetime) -> None:
    """Let it be known that a siren could not be told, if it is so."""
    over = row.sent_at or result.outcome is Outcome.OVER or sirens.is_stop(row.address)
    if not over and (row.failed_at or row.tries in IN_VAIN):
        say_silent(row, at)


def say_silent(row: Parcel, at: datetime) -> None:
    """Let it be known that a siren does not sound."""
    journal.record(SirenSilent(at=at, subject=row.broadcast_id, site=sirens.site_of(row.address)))


@transaction.atomic
def say_untold(*, at: datetime) -> int:
    """Let it be known, once, of which sirens nothing is known though they should have been told; return how many."""
    waits = Parcel.objects.filter(channel=Way.SIREN, sent_at=None, failed_at=None, due_at__lte=at - UNTOLD)
    waits = waits.filter(Q(broadcast__ends_at=None) | Q(broadcast__ends_at__gt=at), last_error="")
    waits = waits.exclude(address__endswith=sirens.stop_of(""))
    rows = list(waits.select_for_update(of=("self",), skip_locked=True).order_by("pk"))
    for row in rows:
        say_silent(row, at)
    Parcel.objects.filter(pk__in=[row.pk for row in rows]).update(last_error=NOTHING_KNOWN)
    return len(rows)
