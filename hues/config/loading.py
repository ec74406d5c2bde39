"""Bring a database up to date: tables, the city's facts where there are none yet, and the demo."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta

from django.conf import settings
from django.core.management import call_command
from django.db import connection, connections
from django.db.migrations.executor import MigrationExecutor

from hues.config import freshness
from hues.config.demo import alerts as demo_alerts
from hues.config.demo import changes as demo_changes
from hues.config.demo import letters as demo_letters
from hues.config.demo import levels as demo_levels
from hues.config.demo import loading as demo
from hues.config.demo import meeting as demo_meeting
from hues.config.demo import notices as demo_notices
from hues.engines.cases import actions as cases
from hues.engines.cases import queries as cases_queries
from hues.functions.field_reports import actions as field_reports
from hues.kernel.agencies import actions as agencies
from hues.kernel.agencies import queries as agency_queries
from hues.kernel.areas import actions as areas
from hues.kernel.city import document, path, rows
from hues.kernel.published import actions as published
from hues.surfaces.shell.demo_people import load_demo_people

LONG_AGO = timedelta(days=1_000)  # the demo's people have had their accounts for longer than its stories go back
LOCK = 7_041_968  # of the advisory lock: two servers that start at once load once

type Progress = Callable[[int, int], None]
type Step = tuple[str, Callable[[Progress], object]]


def migrate() -> None:
    """Create and change tables as this version needs them."""
    call_command("migrate", interactive=False, verbosity=0)
    call_command("createcachetable", verbosity=0)


def waiting() -> list[str]:
    """Return the migrations that were not applied yet."""
    executor = MigrationExecutor(connection)
    return [str(migration) for migration, _ in executor.migration_plan(executor.loader.graph.leaf_nodes())]


def load_city(*, at: datetime) -> None:
    """Take the city's own facts for every table of facts that is still empty."""
    areas.load_city(at=at)
    if not agency_queries.agencies():
        _insist(agencies.import_agencies(rows("agencies.csv"), at=at).errors)
    cases.keep_weekly(at=at)
    if not cases_queries.categories("report"):
        categories, questions, routes = (rows(f"{name}.csv") for name in ("categories", "questions", "routes"))
        found = cases.import_catalogue(categories=categories, questions=questions, routes=routes, at=at)
        _insist(found.errors)
    if path("answer_templates.toml").exists():
        cases.seed_templates(document("answer_templates.toml").get("template", ()), at=at)
    if path("keywords.csv").exists():
        _insist(field_reports.seed_keywords(rows("keywords.csv"), at=at).errors)


def steps(*, reports: int, at: datetime) -> list[Step]:
    """Return what has to be done, in order, each with the words for whoever waits."""
    found: list[Step] = [
        ("tables", lambda progress: migrate()),
        ("wards, agencies and categories", lambda progress: load_city(at=at)),
    ]
    if settings.HUES.demo:
        found.append(("demo people", lambda progress: load_demo_people(at - LONG_AGO, progress)))
        found.append(("demo reports", lambda progress: demo.load_reports(reports=reports, at=at, progress=progress)))
        found.append(("demo encounters", lambda progress: demo_meeting.load(at=at)))
        found.append(("demo alerts", lambda progress: demo_alerts.load(at=at)))
        found.append(("demo river levels", lambda progress: demo_levels.load(at=at)))
        found.append(("demo notices", lambda progress: demo_notices.load(at=at)))
        found.append(("demo letters", lambda progress: demo_letters.load(at=at)))
        found.append(("demo changes", lambda progress: demo_changes.load(at=at)))
    return found


def _insist(errors: Sequence[object]) -> None:
    if errors:
        raise ValueError(f"The city's own folder has mistakes: {errors[:3]}")


def finish(*, at: datetime) -> None:
    """Count what is public, render the public pages and note that the database is up to date."""
    field_reports.recount_all(at=at)
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
