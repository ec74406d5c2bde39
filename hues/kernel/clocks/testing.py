"""Let time pass, for the tests of other rooms."""

from datetime import datetime

from hues.kernel.clocks import actions
from hues.kernel.journal.testing import drain


def let_it_be(now: datetime) -> int:
    """Do all that is due at `now`, and what follows from it; return how many timers fired."""
    fired = actions.tick(now)
    drain()
    return fired
