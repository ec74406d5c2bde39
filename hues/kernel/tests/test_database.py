"""A kept connection is asked whether it lives only where that can tell something new, and a dead one is never used."""

import time
from collections.abc import Iterator
from typing import Any

import psycopg
import pytest
from django.db import connection as kept_connection
from psycopg.conninfo import make_conninfo

from hues.kernel.database.base import IDLE

connection: Any = kept_connection


@pytest.fixture
def kept(transactional_db: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[list[object]]:
    """Yield what the database is asked while Django checks the health of a connection that was used just now."""
    connection.ensure_connection()
    asked: list[object] = []
    inner = psycopg.Cursor.execute

    def execute(self: Any, query: Any, *args: Any, **kwargs: Any) -> Any:
        asked.append(query)
        return inner(self, query, *args, **kwargs)

    monkeypatch.setattr(psycopg.Cursor, "execute", execute)
    assert connection.is_usable()
    asked.clear()
    yield asked
    connection.close()


def end_it() -> None:
    """Let the server end Django's connection, as it does when it restarts."""
    known = connection.get_connection_params()
    wanted = {key: known[key] for key in ("host", "port", "user", "password", "dbname") if key in known}
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        (pid,) = cursor.fetchone()
    with psycopg.connect(make_conninfo("", **wanted), autocommit=True) as other:
        other.execute("SELECT pg_terminate_backend(%s, 10000)", [pid])


def test_a_connection_that_answered_just_now_is_not_asked(kept: list[object]) -> None:
    assert connection.is_usable()
    assert kept == []


def test_one_that_was_idle_for_long_is_asked(kept: list[object], monkeypatch: pytest.MonkeyPatch) -> None:
    later = time.monotonic() + IDLE + 1
    monkeypatch.setattr(time, "monotonic", lambda: later)
    assert connection.is_usable()
    assert kept == ["SELECT 1"]


def test_one_on_which_something_failed_is_asked(kept: list[object]) -> None:
    connection.errors_occurred = True
    assert connection.is_usable()
    assert kept == ["SELECT 1"]


def test_one_that_the_server_ended_is_found_dead_and_replaced(kept: list[object]) -> None:
    end_it()
    assert not connection.is_usable()
    connection.health_check_enabled, connection.health_check_done = True, False
    connection.close_if_health_check_failed()
    with connection.cursor() as cursor:
        cursor.execute("SELECT 2")
        assert cursor.fetchone() == (2,)


def test_a_closed_one_is_not_usable(kept: list[object]) -> None:
    connection.connection.close()
    assert not connection.is_usable()
