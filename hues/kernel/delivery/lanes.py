"""Keep what is sent in lanes, so that a slow side or a million pushes leave threads for all else that workers do."""

from collections.abc import Callable
from threading import Event, Semaphore


class Lane:
    """Work of one kind: so many threads of this process at once, and whoever comes then leaves it to them."""

    def __init__(self, work: Callable[[], object], *, threads: int = 1) -> None:
        self._work, self._turns, self._asked = work, Semaphore(threads), Event()

    def enter(self) -> None:
        """Do the work, or see to it that who is at it looks once more: what was owed before this call is not missed."""
        self._asked.set()
        while self._asked.is_set() and self._turns.acquire(blocking=False):
            try:
                self._asked.clear()
                self._work()
            finally:
                self._turns.release()
