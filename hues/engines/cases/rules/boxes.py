"""A box on the map as a few ranges of cells, so that an ordinary index finds what lies in it."""

import math

from hues.kit import cells
from hues.kit.cells import Range

type Bounds = tuple[float, float, float, float]

MOST_STEPS = 4
TALLIED = (7, 9)
"""The resolutions of which published cases are counted ahead: about 1,200 and 170 m from the middle to a corner."""
# Metres from the middle of a cell to a corner, by resolution, rounded down.
EDGES = {5: 8_500, 6: 3_200, 7: 1_200, 8: 460, 9: 170, 10: 65}
# A disk of n steps reaches 1.5 n + 0.5 edges from the middle of its middle cell. The box's own middle may lie an edge
# away from there, and cells poke a little into their neighbours' ground.
STEP, LOST = 1.5, 0.8


def ranges_of(bounds: Bounds, finest: int = max(EDGES)) -> tuple[Range, ...]:
    """
    Return ranges of stored cells that hold every point of a box of south, west, north, east, and some around it.

    A box too large for a few cells has none: look at everything. No range cuts a cell of the resolution `finest`.
    """
    south, west, north, east = bounds
    middle = ((south + north) / 2, (west + east) / 2)
    reach = max(cells.metres_between(*middle, lat, lng) for lat in (south, north) for lng in (west, east))
    steps = {res: math.ceil((reach / edge + LOST) / STEP) for res, edge in EDGES.items() if res <= finest}
    fitting = [res for res, many in steps.items() if many <= MOST_STEPS]
    if not fitting:
        return ()
    res = max(fitting)
    return cells.ranges(cells.disk(cells.cell_of(*middle, res), steps[res]))
