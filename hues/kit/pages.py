"""Long lists, page by page: each page begins after the last row of the one before it (keyset, never offset)."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from hues.kit.years import in_utc

LONGEST_COUNT = 9  # digits, which a column of integers holds whatever they are


@dataclass(frozen=True, kw_only=True, slots=True)
class Page[T]:
    """Some rows, and the mark to ask with for those after them (None: there are no more)."""

    rows: tuple[T, ...]
    next: str | None = None


def mark(at: datetime | int, row_id: UUID) -> str:
    """Return the mark of a row in a list ordered by instant, or by how many, and id."""
    return f"{at if isinstance(at, int) else at.isoformat()}_{row_id}"


def place(after: str) -> tuple[datetime, UUID] | None:
    """Return the instant and id of a mark; anything else that came with an address is the list's beginning."""
    instant, _, row_id = after.partition("_")
    try:
        at, found = in_utc(datetime.fromisoformat(instant)), UUID(row_id)
    except ValueError:
        return None
    return (at, found) if at else None


def place_of_count(after: str) -> tuple[int, UUID] | None:
    """Return how many and the id of a mark in a list ordered by how many; anything else is the list's beginning."""
    count, _, row_id = after.partition("_")
    if not (count.isascii() and count.isdigit()) or len(count) > LONGEST_COUNT:
        return None
    try:
        return int(count), UUID(row_id)
    except ValueError:
        return None
