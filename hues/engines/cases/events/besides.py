"""What the journal is told about cases besides their moves."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from hues.kernel.journal.events import Event


@dataclass(frozen=True, kw_only=True, slots=True)
class SealOpened(Event):
    """Somebody at the operations centre read who reported the case `subject`."""

    name: ClassVar[str] = "cases.seal.opened"
    number: str


@dataclass(frozen=True, kw_only=True, slots=True)
class OriginalSeen(Event):
    """Somebody at the operations centre looked at what is covered in the case `subject`."""

    name: ClassVar[str] = "cases.original.seen"
    number: str
    what: str


@dataclass(frozen=True, kw_only=True, slots=True)
class ProofLetStand(Event):
    """The operations centre let doubted proof of the case `subject` stand; why is said in its history."""

    name: ClassVar[str] = "cases.proof.let_stand"
    number: str
    photos: int


@dataclass(frozen=True, kw_only=True, slots=True)
class ContactsLetStand(Event):
    """The operations centre let everybody read contacts in the words of the case `subject`; how many, not which."""

    name: ClassVar[str] = "cases.contacts.let_stand"
    number: str
    contacts: int


@dataclass(frozen=True, kw_only=True, slots=True)
class CaseSupported(Event):
    """One more person met the same trouble (who is not told)."""

    name: ClassVar[str] = "cases.case.supported"
    number: str
    supports: int


@dataclass(frozen=True, kw_only=True, slots=True)
class PassSent(Event):
    """An agency that never signs in was sent the `link` to the case `subject`."""

    name: ClassVar[str] = "cases.pass.sent"
    agency: UUID
    link: UUID


@dataclass(frozen=True, kw_only=True, slots=True)
class ClockRang(Event):
    """
    A time of the case `subject` has come or gone; `clock` says which.

    `of` is the due time or promised day that it rang for: with another one it is heard again.
    """

    name: ClassVar[str] = "cases.clock.rang"
    number: str
    clock: str
    of: str = ""
    agency: UUID | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class CaseRecurred(Event):
    """The case `subject` is the `turn`th of its chain: the same trouble came back to the same place."""

    name: ClassVar[str] = "cases.case.recurred"
    number: str
    chain: UUID
    turn: int


@dataclass(frozen=True, kw_only=True, slots=True)
class WeekBegan(Event):
    """A week begins, and with it the digest of how agencies stand."""

    name: ClassVar[str] = "cases.week.began"


@dataclass(frozen=True, kw_only=True, slots=True)
class CategoryChanged(Event):
    """The class of a category was changed on the desk."""

    name: ClassVar[str] = "cases.category.changed"
    category: str
    service_class: str


@dataclass(frozen=True, kw_only=True, slots=True)
class TimeChanged(Event):
    """The time in which answers of a class are due was changed on the desk."""

    name: ClassVar[str] = "cases.time.changed"
    service_class: str
    hours: float | None
    days: int | None
    max_days: int | None


@dataclass(frozen=True, kw_only=True, slots=True)
class TemplateAdded(Event):
    """Words for answers were added on the desk."""

    name: ClassVar[str] = "cases.template.added"
    category: str


@dataclass(frozen=True, kw_only=True, slots=True)
class TemplateChanged(Event):
    """Words for answers were changed on the desk."""

    name: ClassVar[str] = "cases.template.changed"
    category: str


@dataclass(frozen=True, kw_only=True, slots=True)
class TemplateRemoved(Event):
    """Words for answers were taken out of use on the desk."""

    name: ClassVar[str] = "cases.template.removed"
    category: str


@dataclass(frozen=True, kw_only=True, slots=True)
class TemplateRestored(Event):
    """Words for answers that were taken out of use are offered again."""

    name: ClassVar[str] = "cases.template.restored"
    category: str


@dataclass(frozen=True, kw_only=True, slots=True)
class CatalogueImported(Event):
    """The city's categories and routes were brought up to date."""

    name: ClassVar[str] = "cases.catalogue.imported"
    categories: int
    routes: int


@dataclass(frozen=True, kw_only=True, slots=True)
class ListTaken(Event):
    """Somebody took what stands in a tab of a desk as a file."""

    name: ClassVar[str] = "cases.list.taken"
    desk: str
    tab: str
