"""Messages by the names that the other side gave them: it says afterwards that they arrived, and were opened."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime
from hashlib import sha256

from django.db import transaction

from hues.kernel.delivery.actions.counting import tally
from hues.kernel.delivery.channels import Outcome, Way
from hues.kernel.delivery.models import Broadcast, Named, ReadBroadcast, Subscription

ARRIVED, OPENED = "arrived_at", "opened_at"
MOST = 100  # names in one event


def keep(broadcast: Broadcast, names: Mapping[int, str], *, at: datetime) -> None:
    """Keep how the other side calls what went to these subscriptions; what it has told of them meanwhile is counted."""
    whose = dict(Subscription.objects.filter(pk__in=names).values_list("pk", "person_id")) if names else {}
    new = [
        Named(digest=_digest(name), broadcast=broadcast, subscription_id=pk, person_id=whose[pk], at=at)
        for pk, name in names.items()
        if pk in whose
    ]
    new.sort(key=lambda row: row.digest)
    Named.objects.bulk_create(new, batch_size=2_000, ignore_conflicts=True)
    theirs = {row.digest: row for row in new}
    early = Named.objects.select_for_update().filter(pk__in=theirs, broadcast=None).order_by("pk") if new else ()
    for row in early:
        sent = theirs[row.digest]
        row.broadcast, row.subscription_id, row.person_id = broadcast, sent.subscription_id, sent.person_id
        row.save(update_fields=["broadcast", "subscription", "person"])
        _count(row, [what for what in (ARRIVED, OPENED) if getattr(row, what)], at)


@transaction.atomic
def zalo_told(*, names: Sequence[str], opened: bool, at: datetime) -> None:
    """Take from Zalo that messages have arrived, or were opened and so have arrived; each is counted once."""
    for digest in sorted({_digest(name) for name in names[:MOST]}):
        Named.objects.bulk_create([Named(digest=digest, at=at)], ignore_conflicts=True)
        row = Named.objects.select_for_update(of=("self",)).select_related("broadcast").get(pk=digest)
        news = [what for what in ((ARRIVED, OPENED) if opened else (ARRIVED,)) if getattr(row, what) is None]
        for what in news:
            setattr(row, what, at)
        row.save(update_fields=news)
        _count(row, news, at)


def _count(row: Named, news: Sequence[str], at: datetime) -> None:
    if row.broadcast is None:
        return
    if ARRIVED in news:
        tally(row.broadcast, Way.OA, Counter([Outcome.ARRIVED]), at)
    if OPENED in news and row.person_id:
        seen = ReadBroadcast(person_id=row.person_id, broadcast=row.broadcast, at=at)
        ReadBroadcast.objects.bulk_create([seen], ignore_conflicts=True)


def _digest(name: str) -> str:
    # What is no text (half of a pair) is a name like another: it fits no message of ours.
    return sha256(f"zalo {name}".encode(errors="surrogatepass")).hexdigest()
