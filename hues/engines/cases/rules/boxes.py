"""A box on the map as a few ranges of cells, so that an ordinary index finds what lies in it."""

from hues.kit import cells
from hues.kit.cells import Range

type Bounds = tuple[float, float, float, float]

STEPS = 2
TALLIED = 9
"""The finest resolution of which published cases are counted ahead: about 170 m from the middle to a corner."""
# Metres from the middle of a cell to a corner, by resolution, rounded down.
EDGES = {5: 8_500, 6: 3_200, 7: 1_200, 8: 460, 9: 170, 10: 65}
# A disk of two steps reaches three and a half edges from the middle of its middle cell. The box's own middle may lie
# an edge away from there, and cells poke a little into their neighbours' ground.
REACH = 2.2


def ranges_of(bounds: Bounds, finest: int = max(EDGES)) -> tuple[Range, ...]:
    """
    Return ranges of stored cells that hold every point of a box of south, west, north, east, and some around it.

    A box too large for a few cells has none: look at everything. No range cuts a cell of the resolution `finest`.
    """
    south, west, north, east = bounds
    middle = ((south + north) / 2, (west + east) / 2)
    reach = max(cells.metres_between(*middle, lat, lng) for lat in (south, north) for lng in (west, east))
    fitting = [res for res, edge in EDGES.items() if res <= finest and reach <= REACH * edge]
    if not fitting:
        return ()
    around = cells.disk(cells.cell_of(*middle, max(fitting)), STEPS)
    return tuple(cells.children_range(cell) for cell in around)
