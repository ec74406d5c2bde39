"""Cases on the map: cells with counts from afar, points from near."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any

from django.db.models import Avg, Count, F, Q, QuerySet, Sum
from django.db.models.expressions import CombinedExpression
from django.db.models.functions import NullIf

from hues.engines.cases.models import Case, MapTally
from hues.engines.cases.queries import narrowing
from hues.engines.cases.queries.choices import ALL, CaseFilters
from hues.engines.cases.queries.counted import MapCell, MapPoint
from hues.engines.cases.queries.parts import MAY_WATCH
from hues.engines.cases.rules import boxes
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

    The public counts published cases where it may know them; the operations centre counts all. What everybody sees
    from afar was counted ahead: as much to read for a city of a hundred years as for one of a month.
    """
    public, res = not asker.may(*MAY_WATCH), resolution_at(zoom)
    if public and res <= boxes.TALLIED and filters.kind and filters == CaseFilters(kind=filters.kind):
        rows = _tallied(bounds, filters.kind, res)
    else:
        rows = _counted(_shown(bounds, filters, at, public=public), res, public=public)
    return tuple(
        MapCell(cell=row["parent_cell"], lat=row["mean_lat"], lng=row["mean_lng"], count=row["count"]) for row in rows
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


def _tallied(bounds: Bounds, kind: str, res: int) -> Iterable[Mapping[str, Any]]:
    south, west, north, east = bounds
    near = Q()
    for low, high in boxes.ranges_of(bounds, finest=res):
        near |= Q(cell__range=(low, high))
    added = MapTally.objects.filter(near, kind=kind).annotate(parent_cell=_parent("cell", res)).values("parent_cell")
    counted = added.annotate(count=Sum("n")).filter(count__gt=0)
    n = NullIf(Sum("n"), 0)  # what is asked of the mean may be worked out before an empty place is left out
    placed = counted.annotate(mean_lat=Sum("lat") / n, mean_lng=Sum("lng") / n)
    inside = placed.filter(mean_lat__range=(south, north), mean_lng__range=(west, east))
    return inside.order_by("-count", "parent_cell")[:MOST_CELLS]


def _counted(found: QuerySet[Case], res: int, *, public: bool) -> Iterable[Mapping[str, Any]]:
    column, lat, lng = ("public_cell", "public_lat", "public_lng") if public else ("cell", "lat", "lng")
    rows = found.order_by().annotate(parent_cell=_parent(column, res)).values("parent_cell")
    counted = rows.annotate(count=Count("pk"), mean_lat=Avg(lat), mean_lng=Avg(lng))
    return counted.order_by("-count", "parent_cell")[:MOST_CELLS]


def _parent(column: str, res: int) -> CombinedExpression:
    keep, add = cells.parent_bits(res)
    return F(column).bitand(keep).bitor(add)


def _shown(bounds: Bounds, filters: CaseFilters, at: datetime, *, public: bool) -> QuerySet[Case]:
    cases = Case.objects.filter(published_at__isnull=False) if public else Case.objects.filter(parent=None)
    return narrowing.within(narrowing.narrowed(cases, filters, at, public=public), bounds, public=public)


def _points(found: "QuerySet[Case, tuple[str, str, str, float, float]]") -> Iterator[MapPoint]:
    for number, category, state, lat, lng in found:
        yield MapPoint(number=number, category=category, state=State(state), lat=lat, lng=lng)
