"""What the cards of cases are made of: photos, clocks and steps."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from hues.engines.cases.rules.deadlines import Standing
from hues.engines.cases.rules.workflow import Side, Verb
from hues.kit.text import Bilingual


@dataclass(frozen=True, kw_only=True, slots=True)
class PhotoRef:
    """A photo of a case; `role` is report, proof or extra. Its bytes are behind `media.queries.link`."""

    photo_id: UUID
    role: str
    order: int
    hidden: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Clock:
    """
    The clock of a case as it stood when it was asked for.

    `due_at` is in force, `first_due_at` was before any extension, `due_now` is what runs, the centre's
    or the agency's. `elapsed_days` are whole days of the wall calendar, from opening to the answer or until now.
    """

    opened_at: datetime
    accept_due_at: datetime
    accepted_at: datetime | None
    started_at: datetime | None
    first_due_at: datetime
    due_at: datetime
    due_now: datetime
    extended_until: datetime | None
    extension_asked_until: datetime | None
    paused_at: datetime | None
    answered_at: datetime | None
    published_at: datetime | None
    closed_at: datetime | None
    standing: Standing
    elapsed_days: int

    @property
    def judged_by_earlier(self) -> bool:
        """Tell whether not this answer but an earlier one, contested since, is why the case counts so."""
        by = {Standing.LATE: self.due_at, Standing.EXTENDED: self.first_due_at}.get(self.standing)
        return bool(by and self.answered_at and self.answered_at <= by)


@dataclass(frozen=True, kw_only=True, slots=True)
class TimelineStep:
    """
    One step, with the words this reader may see.

    `agency` is the name of the agency it was done by or for; `agencies` those among which the case was split.
    """

    seq: int
    at: datetime
    verb: Verb
    side: Side
    agency: Bilingual
    text: str
    internal: str
    facts: dict[str, Any]
    agencies: tuple[Bilingual, ...] = ()
