"""How a flood of fakes is kept from drowning real calls, without refusing anybody."""

from datetime import timedelta

OPEN_OF_ONE_PHONE = 5
"""Open calls of one phone number in the ordinary line: a village head rings for several houses. What is more is taken
too, but stands behind. Nothing proves whose number it is: what only others sent in its name counts for nothing."""
WINDOW = timedelta(hours=1)
OF_ONE_ADDRESS = 12
"""Calls of one network address within the window that stand in the ordinary line; a household shares an address, and
so may a whole district behind a mobile operator: what is more is taken too, but stands behind in a line of its own."""

NEAR = 0.0005
"""Degrees, some fifty metres: the centre is told once of what several phones call about from one place."""
AGAIN = timedelta(minutes=10)
"""The same call sent again within so long of the last is one press too many; what comes later stands in the log."""
AT_ONCE = timedelta(minutes=1)
"""Who says safe, and not safe, in turn is told of once within so long."""
JUST_NOW = timedelta(minutes=10)
"""Nobody is told again of danger of life at one place by one number for so long; every other call of it is told."""


def stands_behind(recent_of_address: int, *, of_phone: int, of_phone_here: int, foreign_page: bool) -> bool:
    """
    Say whether a call stands in the line that is looked at after the ordinary one.

    :param of_phone: open calls that name the same number
    :param of_phone_here: those of them that came from the same network address
    """
    crowd_of_phone = of_phone >= OPEN_OF_ONE_PHONE and of_phone_here > 0
    return foreign_page or crowd_of_phone or recent_of_address >= OF_ONE_ADDRESS
