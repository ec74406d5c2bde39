"""What the journal is told about cases."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from hues.engines.cases.rules.workflow import Verb
from hues.kernel.journal.events import Event


@dataclass(frozen=True, kw_only=True, slots=True)
class CaseEvent(Event):
    """
    Something was done to the case `subject`.

    `by` is empty where the reporter did it: who that is stays under seal. `agency` is the one it was done in the
    name of or, when a case is passed on, the one that has it now.
    """

    kind: str
    number: str
    version: int
    state: str
    side: str
    agency: UUID | None = None
    outcome: str = ""


class CaseOpened(CaseEvent):
    __slots__ = ()
    name: ClassVar[str] = "cases.case.opened"


class CaseAccepted(CaseEvent):
    __slots__ = ()
    name: ClassVar[str] = "cases.case.accepted"


class CaseRefused(CaseEvent):
    __slots__ = ()
    name: ClassVar[str] = "cases.case.refused"


class CaseGivenBack(CaseEvent):
    __slots__ = ()
    name: ClassVar[str] = "cases.case.given_back"


class CaseTaken(CaseEvent):
    __slots__ = ()
    name: ClassVar[str] = "cases.case.taken"


class ReporterAsked(CaseEvent):
    __slots__ = ()
    name: ClassVar[str] = "cases.reporter.asked"


class ReporterAdded(CaseEvent):
    __slots__ = ()
    name: ClassVar[str] = "cases.reporter.added"


class ReporterReplied(CaseEvent):
    __slots__ = ()
    name: ClassVar[str] = "cases.reporter.replied"


class CaseResumed(CaseEvent):
    __slots__ = ()
    name: ClassVar[str] = "cases.case.resumed"


class ExtensionAsked(CaseEvent):
    __slots__ = ()
    name: ClassVar[str] = "cases.extension.asked"


class ExtensionDecided(CaseEvent):
    __slots__ = ()
    name: ClassVar[str] = "cases.extension.decided"


class CaseAnswered(CaseEvent):
    __slots__ = ()
    name: ClassVar[str] = "cases.case.answered"


class AnswerReturned(CaseEvent):
    __slots__ = ()
    name: ClassVar[str] = "cases.answer.returned"


class AnswerPublished(CaseEvent):
    __slots__ = ()
    name: ClassVar[str] = "cases.answer.published"


class CaseRated(CaseEvent):
    __slots__ = ()
    name: ClassVar[str] = "cases.case.rated"


class CaseReopened(CaseEvent):
    __slots__ = ()
    name: ClassVar[str] = "cases.case.reopened"


class CaseClosed(CaseEvent):
    __slots__ = ()
    name: ClassVar[str] = "cases.case.closed"


class CaseNoted(CaseEvent):
    __slots__ = ()
    name: ClassVar[str] = "cases.case.noted"


class CaseParted(CaseEvent):
    __slots__ = ()
    name: ClassVar[str] = "cases.case.parted"


class PromiseShown(CaseEvent):
    __slots__ = ()
    name: ClassVar[str] = "cases.promise.shown"


class PromiseChecked(CaseEvent):
    __slots__ = ()
    name: ClassVar[str] = "cases.promise.checked"


class CaseSplit(CaseEvent):
    __slots__ = ()
    name: ClassVar[str] = "cases.case.split"


class AnswersGathered(CaseEvent):
    __slots__ = ()
    name: ClassVar[str] = "cases.answer.gathered"


class PartAwaited(CaseEvent):
    __slots__ = ()
    name: ClassVar[str] = "cases.part.awaited"


class AnswerEdited(CaseEvent):
    __slots__ = ()
    name: ClassVar[str] = "cases.answer.edited"


class CaseJoined(CaseEvent):
    __slots__ = ()
    name: ClassVar[str] = "cases.case.joined"


class PartCalledOff(CaseEvent):
    __slots__ = ()
    name: ClassVar[str] = "cases.part.called_off"


class PartEnded(CaseEvent):
    __slots__ = ()
    name: ClassVar[str] = "cases.part.ended"


MOVED: Mapping[Verb, type[CaseEvent]] = {
    Verb.OPEN: CaseOpened,
    Verb.ACCEPT: CaseAccepted,
    Verb.REFUSE: CaseRefused,
    Verb.GIVE_BACK: CaseGivenBack,
    Verb.TAKE: CaseTaken,
    Verb.ASK: ReporterAsked,
    Verb.REPLY: ReporterReplied,
    Verb.ADD: ReporterAdded,
    Verb.RESUME: CaseResumed,
    Verb.ASK_EXTENSION: ExtensionAsked,
    Verb.DECIDE_EXTENSION: ExtensionDecided,
    Verb.ANSWER: CaseAnswered,
    Verb.RETURN: AnswerReturned,
    Verb.PUBLISH: AnswerPublished,
    Verb.RATE: CaseRated,
    Verb.REOPEN: CaseReopened,
    Verb.CLOSE: CaseClosed,
    Verb.NOTE: CaseNoted,
    Verb.UNMERGE: CaseParted,
    Verb.KEEP_PROMISE: PromiseShown,
    Verb.CHECK_PROMISE: PromiseChecked,
    Verb.SPLIT: CaseSplit,
    Verb.GATHER: AnswersGathered,
    Verb.AWAIT: PartAwaited,
    Verb.EDIT: AnswerEdited,
    Verb.JOIN: CaseJoined,
    Verb.CALL_OFF: PartCalledOff,
    Verb.END: PartEnded,
}


@dataclass(frozen=True, kw_only=True, slots=True)
class SealOpened(Event):
    """Somebody at the operations centre read who reported the case `subject`."""

    name: ClassVar[str] = "cases.seal.opened"
    number: str


@dataclass(frozen=True, kw_only=True, slots=True)
class ProofLetStand(Event):
    """The operations centre let doubted proof of the case `subject` stand; why is said in its history."""

    name: ClassVar[str] = "cases.proof.let_stand"
    number: str
    photos: int


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
    """A time of the case `subject` has come or gone; `clock` says which."""

    name: ClassVar[str] = "cases.clock.rang"
    number: str
    clock: str
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
