"""A case that is split among several agencies, as its parts and its whole are handed out."""

from dataclasses import dataclass
from datetime import datetime

from hues.engines.cases.rules.deadlines import Standing
from hues.engines.cases.rules.workflow import State
from hues.kit.text import Bilingual


@dataclass(frozen=True, kw_only=True, slots=True)
class PartCard:
    """One agency's part of a case that is split, as the operations centre sees it beside the others."""

    number: str
    agency: Bilingual
    state: State
    outcome: str
    standing: Standing
    accept_due_at: datetime
    due_at: datetime
    due_now: datetime
    task: str
    answer: str

    @property
    def is_awaited(self) -> bool:
        """Test if the whole still waits for it."""
        return self.state not in (State.ANSWERED, State.CLOSED)


@dataclass(frozen=True, kw_only=True, slots=True)
class WholeCard:
    """The case that a part is of: its number, whether this reader may open it, and which agencies have other parts."""

    number: str
    others: tuple[Bilingual, ...]
    may_open: bool
