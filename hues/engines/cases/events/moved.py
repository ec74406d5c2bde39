"""What the journal is told of each move of a case."""

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


class CaseAssigned(CaseEvent):
    """Somebody of the agency has the case now, or nobody any more."""

    __slots__ = ()
    name: ClassVar[str] = "cases.case.assigned"


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


class CaseSealed(CaseEvent):
    """The centre passed it on as a complaint or a denunciation under the law."""

    __slots__ = ()
    name: ClassVar[str] = "cases.case.sealed"


class SealLifted(CaseEvent):
    """A duty leader brought it back."""

    __slots__ = ()
    name: ClassVar[str] = "cases.case.seal_lifted"


class CaseNoted(CaseEvent):
    __slots__ = ()
    name: ClassVar[str] = "cases.case.noted"


class CaseParted(CaseEvent):
    __slots__ = ()
    name: ClassVar[str] = "cases.case.parted"


class PartCovered(CaseEvent):
    __slots__ = ()
    name: ClassVar[str] = "cases.part.covered"


class PartUncovered(CaseEvent):
    __slots__ = ()
    name: ClassVar[str] = "cases.part.uncovered"


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


class CaseSucceeded(CaseEvent):
    """The agency that had it has ended; `agency` has it now."""

    __slots__ = ()
    name: ClassVar[str] = "cases.case.succeeded"


MOVED: Mapping[Verb, type[CaseEvent]] = {
    Verb.OPEN: CaseOpened,
    Verb.ACCEPT: CaseAccepted,
    Verb.REFUSE: CaseRefused,
    Verb.GIVE_BACK: CaseGivenBack,
    Verb.TAKE: CaseTaken,
    Verb.ASSIGN: CaseAssigned,
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
    Verb.SEAL: CaseSealed,
    Verb.LIFT: SealLifted,
    Verb.NOTE: CaseNoted,
    Verb.COVER: PartCovered,
    Verb.UNCOVER: PartUncovered,
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
    Verb.SUCCEED: CaseSucceeded,
}
