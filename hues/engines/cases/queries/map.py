"""Cases on the map: cells with counts from afar, points from near."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import Any

from django.db.models import Avg, Count, F, QuerySet
from django.db.models.expressions import CombinedExpression

from hues.engines.cases.models import Case
from hues.engines.cases.queries import narrowing
from hues.engines.cases.queries.choices import ALL, CaseFilters
from hues.engines.cases.queries.counted import MapCell, MapPoint
from hues.engines.cases.queries.parts import MAY_WATCH
from hues.engines.cases.rules import boxes
from hues.engines.cases.rules.publishing import FROM_WORDS
from hues.engines.cases.rules.workflow import State
from hues.kernel.people.asker import STRANGER, Asker
from hues.kernel.statements import planned
from hues.kit import cells
from hues.kit.cells import Range

type Bounds = tuple[float, float, float, float]
MOST_POINTS = 500
MOST_CELLS = 4_000
COARSEST = 4
# Each range is looked up by itself, in the index alone; joined plainly, the planner reads the whole index instead.
POINTS = """
SELECT found.* FROM unnest(%(low)s::bigint[], %(high)s::bigint[]) AS near(low, high) CROSS JOIN LATERAL (
  SELECT number, category, state, public_lat, public_lng, place_source, coarse FROM cases_case
  WHERE published_at IS NOT NULL AND kind = %(kind)s AND public_cell BETWEEN near.low AND near.high
    AND public_lat BETWEEN %(south)s AND %(north)s AND public_lng BETWEEN %(west)s AND %(east)s
  OFFSET 0
) AS found LIMIT %(limit)s
"""
CELLS = """
SELECT * FROM (
  SELECT cell & %(keep)s | %(add)s AS parent, sum(n) AS many, sum(lat) / sum(n) AS lat, sum(lng) / sum(n) AS lng
  FROM unnest(%(low)s::bigint[], %(high)s::bigint[]) AS near(low, high) CROSS JOIN LATERAL (
    SELECT cell, n, lat, lng FROM cases_maptally
    WHERE kind = %(kind)s AND res = %(res)s AND cell BETWEEN near.low AND near.high
    OFFSET 0
  ) AS counted GROUP BY parent HAVING sum(n) > 0
) AS parents
WHERE lat BETWEEN %(south)s AND %(north)s AND lng BETWEEN %(west)s AND %(east)s
ORDER BY many DESC, parent LIMIT %(limit)s
"""
CROWD = """
SELECT public_cell & %(keep)s | %(add)s AS parent, count(*) AS many, avg(public_lat) AS lat, avg(public_lng) AS lng
FROM unnest(%(low)s::bigint[], %(high)s::bigint[]) AS near(low, high) CROSS JOIN LATERAL (
  SELECT public_cell, public_lat, public_lng FROM cases_case
  WHERE published_at IS NOT NULL AND kind = %(kind)s AND public_cell BETWEEN near.low AND near.high
    AND public_lat BETWEEN %(south)s AND %(north)s AND public_lng BETWEEN %(west)s AND %(east)s
  OFFSET 0
) AS found GROUP BY parent ORDER BY many DESC, parent LIMIT %(limit)s
"""
EVERYWHERE = ((0, 2**63 - 1),)
STATES = {state.value: state for state in State}


def resolution_at(zoom: float) -> int:
    """Return the resolution whose cells are about a thumb wide at that zoom of a web map."""
    return max(COARSEST, min(cells.STORED, round(zoom * 0.72 - 1.2)))


def map_cells(
    bounds: Bounds,
    zoom: float,
    filters: CaseFilters = ALL,
    *,
    asker: Asker = STRANGER,
    most: int = MOST_CELLS,
    at: datetime,
) -> tuple[MapCell, ...]:
    """
    Return how many cases lie in each cell of a box of south, west, north, east, most first.

    The public counts published cases where it may know them; the operations centre counts all. What everybody sees
    from afar was counted ahead: as much to read for a city of a hundred years as for one of a month.

    None is left out: where there would be more than `most` cells, the cells are larger.
    """
    public, res = not asker.may(*MAY_WATCH), resolution_at(zoom)

    def found() -> list[tuple[int, int, float, float]]:
        if public and _plain(filters):
            return list(_tallied(bounds, filters.kind, res, limit=most + 1))
        return list(_counted(_shown(bounds, filters, at, public=public), res, public=public)[: most + 1])

    rows = found()
    while len(rows) > most and res > COARSEST:
        res -= 1
        rows = found()
    return tuple(MapCell(cell=cell, count=count, lat=lat, lng=lng) for cell, count, lat, lng in rows)


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
    found: Iterable[tuple[Any, ...]]
    if public and _plain(filters):
        found = _asked(POINTS, bounds, boxes.ranges_of(bounds), kind=filters.kind, limit=limit + 1)
    else:
        lat, lng = ("public_lat", "public_lng") if public else ("lat", "lng")
        shown = _shown(bounds, filters, at, public=public).values_list(
            "number", "category", "state", lat, lng, "place_source", "coarse"
        )
        found = shown[: limit + 1]
    rows = tuple(_points(found, public=public))
    return rows if len(rows) <= limit else None


def _plain(filters: CaseFilters) -> bool:
    return bool(filters.kind) and filters == CaseFilters(kind=filters.kind)


def _tallied(bounds: Bounds, kind: str, res: int, *, limit: int) -> Iterable[tuple[int, int, float, float]]:
    keep, add = cells.parent_bits(res)
    level = next((level for level in boxes.TALLIED if level >= res), None)
    if level is None:
        return _asked(CROWD, bounds, boxes.ranges_of(bounds), kind=kind, keep=keep, add=add, limit=limit)
    near = boxes.ranges_of(bounds, finest=res)
    return _asked(CELLS, bounds, near, kind=kind, res=level, keep=keep, add=add, limit=limit)


def _asked(statement: str, bounds: Bounds, near: Sequence[Range], **values: str | int) -> list[tuple[Any, ...]]:
    south, west, north, east = bounds
    low, high = (_array(ends) for ends in zip(*(near or EVERYWHERE), strict=True))
    with planned() as cursor:
        cursor.execute(
            statement,
            {"low": low, "high": high, "south": south, "west": west, "north": north, "east": east, **values},
        )
        rows: list[tuple[Any, ...]] = cursor.fetchall()
    return rows


def _array(numbers: Iterable[int]) -> str:
    """Return numbers as PostgreSQL writes them: a list would be looked through for the kind of each."""
    return "{" + ",".join(map(str, numbers)) + "}"


def _counted(found: QuerySet[Case], res: int, *, public: bool) -> QuerySet[Case, tuple[int, int, float, float]]:
    column, lat, lng = ("public_cell", "public_lat", "public_lng") if public else ("cell", "lat", "lng")
    rows = found.order_by().annotate(parent_cell=_parent(column, res)).values("parent_cell")
    counted = rows.annotate(count=Count("pk"), mean_lat=Avg(lat), mean_lng=Avg(lng)).order_by("-count", "parent_cell")
    return counted.values_list("parent_cell", "count", "mean_lat", "mean_lng")


def _parent(column: str, res: int) -> CombinedExpression:
    keep, add = cells.parent_bits(res)
    return F(column).bitand(keep).bitor(add)


def _shown(bounds: Bounds, filters: CaseFilters, at: datetime, *, public: bool) -> QuerySet[Case]:
    cases = Case.objects.filter(published_at__isnull=False) if public else Case.objects.filter(parent=None)
    return narrowing.within(narrowing.narrowed(cases, filters, at, public=public), bounds, public=public)


def _points(found: Iterable[tuple[Any, ...]], *, public: bool) -> Iterator[MapPoint]:
    for number, category, state, lat, lng, source, coarse in found:
        rough = source == FROM_WORDS or (public and coarse)
        yield MapPoint(number, category, STATES[state], lat, lng, rough)
