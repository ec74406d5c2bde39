"""Cases on the map: cells with counts from afar, points from near."""

from collections.abc import Iterator
from datetime import datetime

from django.db.models import Avg, Count, F, QuerySet

from hues.engines.cases.models import Case
from hues.engines.cases.queries import narrowing
from hues.engines.cases.queries.choices import ALL, CaseFilters
from hues.engines.cases.queries.counted import MapCell, MapPoint
from hues.engines.cases.queries.desk import MAY_WATCH
from hues.engines.cases.rules.workflow import State
from hues.kernel.people.asker import STRANGER, Asker
from hues.kit import cells

type Bounds = tuple[float, float, float, float]
MOST_POINTS = 500
MOST_CELLS = 4_000


def resolution_at(zoom: float) -> int:
    """Return the resolution whose cells are about a thumb wide at that zoom of a web map."""
    return max(4, min(cells.STORED, round(zoom * 0.72 - 1.2)))


def map_cells(
    bounds: Bounds, zoom: float, filters: CaseFilters = ALL, *, asker: Asker = STRANGER, at: datetime
) -> tuple[MapCell, ...]:
    """
    Return how many cases lie in each cell of a box of south, west, north, east, most first.

    The public counts published cases where it may know them; the operations centre counts all.
    """
    public = not asker.may(*MAY_WATCH)
    column, lat, lng = ("public_cell", "public_lat", "public_lng") if public else ("cell", "lat", "lng")
    keep, add = cells.parent_bits(resolution_at(zoom))
    parent = F(column).bitand(keep).bitor(add)
    found = _shown(bounds, filters, at, public=public).order_by()
    rows = (
        found.annotate(parent_cell=parent)
        .values("parent_cell")
        .annotate(n=Count("pk"), lat_=Avg(lat), lng_=Avg(lng))
        .order_by("-n", "parent_cell")
    )
    return tuple(
        MapCell(cell=row["parent_cell"], lat=row["lat_"], lng=row["lng_"], count=row["n"]) for row in rows[:MOST_CELLS]
    )


def map_points(
    bounds: Bounds,
    filters: CaseFilters = ALL,
    *,
    asker: Asker = STRANGER,
    limit: int = MOST_POINTS,
    at: datetime,
) -> tuple[MapPoint, ...] | None:
    """Return every case in a box, or None if there are more than `limit`: ask for cells then."""
    public = not asker.may(*MAY_WATCH)
    lat, lng = ("public_lat", "public_lng") if public else ("lat", "lng")
    found = _shown(bounds, filters, at, public=public).values_list("number", "category", "state", lat, lng)
    rows = tuple(_points(found[: limit + 1]))
    return rows if len(rows) <= limit else None


def _shown(bounds: Bounds, filters: CaseFilters, at: datetime, *, public: bool) -> QuerySet[Case]:
    cases = Case.objects.filter(published_at__isnull=False) if public else Case.objects.all()
    return narrowing.within(narrowing.narrowed(cases, filters, at, public=public), bounds, public=public)


def _points(found: "QuerySet[Case, tuple[str, str, str, float, float]]") -> Iterator[MapPoint]:
    for number, category, state, lat, lng in found:
        yield MapPoint(number=number, category=category, state=State(state), lat=lat, lng=lng)
