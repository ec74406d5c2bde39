"""Published reports as open data: points on a map, a page of the list at a time."""

from collections.abc import Iterable, Iterator
from datetime import datetime

from hues.engines.cases import queries
from hues.engines.cases.queries import CaseFilters, PublicRow
from hues.kernel.areas import queries as areas
from hues.kit.tables import Cell, geojson
from hues.kit.text import Bilingual, pick

PER_PAGE = 500
MOST_ROWS = 100_000


def rows(filters: CaseFilters, *, at: datetime) -> Iterator[PublicRow]:
    """Yield the published reports, the last published first, at most `MOST_ROWS`; one page is held at a time."""
    after, given = "", 0
    while given < MOST_ROWS:
        page = queries.public_cases(filters, after=after, limit=min(PER_PAGE, MOST_ROWS - given), at=at)
        yield from page.rows
        given += len(page.rows)
        if not page.next:
            return
        after = page.next


def as_geojson(found: Iterable[PublicRow], language: str) -> Iterator[str]:
    """Return the pieces of one collection of points."""
    wards = _wards()
    return geojson(_facts(row, wards, language) for row in found)


def _facts(row: PublicRow, wards: dict[str, Bilingual], language: str) -> dict[str, Cell]:
    return {
        "number": row.number,
        "category": row.category,
        "category_title": pick(row.category_title, language),
        "ward": row.ward_code,
        "ward_name": pick(wards.get(row.ward_code, {}), language),
        "agency": pick(row.agency, language),
        "state": row.state.value,
        "outcome": row.outcome,
        "clock": row.standing.value,
        "opened_at": row.opened_at.isoformat(),
        "published_at": row.published_at.isoformat(),
        "answered_at": row.answered_at.isoformat() if row.answered_at else None,
        "first_due_at": row.first_due_at.isoformat(),
        "due_at": row.due_at.isoformat(),
        "kept_before": row.kept_before,
        "reopened": row.reopened,
        "supports": row.supports,
        "rating": row.rating,
        "days": row.days,
        "verdict": row.verdict,
        "lat": row.lat,
        "lng": row.lng,
        "place": "approximate" if row.approximate else "exact",
        "address": row.address,
        "text": row.text,
    }


def _wards() -> dict[str, Bilingual]:
    return {ward.code: ward.name for ward in areas.wards()}
