"""
Publish and withdraw bytes; every front learns of it when the transaction commits.

A page is rendered in the transaction that changes it (`refresh`), which makes that as slow as the page is, or owed by
it (`owe`) and rendered a moment later by whichever front is first (`settle`). Who renders holds `RENDERING` until the
end, so that a page which was rendered before a change never replaces one that was rendered after it.
"""

import gzip
import hashlib
import json
from datetime import datetime

from django.db import connection, transaction

from hues.kernel.published import rendering
from hues.kernel.published.models import Owed, Page
from hues.kernel.published.rendering import Rendering

CHANNEL, OWED = "published", "published_owed"
RENDERING = "SELECT pg_advisory_xact_lock(742)"
WORTH_COMPRESSING = 1_000  # bytes: below, the headers weigh more
# One statement: it stands in the way of nobody who publishes a report.
OWE = """
    WITH owed AS (INSERT INTO published_owed (path, at) SELECT unnest(%s::text[]), %s)
    SELECT pg_notify(%s, '')
"""
PUBLISH = """
    INSERT INTO published_page (path, version, etag, headers, body, gzip, published_at)
    VALUES (%s, nextval('published_version'), %s, %s, %s, %s, %s)
    ON CONFLICT (path) DO UPDATE SET
        version = excluded.version, etag = excluded.etag, headers = excluded.headers,
        body = excluded.body, gzip = excluded.gzip, published_at = excluded.published_at
    WHERE published_page.etag <> excluded.etag
"""


@transaction.atomic
def publish(*, path: str, page: Rendering, at: datetime) -> bool:
    """Put a page at `path`, and return whether it differs from what was there."""
    headers = {name.lower(): value for name, value in page.headers.items()}
    etag = hashlib.sha256(json.dumps(headers, sort_keys=True).encode() + page.body).hexdigest()[:32]
    small = gzip.compress(page.body, 9, mtime=0) if len(page.body) >= WORTH_COMPRESSING else b""
    with connection.cursor() as cursor:
        packed = small if 0 < len(small) < len(page.body) else None
        cursor.execute(PUBLISH, [path, etag, json.dumps(headers), page.body, packed, at])
        changed: bool = cursor.rowcount > 0
        if changed:
            cursor.execute("SELECT pg_notify(%s, %s)", [CHANNEL, path])
    return changed


@transaction.atomic
def withdraw(*, path: str) -> None:
    """Take the page at `path` away; nothing happens if there is none."""
    removed, _ = Page.objects.filter(path=path).delete()
    if removed:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_notify(%s, %s)", [CHANNEL, path])


@transaction.atomic
def refresh(*paths: str, at: datetime) -> int:
    """
    Render the pages at these addresses anew, and return how many changed.

    :raises LookupError: if nobody renders one of them
    """
    with connection.cursor() as cursor:
        cursor.execute(RENDERING)
    return sum(publish(path=path, page=rendering.render(path), at=at) for path in paths)


def owe(*paths: str, at: datetime) -> None:
    """Have the pages at these addresses rendered anew, as soon as the caller's transaction has committed."""
    with connection.cursor() as cursor:
        cursor.execute(OWE, [list(paths), at, OWED])


def settle(*, at: datetime) -> int:
    """Render what is owed, each page once however often it is owed, and return how many pages that were."""
    if not Owed.objects.exists():
        return 0
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(RENDERING)
        # Only now: what another front has just rendered is owed no more, and what we take is committed, so we see it.
        cursor.execute("DELETE FROM published_owed RETURNING path")
        known = set(rendering.registered())
        paths = sorted({path for (path,) in cursor.fetchall()} & known)
        refresh(*paths, at=at)
        return len(paths)


def publish_all(*, at: datetime) -> int:
    """Render every registered page anew, each in a transaction of its own, and return how many changed."""
    return sum(refresh(path, at=at) for path in rendering.registered())
