"""What else follows when an agency has successors: rooms above the kernel register for it."""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

type Follow = Callable[[UUID, datetime], int]

_follows: dict[str, Follow] = {}


def on_succession(what: str) -> Callable[[Follow], Follow]:
    """
    Register the decorated function to run when an agency has ended and its heirs are known.

    It gets the agency that ended and the instant, runs in the one transaction of the change, and returns how many
    of `what` it passed on. What it passes on a second time must be nothing.

    :raises LookupError: if another function passes that on already
    """

    def register(follow: Follow) -> Follow:
        known = _follows.setdefault(what, follow)
        if (known.__module__, known.__qualname__) != (follow.__module__, follow.__qualname__):
            raise LookupError(f"{what!r} is passed on twice: in {known.__module__} and in {follow.__module__}")
        return follow

    return register


def follow(agency_id: UUID, at: datetime) -> dict[str, int]:
    """Run all that was registered for an agency that has just ended, and return how much was passed on."""
    return {what: pass_on(agency_id, at) for what, pass_on in sorted(_follows.items())}
