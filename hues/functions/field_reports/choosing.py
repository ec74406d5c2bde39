"""What a reader narrowed the public reports to, as it stands in an address."""

from collections.abc import Container
from dataclasses import dataclass, replace
from urllib.parse import urlencode
from uuid import UUID

from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from hues.engines.cases.queries import CaseFilters, outcomes
from hues.engines.cases.rules.outcomes import ANSWERS, UNDER_SEAL
from hues.functions.field_reports import around, catalogue, months
from hues.kernel.agencies import queries as agencies
from hues.kit.text import Words, pick, tidy
from hues.surfaces.shell import addresses

LONGEST_SEARCH = 80
NONE = "-"  # the ward of what lies in none
# How what is published has ended; what is refused or passed on under the law is not public.
ENDINGS = ANSWERS - UNDER_SEAL
KEPT: dict[str, Words] = {
    "on_time": _("On time"),
    "extended": _("Within an extension"),
    "late": _("Answered late"),
    "answered": _("Answered, on time or not"),
}
VERDICTS: dict[str, Words] = {
    "confirmed": _("Confirmed as solved"),
    "contested": _("Contested"),
    "silent": _("No word until it was closed"),
    "spoke": _("Said anything"),
    "satisfied": _("Satisfied (4 or 5 stars)"),
    "rated": _("Has a rating"),
}
STARS = {"satisfied": 4, "rated": 1}


@dataclass(frozen=True, kw_only=True, slots=True)
class Chosen:
    """
    What the reader narrowed the list to.

    `near` is a point ("16.46980,107.57760") with what lies around it, `agency` a code,
    `period` a month or a year of opening; `clock` and `verdict` are of `KEPT` and `VERDICTS`.
    """

    text: str = ""
    ward: str = ""
    category: str = ""
    outcome: str = ""
    agency: str = ""
    period: str = ""
    clock: str = ""
    verdict: str = ""
    reopened: str = ""
    near: str = ""
    after: str = ""

    @property
    def narrowed(self) -> bool:
        """Test if anything is left out."""
        return bool(self.query())

    @property
    def finely(self) -> bool:
        """Test if more than words narrow it."""
        return bool(replace(self, text="").query())

    def filters(self) -> CaseFilters:
        """Return what the engine is asked for."""
        since, until = months.bounds(self.period) if self.period else (None, None)
        return CaseFilters(
            kind=catalogue.KIND,
            text=self.text,
            ward="" if self.ward == NONE else self.ward,
            no_ward=self.ward == NONE,
            category=self.category,
            outcome=self.outcome,
            agency_id=_agency_id(self.agency),
            since=since,
            until=until,
            kept=self.clock,
            stars=STARS.get(self.verdict, 0),
            verdict="" if self.verdict in STARS else self.verdict,
            reopened=bool(self.reopened),
            bounds=around.box(*point) if (point := around.read(self.near)) else None,
        )

    def query(self) -> str:
        """Return the choice as part of an address."""
        chosen = {"q": self.text, **{name: getattr(self, name) for name in _NAMES}}
        return urlencode({name: value for name, value in chosen.items() if value})


_NAMES = ("ward", "category", "outcome", "agency", "period", "clock", "verdict", "reopened", "near")
NOBODY = UUID(int=0)


def read_choice(query: QueryDict) -> Chosen:
    """Return what an address asks for; what nobody offers is left out, so that old addresses still open."""
    period = query.get("period", "")
    return Chosen(
        text=tidy(query.get("q", ""))[:LONGEST_SEARCH],
        ward=tidy(query.get("ward", ""))[:8],
        category=tidy(query.get("category", ""))[:64],
        outcome=_one_of(ENDINGS, query.get("outcome", "")),
        agency=tidy(query.get("agency", ""))[:64],
        period=period if months.is_period(period) else "",
        clock=_one_of(KEPT, query.get("clock", "")),
        verdict=_one_of(VERDICTS, query.get("verdict", "")),
        reopened="1" if query.get("reopened") == "1" else "",
        near=around.written(*point) if (point := around.read(query.get("near", ""))) else "",
        after=query.get("after", "")[:200],
    )


def endings() -> tuple[tuple[str, str], ...]:
    """Return the words for how a published report ended, in the city's order and the reader's language."""
    language = addresses.language()
    return tuple((card.code, pick(card.title, language)) for card in outcomes() if card.code in ENDINGS)


def _one_of(known: Container[str], word: str) -> str:
    return word if word in known else ""


def _agency_id(code: str) -> UUID | None:
    """Return the agency of a code; one that does not exist has no reports, and not everybody's."""
    if not code:
        return None
    card = agencies.agency_by_code(code)
    return card.id if card else NOBODY
