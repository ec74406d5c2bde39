"""Write what was counted each second, from a thread of its own."""

import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from django.db import connection

from hues.kernel.visits import actions
from hues.kernel.visits.counting import on_first_count
from hues.kit import clock

logger = logging.getLogger(__name__)
EVERY_SECONDS: Final = 1.0


@contextmanager
def flushed_each_second() -> Iterator[None]:
    """Write what this process counts each second once there is something to count, and the rest at the end."""
    stopping = threading.Event()
    thread = threading.Thread(target=_run, args=(stopping,), name="visits", daemon=True)
    on_first_count(thread.start)
    try:
        yield
    finally:
        stopping.set()
        if thread.is_alive():
            thread.join(2 * EVERY_SECONDS)


def _run(stopping: threading.Event) -> None:
    last = False
    while not last:
        # Once more after the call to stop: what came in the last second counts too.
        last = stopping.wait(EVERY_SECONDS)
        try:
            actions.flush(clock.now())
        except Exception:
            logger.exception("visits could not be written; they are kept and tried again")
            connection.close()
    connection.close()
