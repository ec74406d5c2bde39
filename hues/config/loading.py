"""Bring a database up to date: tables, the city's facts where there are none yet, and the demo."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime

from django.conf import settings
from django.core.management import call_command
from django.db import connection, connections

from hues.config import freshness
from hues.kernel.agencies import actions as agencies
from hues.kernel.agencies import queries as agency_queries
from hues.kernel.city import rows
from hues.kernel.published import actions as published

DEMO_REPORTS = 2_000
LOCK = 7_041_968  # of the advisory lock: two servers that start at once load once

type Step = tuple[str, Callable[[], object]]


def migrate() -> None:
    """Create and change tables as this version needs them."""
    call_command("migrate", interactive=False, verbosity=0)
    call_command("createcachetable", verbosity=0)


def load_city(*, at: datetime) -> None:
    """Take the city's own facts for every table of facts that is still empty."""
    if not agency_queries.agencies():
        agencies.import_agencies(rows("agencies.csv"), at=at)


def steps(*, at: datetime) -> list[Step]:
    """Return what has to be done, in order, each with the words for whoever waits."""
    found: list[Step] = [
        ("Preparing the tables", migrate),
        ("Loading the city", lambda: load_city(at=at)),
    ]
    if settings.HUES.demo:
        found.append(("Inviting the demo people", lambda: None))
    return found


def finish(*, at: datetime) -> None:
    """Render the public pages and note that the database is up to date."""
    published.publish_all(at=at)
    freshness.note(settings.DATABASE_URL, freshness.wanted(settings.HUES.city, demo=settings.HUES.demo))


@contextmanager
def alone() -> Iterator[None]:
    """Hold the lock of loading, so that nobody else loads meanwhile."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [LOCK])
        try:
            yield
        finally:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [LOCK])
            connections.close_all()
