"""What stands in a tab, as points on a map: the rows of the queue and never more than the queue shows."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import datetime

from hues.engines.cases import queries
from hues.engines.cases.declare import APPROXIMATE, EXACT, STANDING_WORDS, STATE_WORDS
from hues.engines.cases.queries import CaseRow
from hues.kernel.areas.queries import wards
from hues.kernel.people.asker import Asker
from hues.kit.tables import Cell
from hues.kit.text import pick
from hues.surfaces.desks.desk import Desk
from hues.surfaces.desks.queue import Shown
from hues.surfaces.shell.telling import local

PER_PAGE = 500
MOST_ROWS = 100_000


def rows(desk: Desk, asker: Asker, shown: Shown, at: datetime) -> Iterator[CaseRow]:
    """Yield the cases of a tab in its order with their whole words, at most `MOST_ROWS`; one page is held at a time."""
    given, shown = 0, replace(shown, after="")
    while given < MOST_ROWS:
        page = desk.page(asker, shown, at, PER_PAGE)
        whole = queries.whole_texts(asker, [row.number for row in page.rows])
        yield from (replace(row, excerpt=whole.get(row.number, "")) for row in page.rows)
        given += len(page.rows)
        if not page.next:
            return
        shown = replace(shown, after=page.next)


def facts(found: Iterable[CaseRow], language: str) -> Iterator[dict[str, Cell]]:
    """Return what is told of each case, by name."""
    # Now, while the reader's language is active: the rows are drawn after the view has answered.
    states = {state: str(words) for state, words in STATE_WORDS.items()}
    clocks = {standing: str(words) for standing, words in STANDING_WORDS.items()}
    places = {True: str(APPROXIMATE), False: str(EXACT)}
    names = {ward.code: pick(ward.name, language) for ward in wards()}
    return (
        _facts(row, language, states[row.state], clocks[row.standing], names, places[row.approximate]) for row in found
    )


def _facts(row: CaseRow, language: str, state: str, kept: str, names: Mapping[str, str], place: str) -> dict[str, Cell]:
    return {
        "number": row.number,
        "category": row.category,
        "category_title": pick(row.category_title, language),
        "class": row.service_class,
        "state": state,
        "outcome": row.outcome,
        "clock": kept,
        "agency": pick(row.agency, language),
        "ward": row.ward_code,
        "ward_name": names.get(row.ward_code, ""),
        "opened_at": local(row.opened_at).isoformat(),
        "accept_due_at": local(row.accept_due_at).isoformat(),
        "due_at": local(row.due_now).isoformat(),
        "answered_at": local(row.answered_at).isoformat() if row.answered_at else "",
        "supports": row.supports,
        "reopened": row.reopened,
        "lat": row.lat,
        "lng": row.lng,
        "place": place,
        "address": row.address,
        "text": row.excerpt,
    }
