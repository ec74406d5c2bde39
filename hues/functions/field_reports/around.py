"""A place somebody follows: a point as addresses write it, what lies around it, and how far away."""

from math import cos, isfinite, radians

from hues.kernel.areas import queries as areas
from hues.kit import cells

REACH = 300  # metres
METRES_A_DEGREE = 111_320
RES = 8  # hexagons with edges of 531 m: a point and its neighbours hold everything within reach


def read(words: str) -> tuple[float, float] | None:
    """Return the point that an address names, if it is one of the city."""
    try:
        lat, lng = (float(part) for part in words[:40].split(","))
    except ValueError:
        return None
    return (lat, lng) if isfinite(lat) and isfinite(lng) and areas.in_city(lat, lng) else None


def written(lat: float, lng: float) -> str:
    """Return a point as addresses write it, to about ten metres: nobody's front door."""
    return f"{lat:.4f},{lng:.4f}"


def box(lat: float, lng: float) -> tuple[float, float, float, float]:
    """Return south, west, north and east of what lies around a point."""
    up, aside = REACH / METRES_A_DEGREE, REACH / METRES_A_DEGREE / cos(radians(lat))
    return lat - up, lng - aside, lat + up, lng + aside


def within_reach(here: tuple[float, float], there: tuple[float, float]) -> bool:
    """Test if one point lies in the box around another."""
    south, west, north, east = box(*here)
    return south <= there[0] <= north and west <= there[1] <= east


def cell(lat: float, lng: float) -> int:
    """Return the cell under which a followed place is found."""
    return cells.cell_of(lat, lng, RES)


def cells_near(lat: float, lng: float) -> tuple[int, ...]:
    """Return the cells in which a place must lie that has this point in its reach."""
    middle = cell(lat, lng)
    return (middle, *cells.ring(middle, 1))
