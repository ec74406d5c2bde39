"""Search over what the city says and does, its wards and what it answered; tone marks don't matter."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.urls import reverse
from django.utils.translation import override

from hues.engines.cases import queries as cases
from hues.engines.cases.queries import CaseFilters, PublicRow
from hues.kernel.areas import queries as areas
from hues.kernel.areas.queries import WardCard
from hues.kit.pages import Page
from hues.kit.text import Words, fold
from hues.surfaces.citizen.slots import Strip, cards, found

MOST_WARDS = 4


@dataclass(frozen=True, kw_only=True, slots=True)
class Door:
    """A page of a function that fits the search."""

    title: Words
    text: Words
    icon: str
    address: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Findings:
    """What a search found."""

    said: tuple[Strip, ...] = ()
    doors: tuple[Door, ...] = ()
    wards: tuple[WardCard, ...] = ()
    reports: Page[PublicRow] = field(default_factory=lambda: Page(rows=()))

    @property
    def empty(self) -> bool:
        """Test if nothing was found at all."""
        return not (self.said or self.doors or self.wards or self.reports.rows)


def look_for(words: str, *, after: str, limit: int, at: datetime) -> Findings:
    """Return what fits `words`; the pages after the first hold reports only."""
    if not words:
        return Findings()
    reports = cases.public_cases(CaseFilters(text=words), after=after, limit=limit, at=at)
    if after:
        return Findings(reports=reports)
    return Findings(
        said=found(words, at),
        doors=_doors(fold(words).split()),
        wards=areas.wards_matching(words)[:MOST_WARDS],
        reports=reports,
    )


def _doors(wanted: Sequence[str]) -> tuple[Door, ...]:
    return tuple(
        Door(title=card.title, text=function.summary, icon=card.icon, address=reverse(card.name))
        for function, card in cards()
        if _fits(wanted, (card.title, *card.words, *((function.title, *function.words) if card.first else ())))
    )


def _fits(wanted: Sequence[str], said: Iterable[Words]) -> bool:
    words = tuple(said)
    spoken = []
    # A reader of one language types words of the other too.
    for language in ("vi", "en"):
        with override(language):
            spoken.append(fold(" ".join(str(word) for word in words)))
    together = " ".join(spoken)
    return all(word in together for word in wanted)
