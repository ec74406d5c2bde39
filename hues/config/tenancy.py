"""The database while somebody needs it: the last one to leave the embedded server switches it off."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from urllib.parse import urlsplit

import psycopg

from hues.config import postgres
from hues.config.env import Env, Misconfigured

OLDEST = 15


def address(env: Env) -> str:
    """Return the address of the city's database, whether or not it runs already."""
    return env.database_url or postgres.url(env.home)


@contextmanager
def database(env: Env) -> Iterator[str]:
    """
    Yield the address of a running database; an embedded one is started, and stopped by its last user.

    :raises Misconfigured: if the place for records can't be used
    """
    _insist(env)
    os.environ["DATABASE_URL"] = address(env)
    if env.database_url:
        yield env.database_url
        return
    with (env.home / "users.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_SH)
        try:
            yield postgres.start(env.home)
        finally:
            with suppress(BlockingIOError):
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                postgres.stop(env.home)


def _insist(env: Env) -> None:
    if env.database_url:
        _insist_on(env.database_url)
        return
    try:
        env.home.mkdir(parents=True, exist_ok=True)
    except OSError as failure:
        raise Misconfigured(f"HUES_HOME can not be used as the data folder: {failure}") from None


def _insist_on(url: str) -> None:
    if urlsplit(url).scheme not in ("postgresql", "postgres"):
        raise Misconfigured("DATABASE_URL must name a PostgreSQL server: postgresql://person:password@host/database.")
    try:
        with psycopg.connect(url, connect_timeout=10) as connection:
            version = connection.info.server_version // 10_000
    except psycopg.Error:
        # What the server says may hold the address with its password.
        raise Misconfigured("The database at DATABASE_URL does not answer, or does not let us in.") from None
    if version < OLDEST:
        raise Misconfigured(f"PostgreSQL {OLDEST} or newer is needed; the one at DATABASE_URL is {version}.")
