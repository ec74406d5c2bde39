"""Count how messages of a broadcast ended, by minute."""

from collections import Counter
from datetime import datetime

from django.db import connection
from django.db.models import F

from hues.kernel.delivery.channels import Outcome
from hues.kernel.delivery.models import Broadcast, Tally

_TALLY = """
  INSERT INTO delivery_tally (broadcast_id, channel, outcome, at, n) VALUES (%s, %s, %s, %s, %s)
  ON CONFLICT (broadcast_id, channel, outcome, at) DO UPDATE SET n = delivery_tally.n + excluded.n
"""


def tally(broadcast: Broadcast, channel: str, ends: Counter[Outcome], at: datetime) -> None:
    """Count how messages of a broadcast ended in the minute of `at`."""
    minute = at.replace(second=0, microsecond=0)
    rows = [(broadcast.pk, channel, end.value, minute, n) for end, n in sorted(ends.items())]
    with connection.cursor() as cursor:
        cursor.executemany(_TALLY, rows)


def untally(broadcast: Broadcast, channel: str, end: Outcome, at: datetime) -> None:
    """Count one message less that came to an end in the minute of `at`: it came to another after all."""
    found = Tally.objects.filter(
        broadcast=broadcast, channel=channel, outcome=end, at=at.replace(second=0, microsecond=0)
    )
    found.filter(n=1).delete()
    found.update(n=F("n") - 1)
