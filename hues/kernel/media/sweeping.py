"""Delete stored bytes that no row knows."""

from datetime import datetime, timedelta

from django.db import transaction

from hues.kernel.media import blobs, queries
from hues.kernel.media.actions.squares import forget_tiny
from hues.kernel.media.models import Original, Tiny

ORPHAN_AFTER = timedelta(days=1)
KNOWN = (*queries.FILES.values(), (Original, "sha256"), (Original, "thumb"), (Tiny, "sha256"))


def sweep_orphans(now: datetime) -> int:
    """
    Delete stored bytes that no row knows and return how many files that were.

    Bucket by bucket; one in which a photo is just being stored is left for the next sweep.
    """
    return sum(_sweep_bucket(bucket, now) for bucket in blobs.BUCKETS)


@transaction.atomic
def _sweep_bucket(bucket: str, now: datetime) -> int:
    if not blobs.seize(bucket):
        return 0
    names = blobs.names_in(bucket)
    if names:
        for table, field in KNOWN:
            rows = table._default_manager.filter(**{f"{field}__in": names})
            names -= set(rows.values_list(field, flat=True))
    orphans = [name for name in names if blobs.written_at(bucket, name) < now - ORPHAN_AFTER]
    forget_tiny(orphans)
    for name in orphans:
        blobs.delete(bucket, name)
    return len(orphans)
