"""Who does what when a timer is due."""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

type Ring = Callable[[UUID, datetime], None]

_rings: dict[str, Ring] = {}


def on_timer(kind: str) -> Callable[[Ring], Ring]:
    """
    Register the decorated function to run when a timer of `kind` is due.

    It gets the timer's subject and the instant of the sweep, and runs in one transaction with the removal of the
    timer; it records in the journal what it does. If it fails, all of that is undone and it is tried again later.

    :raises LookupError: if another function has that kind already
    """

    def register(ring: Ring) -> Ring:
        known = _rings.setdefault(kind, ring)
        if (known.__module__, known.__qualname__) != (ring.__module__, ring.__qualname__):
            raise LookupError(f"{kind!r} rings twice: in {known.__module__} and in {ring.__module__}")
        return ring

    return register


def ring_of(kind: str) -> Ring:
    """
    Return what a timer of `kind` runs.

    :raises LookupError: if nobody registered for it
    """
    return _rings[kind]
