"""Every test runs on a PostgreSQL of its own, started here unless DATABASE_URL names one."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import django
import pytest
from django.db import connection
from django.template import Context
from django.utils.translation import deactivate
from pytest_django import DjangoDbBlocker
from xdist.remote import Producer
from xdist.scheduler import LoadScopeScheduling

from hues.config import postgres

# Set here and not in pyproject.toml: settings are read as soon as pytest knows of them, and need
# the database's address.
os.environ["DJANGO_SETTINGS_MODULE"] = "hues.config.settings"
os.environ["HUES_DEMO"] = "1"
_first = "PYTEST_XDIST_WORKER" not in os.environ
if _first:
    # Never the data folder of a city that somebody runs.
    os.environ["HUES_HOME"] = tempfile.mkdtemp(prefix="hues-test-")
_home = Path(os.environ["HUES_HOME"])
_ours = _first and "DATABASE_URL" not in os.environ
if _ours:
    os.environ["DATABASE_URL"] = postgres.start(_home, unsafe=True)
django.setup()
BROWSER = "tests/browser/"
KEPT = ("journal_entry", *(f"bulletins_{name}" for name in ("bulletin", "publicbulletin", "signedmessage", "notice")))
_BLOCKER = pytest.StashKey[DjangoDbBlocker]()


@pytest.fixture(scope="session")
def django_db_keepdb() -> bool:
    """Leave the test databases to the server that is thrown away with them."""
    return os.environ["DATABASE_URL"] == postgres.url(_home)


@pytest.fixture(scope="session")
def django_db_setup(request: pytest.FixtureRequest, django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> None:
    """Let tests that commit truncate what nobody else may afterwards, and lay the ground."""
    from tests import ground  # noqa: PLC0415 - rooms are imported once Django is set up

    request.session.stash[_BLOCKER] = django_db_blocker
    with django_db_blocker.unblock():
        with connection.cursor() as cursor:
            for table in KEPT:
                cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER {table}_no_truncate")
        ground.lay()


@pytest.fixture
def bare(db: None) -> None:
    """Take the city's wards, agencies and categories away, for a test of how they come."""
    from tests import ground  # noqa: PLC0415 - rooms are imported once Django is set up

    ground.clear()


@pytest.fixture(autouse=True)
def _in_the_citys_language() -> None:
    """Let no test speak the language that another one's last request left on its thread."""
    deactivate()


@pytest.fixture(autouse=True)
def _nothing_kept() -> None:
    """Let no test see what another one hung on the wall, or counted."""
    from hues.engines.cases.queries.figures import CITY  # noqa: PLC0415 - rooms are imported once Django is set up
    from hues.surfaces.operations.wall import BOARDS  # noqa: PLC0415

    BOARDS.forget()
    CITY.forget()


@pytest.fixture(autouse=True)
def _kept_as_it_would_be_drawn(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let every page prove that what is kept of it is what would be drawn now, for whoever asks."""
    from hues.surfaces.shell.keeping import KeptPart  # noqa: PLC0415 - rooms are imported once Django is set up

    def compared(part: KeptPart, context: Context) -> str:
        kept = part.kept(context)
        assert kept == part.nodelist.render(context)
        return kept

    monkeypatch.setattr(KeptPart, "render", compared)


@pytest.fixture(autouse=True)
def _nothing_owed(request: pytest.FixtureRequest) -> Iterator[None]:
    """Let tests that commit find and leave an empty queue: Django's flush knows only the tables that it made."""
    if not _commits(request.node):
        yield
        return
    request.getfixturevalue("transactional_db")
    _empty_queue()
    yield
    _empty_queue()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown(item: pytest.Item) -> Iterator[None]:
    """Lay the ground again once Django has emptied every table after a test that committed."""
    yield
    if _commits(item):
        from tests import ground  # noqa: PLC0415 - rooms are imported once Django is set up

        with item.session.stash[_BLOCKER].unblock():
            ground.lay_again()


def _commits(item: pytest.Item) -> bool:
    marker = item.get_closest_marker("django_db")
    by_name = "transactional_db" in getattr(item, "fixturenames", ())
    return by_name or bool(marker and marker.kwargs.get("transaction"))


def _empty_queue() -> None:
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM procrastinate_jobs")


class WholeModules(LoadScopeScheduling):
    """Gives each worker whole modules, and all walks in a browser to one of them: they share a running city."""

    def _split_scope(self, nodeid: str) -> str:
        return BROWSER if nodeid.startswith(BROWSER) else super()._split_scope(nodeid)


def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> WholeModules:
    """Share tests out in the order in which they were collected."""
    config.option.loadscopereorder = False
    return WholeModules(config, log)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with what takes minutes, so that no worker is left alone with it at the end."""
    items.sort(key=lambda item: not any(map(item.get_closest_marker, ("real", "browser"))))


def pytest_unconfigure(config: pytest.Config) -> None:
    """Throw the server away when the process that started it is done."""
    if _ours:
        postgres.stop(_home, "immediate")
    if _first:
        shutil.rmtree(_home, ignore_errors=True)
