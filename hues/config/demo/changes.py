"""One change of agencies that the demo city has planned."""

from datetime import datetime, timedelta

from hues.kernel.agencies import changes
from hues.kernel.agencies.actions import changing
from hues.kernel.agencies.checking import Share, Wanted
from hues.kernel.agencies.queries import agency_by_code

AHEAD = timedelta(days=60)
ENDS, FOLLOWS = "tram-y-te-vy-da", "tram-y-te-thuan-hoa"


def load(*, at: datetime) -> None:
    """Plan that one station goes into its neighbour, unless a change is there already."""
    if not changes.changes() and agency_by_code(ENDS) and agency_by_code(FOLLOWS):
        wanted = Wanted(ends=(ENDS,), shares=(Share(code=FOLLOWS),), on=(at + AHEAD).date())
        changing.plan(wanted=wanted, at=at)
