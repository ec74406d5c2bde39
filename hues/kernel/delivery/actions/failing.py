"""Count why messages of a broadcast did not arrive, by ward; nobody is named."""

from collections import Counter
from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db import connection

from hues.kernel.delivery import sirens
from hues.kernel.delivery.channels import Outcome, Result
from hues.kernel.delivery.models import Parcel, Subscription
from hues.kernel.delivery.reasons import reason_of

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
    if row.broadcast_id is None or not (row.failed_at or outcome is Outcome.GONE):
        return
    if row.subscription_id:
        ward = _homes([row.subscription_id]).get(row.subscription_id, "")
    else:
        ward = sirens.ward_of(sirens.site_of(row.address)) if row.channel == "siren" else ""
    note(row.broadcast_id, row.channel, [(outcome, said, ward)], at)


def note(broadcast_id: UUID, channel: str, failed: Iterable[tuple[Outcome, str, str]], at: datetime) -> None:
    """Count failures, each an outcome, what was said and the ward ("": nobody knows), in the minute of `at`."""
    minute = at.replace(second=0, microsecond=0)
    counted = Counter((reason_of(outcome, said).value, ward) for outcome, said, ward in failed)
    rows = [(broadcast_id, channel, reason, ward, minute, n) for (reason, ward), n in sorted(counted.items())]
    if rows:
        with connection.cursor() as cursor:
            cursor.executemany(_COUNT, rows)


def _homes(subscriptions: list[int]) -> dict[int, str]:
    found = Subscription.objects.filter(pk__in=subscriptions, person__isnull=False) if subscriptions else None
    return dict(found.values_list("pk", "person__home_ward")) if found is not None else {}
