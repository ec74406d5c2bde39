"""Which part of a queue is on the screen, as its address says."""

from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import QueryDict

from hues.kit.text import tidy

LONGEST_SEARCH = 80  # characters


@dataclass(frozen=True, kw_only=True, slots=True)
class Shown:
    """
    What the reader chose to see: a tab, a category, words or a number, and the place in the list.

    `first` is the tab that an address need not mention; `after` is the key of the last row of the page before, as
    the engine handed it out.
    """

    tab: str
    first: str = ""
    category: str = ""
    text: str = ""
    after: str = ""

    def address(self, base: str) -> str:
        """Return `base` with everything that differs from a bare page."""
        tab = "" if self.tab == self.first else self.tab
        chosen = {"tab": tab, "category": self.category, "q": self.text, "after": self.after}
        query = urlencode({name: value for name, value in chosen.items() if value})
        return f"{base}?{query}" if query else base

    def bare(self) -> "Shown":
        """Return the tab alone, from its beginning."""
        return Shown(tab=self.tab, first=self.first)


def read_shown(query: QueryDict, tabs: Iterable[str]) -> Shown:
    """Return what `query` asks for; an unknown tab is the first one, so that old bookmarks still open."""
    known = tuple(tabs)
    tab = query.get("tab", "")
    return Shown(
        tab=tab if tab in known else known[0],
        first=known[0],
        category=query.get("category", "")[:64],
        text=tidy(query.get("q", ""))[:LONGEST_SEARCH],
        after=query.get("after", "")[:200],
    )
