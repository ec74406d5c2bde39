"""Write what was counted each second, from a thread of its own."""

import atexit
import logging
import threading
from typing import Final

from django.db import connection

from hues.kernel.visits import actions
from hues.kernel.visits.counting import on_first_count
from hues.kit import clock

logger = logging.getLogger(__name__)
EVERY_SECONDS: Final = 1.0


def flush_each_second() -> None:
    """Have this process write its counts each second, once there is something to count."""
    on_first_count(_start)


def _start() -> None:
    stopping = threading.Event()
    thread = threading.Thread(target=_run, args=(stopping,), name="visits", daemon=True)
    atexit.register(_stop, stopping, thread)
    thread.start()


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


def _stop(stopping: threading.Event, thread: threading.Thread) -> None:
    stopping.set()
    thread.join(2 * EVERY_SECONDS)
