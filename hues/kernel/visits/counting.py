"""Count visits in memory; a page never waits for this."""

import threading
from collections.abc import Callable

type Counts = dict[tuple[str, str], int]

_lock = threading.Lock()
_counts: Counts = {}
_on_first: list[Callable[[], None]] = []


def count(function: str, audience: str) -> None:
    """Note one visit to a function by one kind of audience; both are codes of ours, never what a visitor typed."""
    key = (function, audience)
    with _lock:
        _counts[key] = _counts.get(key, 0) + 1
        first = _on_first.pop() if _on_first else None
    if first:
        first()


def take() -> Counts:
    """Return what was counted since the last time, and begin anew."""
    global _counts
    with _lock:
        taken, _counts = _counts, {}
    return taken


def put_back(counts: Counts) -> None:
    """Add what could not be written to what is being counted."""
    with _lock:
        for key, visits in counts.items():
            _counts[key] = _counts.get(key, 0) + visits


def on_first_count(start: Callable[[], None]) -> None:
    """Call `start` at the next visit that this process counts."""
    _on_first[:] = [start]
