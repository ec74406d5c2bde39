"""The database while somebody needs it: the last one to leave the embedded server switches it off."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from hues.config import postgres
from hues.config.env import Env


def address(env: Env) -> str:
    """Return the address of the city's database, whether or not it runs already."""
    return env.database_url or postgres.url(env.home)


@contextmanager
def database(env: Env) -> Iterator[str]:
    """Yield the address of a running database; an embedded one is started, and stopped by its last user."""
    os.environ["DATABASE_URL"] = address(env)
    if env.database_url:
        yield env.database_url
        return
    env.home.mkdir(parents=True, exist_ok=True)
    with (env.home / "users.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_SH)
        try:
            yield postgres.start(env.home)
        finally:
            with suppress(BlockingIOError):
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                postgres.stop(env.home)
