"""What the room of agencies tells the journal."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar
from uuid import UUID

from hues.kernel.journal.events import Event


@dataclass(frozen=True, kw_only=True, slots=True)
class AgencyCreated(Event):
    name: ClassVar[str] = "agencies.agency.created"
    code: str


@dataclass(frozen=True, kw_only=True, slots=True)
class AgencyChanged(Event):
    name: ClassVar[str] = "agencies.agency.changed"
    code: str


@dataclass(frozen=True, kw_only=True, slots=True)
class MemberAppointed(Event):
    """The subject is the person."""

    name: ClassVar[str] = "agencies.member.appointed"
    agency: UUID
    role: str


@dataclass(frozen=True, kw_only=True, slots=True)
class LeaveSet(Event):
    """The subject is away from `since` until `until`, and `substitute` stands in."""

    name: ClassVar[str] = "agencies.leave.set"
    agency: UUID
    substitute: UUID
    since: datetime
    until: datetime


@dataclass(frozen=True, kw_only=True, slots=True)
class LeaveEnded(Event):
    """The subject is back, or does not go."""

    name: ClassVar[str] = "agencies.leave.ended"
    agency: UUID


@dataclass(frozen=True, kw_only=True, slots=True)
class MemberDismissed(Event):
    """The subject is the person."""

    name: ClassVar[str] = "agencies.member.dismissed"
    agency: UUID
    role: str


@dataclass(frozen=True, kw_only=True, slots=True)
class ChangePlanned(Event):
    """The subject is the change: some agencies end on a day, and others follow them."""

    name: ClassVar[str] = "agencies.change.planned"
    on: date
    ends: tuple[UUID, ...]
    heirs: tuple[UUID, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class ChangeCalledOff(Event):
    """The subject is the change; its agencies stay as they are."""

    name: ClassVar[str] = "agencies.change.called_off"


@dataclass(frozen=True, kw_only=True, slots=True)
class AgencySucceeded(Event):
    """The subject is the agency that ended; `heirs` have what it had."""

    name: ClassVar[str] = "agencies.agency.succeeded"
    change: UUID
    heirs: tuple[UUID, ...]
