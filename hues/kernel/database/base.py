"""The backend itself, where Django looks for it."""

import time
from select import POLLIN, poll
from typing import Any, Final

from django.db.backends.postgresql import base

IDLE: Final = 5.0  # seconds after which a connection may have died without a sign, behind a firewall say


class DatabaseWrapper(base.DatabaseWrapper):
    """
    Asks a kept connection "SELECT 1" only where that can tell something new.

    A server that ends or restarts hangs up, and what has hung up can be read from. Asking costs a tenth of a page.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._lived_at = float("-inf")

    def is_usable(self) -> bool:
        """Say whether the connection lives: without asking, if it answered just now and its line is quiet."""
        now = time.monotonic()
        if self.errors_occurred or now - self._lived_at > IDLE or not self._is_quiet():
            if not super().is_usable():
                return False
        self._lived_at = now
        return True

    def _is_quiet(self) -> bool:
        line = poll()
        if self.connection is None or self.connection.closed:
            return False
        line.register(self.connection.pgconn.socket, POLLIN)
        return not line.poll(0)
