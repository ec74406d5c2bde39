"""Cases as each reader is handed them."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from hues.engines.cases.queries.aftermath import Chain
from hues.engines.cases.queries.divided import PartCard, WholeCard
from hues.engines.cases.queries.doubted import Doubted
from hues.engines.cases.queries.pieces import Clock, PhotoRef, TimelineStep
from hues.engines.cases.rules.deadlines import Standing
from hues.engines.cases.rules.promises import Kept
from hues.engines.cases.rules.workflow import State, Verb
from hues.kit.text import Bilingual


@dataclass(frozen=True, kw_only=True, slots=True)
class PublicRow:
    """
    A published case in a list.

    `days` by the wall calendar went by until its answer; `verdict` is what the reporter said of that last.
    `kept_before` is how answers before it was reopened kept their time, the worst of them.
    """

    number: str
    kind: str
    category: str
    category_title: Bilingual
    icon: str
    state: State
    outcome: str
    text: str
    address: str
    approximate: bool
    lat: float
    lng: float
    ward_code: str
    agency: Bilingual
    opened_at: datetime
    published_at: datetime
    answered_at: datetime | None
    first_due_at: datetime
    due_at: datetime
    kept_before: str
    reopened: int
    standing: Standing
    days: int | None
    verdict: str
    photo_id: UUID | None
    supports: int
    rating: int | None


@dataclass(frozen=True, kw_only=True, slots=True)
class PublicCase:
    """
    A published case as everybody may know it.

    `answer` is the agency's letter as published. `shown_name` is empty unless the reporter asked to be named.
    `approximate` is a place that nobody pointed at.
    """

    id: UUID
    number: str
    kind: str
    category: str
    category_title: Bilingual
    icon: str
    state: State
    outcome: str
    text: str
    answers: dict[str, Any]
    address: str
    approximate: bool
    lat: float
    lng: float
    coarse: bool
    ward_code: str
    agency_id: UUID | None
    agency: Bilingual
    clock: Clock
    promise_on: date | None
    promise: Kept | None
    chain: Chain | None
    answer: str
    supports: int
    rating: int | None
    fixed: bool | None
    shown_name: str
    photos: tuple[PhotoRef, ...]
    timeline: tuple[TimelineStep, ...]
    version: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Access:
    """Somebody at the operations centre looked who reported this or, `read`, at its words or photos alone."""

    at: datetime
    by_name: str
    purpose: str
    read: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class CaseRow:
    """
    A case in the list of its reporter, of its agency or of the operations centre.

    `excerpt` is its beginning, of a part what that is to do. `parts` is among how many agencies it is split. `holder`
    is the name of who of the agency has it, for staff alone. `is_apart`: what it repeats is sealed.
    """

    id: UUID
    number: str
    kind: str
    category: str
    category_title: Bilingual
    icon: str
    state: State
    outcome: str
    service_class: str
    excerpt: str
    address: str
    approximate: bool
    lat: float
    lng: float
    ward_code: str
    agency_id: UUID | None
    agency: Bilingual
    opened_at: datetime
    accept_due_at: datetime
    due_at: datetime
    due_now: datetime
    answered_at: datetime | None
    extension_asked_until: datetime | None
    holder: str
    standing: Standing
    photo_id: UUID | None
    supports: int
    returned: int
    reopened: int
    version: int
    look: str
    parts: int = 0
    is_part: bool = False
    is_apart: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class MyCase:
    """
    A case as its reporter sees it, with what may be done next and who looked behind the seal.

    Passed on under the law, it says where to and under which number; `answer` is then what the centre wrote.
    `duplicate_of` is the number of the report it repeats, where that one is public; `is_apart` tells that it is sealed.
    Split among `parts` agencies, it still waits for `waits_for` of them.
    """

    id: UUID
    number: str
    kind: str
    category: str
    category_title: Bilingual
    icon: str
    state: State
    outcome: str
    text: str
    answers: dict[str, Any]
    address: str
    approximate: bool
    lat: float
    lng: float
    ward_code: str
    agency: Bilingual
    clock: Clock
    promise_on: date | None
    promise: Kept | None
    answer: str
    question: str
    supports: int
    rating: int | None
    fixed: bool | None
    show_name: bool
    reopen_until: datetime | None
    photos: tuple[PhotoRef, ...]
    timeline: tuple[TimelineStep, ...]
    accesses: tuple[Access, ...]
    moves: tuple[Verb, ...]
    version: int
    look: str
    passed_to: str = ""
    passed_ref: str = ""
    duplicate_of: str = ""
    is_apart: bool = False
    parts: int = 0
    waits_for: int = 0


@dataclass(frozen=True, kw_only=True, slots=True)
class DeskCase:
    """
    A case as staff see it: everything but its reporter, and which `moves` this asker may make.

    `holder` is the name of who of the agency has it, `stands_in` of who does for a holder who is away.
    `extension_reason` is what the agency wrote when it asked for the time that is still to be decided; `doubts` are
    about its proof. A case that is or was split has `parts`; a part has its `whole` and the `task` of its agency.
    """

    id: UUID
    number: str
    kind: str
    category: str
    category_title: Bilingual
    icon: str
    state: State
    outcome: str
    service_class: str
    channel: str
    look: str
    road_owner: str

    passed_to: str
    passed_ref: str
    text: str
    public_text: str
    public_address: str
    answers: dict[str, Any]
    address: str
    approximate: bool
    lat: float
    lng: float
    cell: int
    coarse: bool
    ward_code: str
    agency_id: UUID | None
    agency: Bilingual
    assigned_to: UUID | None
    holder: str
    stands_in: str
    clock: Clock
    plan_days: int | None
    promise_on: date | None
    promise: Kept | None
    chain: Chain | None
    answer: str
    extension_reason: str
    duplicate_of: str
    supports: int
    rating: int | None
    fixed: bool | None
    returned: int
    reopened: int
    photos: tuple[PhotoRef, ...]
    doubts: tuple[Doubted, ...]
    timeline: tuple[TimelineStep, ...]
    moves: tuple[Verb, ...]
    version: int
    parts: tuple[PartCard, ...] = ()
    whole: WholeCard | None = None
    task: str = ""

    @property
    def waits_for(self) -> int:
        """Return how many of its parts are not answered yet."""
        return sum(part.is_awaited for part in self.parts)

    @property
    def parts_now(self) -> int:
        """Return how many of its parts were not called off."""
        return sum(part.state != State.CLOSED for part in self.parts)
