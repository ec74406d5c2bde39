"""Render what is owed, from a thread of its own in every serving process: no worker need be alive for it."""

import logging
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Final

import psycopg
from django.db import connection

from hues.kernel.published import actions

logger = logging.getLogger(__name__)
POLL: Final = 0.5  # seconds: the most that a missed notification can cost, and that an ending process waits for us
PAUSE: Final = 0.2  # seconds between two renderings, so that many publications at once leave time for readers


@contextmanager
def settled_at_once(now: Callable[[], datetime]) -> Iterator[None]:
    """Render what is owed as soon as it is, until the end; `now` tells the instant of each rendering."""
    stopping = threading.Event()
    thread = threading.Thread(target=_run, args=(stopping, now), name="published", daemon=True)
    thread.start()
    try:
        yield
    finally:
        stopping.set()
        thread.join(4 * POLL)


def _run(stopping: threading.Event, now: Callable[[], datetime]) -> None:
    while not stopping.is_set():
        try:
            _listen(stopping, now)
        except Exception:
            logger.exception("owed pages could not be rendered; they stay owed and are tried again")
            connection.close()
            stopping.wait(POLL)
    connection.close()


def _listen(stopping: threading.Event, now: Callable[[], datetime]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"LISTEN {actions.OWED}")
    listening: psycopg.Connection = connection.connection
    while not stopping.is_set():
        if actions.settle(at=now()):
            stopping.wait(PAUSE)
        for _ in listening.notifies(timeout=POLL, stop_after=1):
            pass
