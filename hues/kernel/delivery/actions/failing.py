"""Count why messages of a broadcast did not arrive, by ward; nobody is named."""

from collections import Counter
from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db import connection
from django.db.models import F

from hues.kernel.delivery import sirens
from hues.kernel.delivery.channels import Outcome, Result
from hues.kernel.delivery.models import Failure, Parcel, Subscription
from hues.kernel.delivery.reasons import WITHOUT_ACCOUNT, reason_of

_COUNT = """
  INSERT INTO delivery_failure (broadcast_id, channel, reason, ward, at, n) VALUES (%s, %s, %s, %s, %s, %s)
  ON CONFLICT (broadcast_id, channel, reason, ward, at) DO UPDATE SET n = delivery_failure.n + excluded.n
"""
FAILED = (Outcome.REFUSED, Outcome.GONE)


def of_chunk(broadcast_id: UUID, channel: str, results: Iterable[Result], at: datetime) -> None:
    """Count what failed for good of a part of a broadcast; called before who is gone is forgotten."""
    failed = [result for result in results if result.outcome in FAILED]
    homes = _homes([int(result.ref) for result in failed])
    note(broadcast_id, channel, [(one.outcome, one.said, homes.get(int(one.ref), "")) for one in failed], at)


def of_parcel(row: Parcel, outcome: Outcome, said: str, at: datetime) -> None:
    """Count a single message that failed for good."""
    of_parcels([(row, outcome, said)], at)


def of_parcels(ended: Iterable[tuple[Parcel, Outcome, str]], at: datetime) -> None:
    """Count those of some single messages that failed for good."""
    failed: dict[tuple[UUID, str], list[tuple[Outcome, str, str]]] = {}
    for row, outcome, said in ended:
        if row.broadcast_id and (row.failed_at or outcome is Outcome.GONE):
            failed.setdefault((row.broadcast_id, row.channel), []).append((outcome, said, _ward_of(row)))
    for (broadcast_id, channel), found in sorted(failed.items()):
        note(broadcast_id, channel, found, at)


def note(broadcast_id: UUID, channel: str, failed: Iterable[tuple[Outcome, str, str]], at: datetime) -> None:
    """Count failures, each an outcome, what was said and the ward ("": nobody knows), in the minute of `at`."""
    minute = at.replace(second=0, microsecond=0)
    counted = Counter((reason_of(outcome, said).value, ward) for outcome, said, ward in failed)
    rows = [(broadcast_id, channel, reason, ward, minute, n) for (reason, ward), n in sorted(counted.items())]
    if rows:
        with connection.cursor() as cursor:
            cursor.executemany(_COUNT, rows)


def take_back(broadcast_id: UUID, channel: str, said: str, ward: str, at: datetime) -> None:
    """Count one failure less: it was owed again, or arrived after all. Who moved meanwhile is taken from any ward."""
    reasons = {reason_of(outcome, said).value for outcome in (Outcome.REFUSED, Outcome.GONE, Outcome.AGAIN)}
    counted = Failure.objects.select_for_update().filter(broadcast=broadcast_id, channel=channel, reason__in=reasons)
    minute = at.replace(second=0, microsecond=0)
    row = max(counted.order_by("pk"), key=lambda one: (one.ward == ward, one.at == minute), default=None)
    if row and row.n > 1:
        Failure.objects.filter(pk=row.pk).update(n=F("n") - 1)
    elif row:
        row.delete()


def take_back_parcel(row: Parcel) -> None:
    """Count the failure of a single message no more."""
    if row.broadcast_id and row.failed_at:
        take_back(row.broadcast_id, row.channel, row.last_error, _ward_of(row), row.failed_at)


def ward_at(channel: str, address: str) -> str:
    """Return in which ward lives whose address it is; "" if nobody knows."""
    pk = Subscription.objects.filter(channel=channel, address=address).values_list("pk", flat=True).first()
    return _homes([pk]).get(pk, "") if pk else ""


def _ward_of(row: Parcel) -> str:
    if row.subscription_id:
        return _homes([row.subscription_id]).get(row.subscription_id, "")
    return sirens.ward_of(sirens.site_of(row.address)) if row.channel == "siren" else ""


def _homes(subscriptions: list[int]) -> dict[int, str]:
    if not subscriptions:
        return {}
    found = Subscription.objects.filter(pk__in=subscriptions).values_list("pk", "person", "person__home_ward")
    return {pk: WITHOUT_ACCOUNT if person is None else ward for pk, person, ward in found}
