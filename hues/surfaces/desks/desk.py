"""A desk: what it is called, what its queue holds, which cases and which moves it has."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from typing import Any

from django.utils.timezone import get_current_timezone
from django.utils.translation import gettext_lazy as _

from hues.engines.cases.queries import CaseFilters, CaseRow, Counts, DeskCase, Wording
from hues.engines.cases.rules.workflow import State, Verb, next_state
from hues.kernel.people.asker import Asker, Role
from hues.kit import pages
from hues.kit.pages import Page
from hues.kit.text import Words
from hues.surfaces.desks.columns import wording
from hues.surfaces.desks.moves import Move, Together
from hues.surfaces.desks.queue import Shown
from hues.surfaces.shell import addresses

PAGE = 50
SAMPLE = "0-tab-0"
QUIET: Words = _("Nothing waits here.")


@dataclass(frozen=True, kw_only=True, slots=True)
class Section:
    """
    One tab of a queue: which cases, in which order, and how many.

    `calls` says that its count calls for action. An order is one of the engine's: due, opened, answered, newest, met.
    """

    title: Words
    filters: CaseFilters
    order: str = "due"
    count: Callable[[Counts], int] | None = None
    calls: bool = False
    empty: Words = QUIET


@dataclass(frozen=True, kw_only=True, slots=True)
class Tab:
    """A section as a page shows it, with how many stand in it where that was counted; `quiet` does not call to act."""

    label: str
    href: str
    count: int | None
    quiet: bool
    current: bool


type Listed = Callable[[Asker, CaseFilters, str, int, str, datetime], Page[CaseRow]]
type Told = Callable[[Asker, CaseFilters, str, str, datetime], Iterator[dict[str, Any]]]
type About = Callable[[Asker, CaseFilters, str, int, datetime], int]
type Copied = Callable[[Asker, CaseFilters, str, str, Wording, datetime], Iterator[bytes]]


@dataclass(frozen=True, kw_only=True, slots=True)
class Desk:
    """
    A desk of cases.

    `space` is the namespace of its addresses: queue, counts, beside, case, move,
    together, views, drop_view and files. `whose` is "ioc" where
    the agency of a case is of interest. `together` are those of its moves that `movers` may make on many cases at once.
    """

    space: str
    title: Words
    whose: str
    sections: Mapping[str, Section]
    moves: Mapping[Verb, Move]
    listed: Listed
    copied: Copied
    told: Told
    about: About
    counted: Callable[[Asker, datetime], Counts]
    found: Callable[[Asker, str, datetime], DeskCase]
    template: str
    movers: frozenset[Role]
    together: Mapping[Verb, Together] = field(default_factory=dict)

    def address(self, shown: Shown, name: str = "queue") -> str:
        """Return the address of that part of the queue, or of a fragment that shows it."""
        return shown.address(addresses.of(f"{self.space}:{name}"))

    def case_address(self, number: str, shown: Shown) -> str:
        """Return the address of a case, with the way back to that part of the queue."""
        return shown.address(addresses.of(f"{self.space}:case", number))

    def shared_moves(self, asker: Asker, shown: Shown) -> list[Move]:
        """Return the moves that the asker may make on many cases of that part of the queue at once."""
        if not asker.may(*self.movers):
            return []
        states = self.sections[shown.tab].filters.states or State
        return [self.moves[verb] for verb in self.together if any(next_state(verb, state) for state in states)]

    def page(self, asker: Asker, shown: Shown, at: datetime, limit: int = PAGE) -> Page[CaseRow]:
        """Return the rows of that part of the queue."""
        section = self.sections[shown.tab]
        return self.listed(asker, narrowed(section.filters, shown), shown.after, limit, section.order, at)

    def where(self, case: DeskCase, shown: Shown) -> Shown:
        """Return what is shown beside a case that came without a tab: the first one in which cases like it stand."""
        for code, section in self.sections.items():
            filters = section.filters
            plain = CaseFilters(states=filters.states, whole=filters.whole)
            if filters == plain and (not filters.states or case.state in filters.states):
                return replace(shown, tab=code)
        return shown

    def table(self, asker: Asker, shown: Shown, language: str, at: datetime) -> Iterator[bytes]:
        """Return the whole of that part of the queue as CSV, for people who speak `language`."""
        section = self.sections[shown.tab]
        return self.copied(asker, narrowed(section.filters, shown), section.order, language, wording(language), at)

    def rows(self, asker: Asker, shown: Shown, language: str, at: datetime) -> Iterator[dict[str, Any]]:
        """Return the whole of that part of the queue, a row at a time."""
        section = self.sections[shown.tab]
        return self.told(asker, narrowed(section.filters, shown), section.order, language, at)

    def about_rows(self, asker: Asker, shown: Shown, most: int, at: datetime) -> int:
        """Return how many rows that part of the queue has, counted up to `most`."""
        section = self.sections[shown.tab]
        return self.about(asker, narrowed(section.filters, shown), section.order, most, at)

    def next_after(self, case: DeskCase, asker: Asker, shown: Shown, at: datetime) -> str | None:
        """
        Return the number of the case that follows `case` in the queue, or of the first one, if there is any.

        Once nothing that was searched for is left, the queue goes on as it is.
        """
        order = self.sections[shown.tab].order
        columns = {"due": case.clock.due_at, "answered": case.clock.answered_at, "met": case.supports}
        column = columns.get(order, case.clock.opened_at)
        place = pages.mark(column, case.id) if column is not None else ""
        for text, after in dict.fromkeys(((shown.text, place), (shown.text, ""), ("", place), ("", ""))):
            rows = self.page(asker, replace(shown, text=text, after=after), at, 2).rows
            if following := [row.number for row in rows if row.number != case.number]:
                return following[0]
        return None


def narrowed(filters: CaseFilters, shown: Shown) -> CaseFilters:
    """Return the filters of a section with what the reader added."""
    return replace(
        filters,
        category=shown.category,
        ward=shown.ward,
        agency_id=shown.agency,
        service_class=shown.service_class,
        since=_midnight(shown.since),
        until=_midnight(shown.until and shown.until + timedelta(days=1)),
        text=shown.text,
    )


def _midnight(day: date | None) -> datetime | None:
    return datetime.combine(day, time.min, get_current_timezone()) if day else None


def tabs(desk: Desk, counted: Counts | None, shown: Shown) -> tuple[Tab, ...]:
    """Return the tabs, with how many stand in each where that was counted."""
    here = replace(shown, first="", text="", after="")
    link = desk.address(replace(here, tab=SAMPLE))
    return tuple(
        Tab(
            label=str(section.title),
            href=link.replace(SAMPLE, code),
            count=(section.count(counted) or None) if counted and section.count else None,
            quiet=not section.calls,
            current=code == shown.tab,
        )
        for code, section in desk.sections.items()
    )
