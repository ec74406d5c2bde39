"""How a flood of fakes is kept from drowning real calls, without refusing anybody's first."""

from datetime import timedelta

OPEN_OF_ONE_PHONE = 5
"""Calls of one phone that may be open at a time: a village head rings for several houses."""
WINDOW = timedelta(hours=1)
OF_ONE_ADDRESS = 12
"""Calls of one network address within the window that stand in the ordinary line; a household shares an address, and
so may a whole district behind a mobile operator: what is more is taken too, but stands behind in a line of its own."""

NEAR = 0.0005
"""Degrees, some fifty metres: the centre is told once of what several phones call about from one place."""


def is_refused(open_of_phone: int) -> bool:
    """Say whether a phone has so many open calls that one more adds nothing; a first call is never refused."""
    return open_of_phone >= OPEN_OF_ONE_PHONE


def stands_behind(recent_of_address: int, *, foreign_page: bool) -> bool:
    """Say whether a call stands in the line that is looked at after the ordinary one."""
    return foreign_page or recent_of_address >= OF_ONE_ADDRESS
