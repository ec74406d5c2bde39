"""What may be chosen: categories and outcomes for a case, filters for a list."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from hues.engines.cases.rules.workflow import State
from hues.kit.text import Bilingual, pick

SEVERAL = ", "  # between the options of one answer


@dataclass(frozen=True, kw_only=True, slots=True)
class Question:
    """A short question of a category; `kind` is one or many (of `options`), text or date."""

    key: str
    kind: str
    title: Bilingual
    options: tuple[tuple[str, Bilingual], ...] = ()
    required: bool = False

    def in_words(self, answer: object, language: str) -> str:
        """Return an answer as people read it: what was chosen by its name, what was written as it is."""
        names = dict(self.options)
        given = str(answer).split(SEVERAL) if self.kind == "many" else [str(answer)]
        return ", ".join(pick(names[one], language) if one in names else one for one in given)


@dataclass(frozen=True, kw_only=True, slots=True)
class CategoryCard:
    """
    A group (no `parent`) or a leaf of the city's tree.

    `emergency` is the number to ring first; `coarse` means the public is not shown the exact place.
    """

    code: str
    parent: str
    title: Bilingual
    hint: Bilingual
    not_this: Bilingual
    icon: str
    service_class: str
    accepts: tuple[str, ...]
    coarse: bool
    emergency: str
    keywords: tuple[str, ...]
    questions: tuple[Question, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class OutcomeCard:
    """A word an answer may carry, and what it must show; `for_agency` false: only the operations centre refuses so."""

    code: str
    title: Bilingual
    hint: Bilingual
    icon: str
    tone: str
    needs_proof: bool
    needs_date: bool
    for_agency: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class CaseFilters:
    """
    Which cases; empty means all.

    `bounds` is south, west, north, east. `text` is matched without tone marks, in any order of its words, and a
    public number finds its case. `whole` leaves out parts of split cases, unless words are looked for. `overdue` are
    those late with an agency or the centre, `answer_late` those of them that should be answered by now. `kept` is
    on_time, extended, late, or answered for any of them; `stars` the fewest that its reporter gave, `verdict` a word of
    `narrowing.VERDICTS`, or spoke. `mine`, on a desk alone, are those that the asker has, or sees to for somebody who
    is away; `many` those that several others met too.
    """

    kind: str = ""
    states: frozenset[State] = frozenset()
    category: str = ""
    ward: str = ""
    no_ward: bool = False
    agency_id: UUID | None = None
    service_class: str = ""
    outcome: str = ""
    text: str = ""
    since: datetime | None = None
    until: datetime | None = None
    bounds: tuple[float, float, float, float] | None = None
    whole: bool = False
    overdue: bool = False
    answer_late: bool = False
    extension_asked: bool = False
    reopened: bool = False
    returned: bool = False
    looked_at: bool = False
    many: bool = False
    promise_owed: bool = False
    promise_shown: bool = False
    mine: bool = False
    kept: str = ""
    stars: int = 0
    verdict: str = ""


ALL = CaseFilters()
