"""Keep what is sent in lanes, so that a slow side or a million pushes leave threads for all else that workers do."""

from collections.abc import Callable
from enum import StrEnum
from threading import Event, Semaphore

DELIVERY, SIRENS = "delivery", "sirens"  # queues: sirens have one, and a worker, of their own


class Kind(StrEnum):
    """What is sent apart from the rest, by jobs and threads of its own: none waits for the other sides of another."""

    SIRENS = "sirens"
    PUSHES = "pushes"  # of broadcasts, also those that are pushed again
    PARTS = "parts"  # of broadcasts, by all other ways
    HOOKS = "hooks"  # systems of others: of them the most are away when it storms
    SINGLE = "single"

    @property
    def queue(self) -> str:
        """In which queue its jobs stand."""
        return SIRENS if self is Kind.SIRENS else DELIVERY

    @property
    def priority(self) -> int:
        """Which jobs come first where they stand: lanes keep them from taking all threads."""
        return 10 if self is Kind.SIRENS else 5

    @property
    def threads(self) -> int:
        """How many threads of a process may send it at once."""
        return 2 if self is Kind.PUSHES else 1


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
