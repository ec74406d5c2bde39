"""What decisions about a case rest on, and what a mover brings to one."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from hues.engines.cases.rules.deadlines import Deadlines
from hues.engines.cases.rules.outcomes import OutcomeRule
from hues.engines.cases.rules.workflow import Shape, State, shape_of
from hues.kit.calendar import WorkingCalendar


@dataclass(frozen=True, kw_only=True, slots=True)
class Facts:
    """
    The part of a case that moves change.

    `accept_due_at` and `accepted_at` are of the operations centre's present turn; `started_at` is when the clock
    of this round began; `first_due_at` is the due time without extension, `due_at` the one in force. `credit` is
    working time given back by replies and reviews. `assigned_to` is who of the agency has it, if it was given to
    anybody. `parts` is among how many agencies the case is split; a part has its whole's `parent_id`, and the due time
    of that is the latest it may have itself. `counted_for` is the agency whose figures it belongs to, where that ended
    and another has it now. `kept_before` is how answers of earlier rounds kept their time, the worst of them.
    """

    state: State
    category: str
    service_class: str
    opened_at: datetime
    accept_due_at: datetime
    due_at: datetime
    first_due_at: datetime
    warn_at: datetime
    agency_id: UUID | None = None
    assigned_to: UUID | None = None
    outcome: str = ""
    passed_to: str = ""
    passed_ref: str = ""
    accepted_at: datetime | None = None
    started_at: datetime | None = None
    plan_days: int | None = None
    credit: timedelta = timedelta(0)
    paused_at: datetime | None = None
    extension_asked_until: datetime | None = None
    extended_until: datetime | None = None
    answered_at: datetime | None = None
    published_at: datetime | None = None
    closed_at: datetime | None = None
    promise_on: date | None = None
    promise_shown_at: datetime | None = None
    promise_kept_at: datetime | None = None
    duplicate_of: UUID | None = None
    rating: int | None = None
    fixed: bool | None = None
    returned: int = 0
    reopened: int = 0
    kept_before: str = ""
    parts: int = 0
    parent_id: UUID | None = None
    latest_due_at: datetime | None = None
    counted_for: UUID | None = None
    version: int = 1

    @property
    def shape(self) -> Shape:
        """Return whether one agency has the whole of it, several have parts, or this is a part."""
        return shape_of(parts=self.parts, parent_id=self.parent_id)


@dataclass(frozen=True, kw_only=True, slots=True)
class Given:
    """What the mover says beside words; each verb reads its own."""

    agency_id: UUID | None = None
    counted_for: UUID | None = None
    assignee: UUID | None = None
    category: str = ""
    service_class: str = ""
    plan_days: int | None = None
    outcome: str = ""
    passed_to: str = ""
    passed_ref: str = ""
    duplicate_of: UUID | None = None
    proofs: int = 0
    promise_on: date | None = None
    until: datetime | None = None
    chosen: date | None = None
    road_owner: str = ""
    granted: bool | None = None
    stars: int | None = None
    fixed: bool | None = None
    agencies: tuple[UUID, ...] = ()
    what: str = ""


NOTHING = Given()


@dataclass(frozen=True, kw_only=True, slots=True)
class Law:
    """What the city laid down: its hours, its promises, and what each outcome has to show."""

    calendar: WorkingCalendar
    deadlines: Deadlines
    outcomes: Mapping[str, OutcomeRule]
