"""What stands above the columns of a list, for people; programs read the names."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from hues.engines.cases.queries import outcomes
from hues.engines.cases.rules.deadlines import ServiceClass
from hues.kit.sheets import Column, SheetCell
from hues.kit.text import Words, pick
from hues.surfaces.desks.choices import CLASS_NAMES

TITLES: Mapping[str, tuple[Words, int]] = {
    "number": (_("Number of the report"), 16),
    "category": (_("Code of the category"), 18),
    "category_title": (_("Category"), 30),
    "class": (_("How fast"), 12),
    "state": (_("State"), 16),
    "outcome": (_("Outcome"), 18),
    "clock": (_("The clock"), 14),
    "agency": (_("Agency"), 34),
    "ward": (_("Code of the ward"), 10),
    "ward_name": (_("Ward or commune"), 20),
    "opened_at": (_("Came in"), 17),
    "accept_due_at": (_("To accept by"), 17),
    "due_at": (_("Due"), 17),
    "answered_at": (_("Answered"), 17),
    "supports": (_("Also met by"), 10),
    "reopened": (_("Times reopened"), 10),
    "lat": (_("Latitude"), 10),
    "lng": (_("Longitude"), 10),
    "place": (_("The point on the map"), 14),
    "address": (_("Address"), 36),
    "text": (_("What was reported"), 60),
}


def columns() -> list[Column]:
    """Return the columns in the language that is active."""
    return [Column(title=str(title), width=width) for title, width in TITLES.values()]


def cells(rows: Iterable[Mapping[str, Any]], language: str) -> Iterator[list[SheetCell]]:
    """Yield the cells of each row in the order of the columns, in words where the row has a code for them."""
    spoken = {card.code: pick(card.title, language) for card in outcomes()}
    fast = {code.value: str(CLASS_NAMES[code]) for code in ServiceClass}
    for row in rows:
        said = {"outcome": spoken.get(row["outcome"], row["outcome"]), "class": fast.get(row["class"], row["class"])}
        yield [{**row, **said}[name] for name in TITLES]
