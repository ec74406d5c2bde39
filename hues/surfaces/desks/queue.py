"""Which part of a queue is on the screen, as its address says."""

from collections.abc import Iterable
from dataclasses import dataclass, fields, replace
from datetime import date
from typing import Final
from urllib.parse import urlencode
from uuid import UUID

from django.http import QueryDict

from hues.kit.text import tidy
from hues.kit.years import meant

LONGEST_SEARCH = 80  # characters
EVERYTHING: Final = "all"  # the tab in which every case stands
NAMES = {"text": "q", "service_class": "class"}  # where an address calls a field otherwise


@dataclass(frozen=True, kw_only=True, slots=True)
class Shown:
    """
    What the reader chose to see: a tab, what narrows it, words or a number, and the place in the list.

    `first` is the tab that an address need not mention; `since` and `until` are days, the last one included; `after`
    is the key of the last row of the page before, as the engine handed it out.
    """

    tab: str
    first: str = ""
    category: str = ""
    ward: str = ""
    agency: UUID | None = None
    service_class: str = ""
    since: date | None = None
    until: date | None = None
    text: str = ""
    after: str = ""

    def address(self, base: str) -> str:
        """Return `base` with everything that differs from a bare page."""
        query = urlencode(self.asked())
        return f"{base}?{query}" if query else base

    def asked(self) -> dict[str, str]:
        """Return what differs from a bare page, as an address says it."""
        said = [(name, getattr(self, field)) for field, name in SAID]
        return {name: str(value) for name, value in said if value and (name != "tab" or value != self.first)}

    @property
    def narrowed(self) -> bool:
        """Test if less than the whole tab is asked for."""
        return replace(self, after="") != self.bare()

    @property
    def finely(self) -> bool:
        """Test if it is narrowed by more than a category and words."""
        return replace(self, category="", text="", after="") != self.bare()

    @property
    def wider(self) -> bool:
        """Test if the same words may be found in more than what is shown."""
        return self != Shown(tab=EVERYTHING, first=self.first, text=self.text)

    def bare(self) -> "Shown":
        """Return the tab alone, from its beginning."""
        return Shown(tab=self.tab, first=self.first)


SAID: Final = tuple((one.name, NAMES.get(one.name, one.name)) for one in fields(Shown) if one.name != "first")


def read_shown(query: QueryDict, tabs: Iterable[str]) -> Shown:
    """Return what `query` asks for; an unknown tab is the first one, so that old bookmarks still open."""
    known = tuple(tabs)
    tab = query.get("tab", "")
    return Shown(
        tab=tab if tab in known else known[0],
        first=known[0],
        category=tidy(query.get("category", ""))[:64],
        ward=tidy(query.get("ward", ""))[:16],
        agency=_agency(query.get("agency", "")),
        service_class=tidy(query.get("class", ""))[:16],
        since=_day(query.get("since", "")),
        until=_day(query.get("until", "")),
        text=tidy(query.get("q", ""))[:LONGEST_SEARCH],
        after=query.get("after", "")[:200],
    )


def _agency(said: str) -> UUID | None:
    try:
        return UUID(said)
    except ValueError:
        return None


def _day(said: str) -> date | None:
    try:
        day = date.fromisoformat(said)
    except ValueError:
        return None
    return day if meant(day) else None
