"""What the journal is told about calls for rescue; phone, place and words stay under seal."""

from dataclasses import dataclass
from typing import ClassVar

from hues.kernel.journal.events import Event


@dataclass(frozen=True, kw_only=True, slots=True)
class CallEvent(Event):
    """Something was done about the call `subject`; `by` is empty where the caller did it."""

    verb: str
    state: str
    version: int
    urgency: int


class CallOpened(CallEvent):
    __slots__ = ()
    name: ClassVar[str] = "rescue.call.opened"


class CallMoved(CallEvent):
    __slots__ = ()
    name: ClassVar[str] = "rescue.call.moved"


class CallSaidSafe(CallEvent):
    __slots__ = ()
    name: ClassVar[str] = "rescue.call.said_safe"


class CallRepeated(CallEvent):
    """Help is needed still, or again after somebody had said that all are safe."""

    __slots__ = ()
    name: ClassVar[str] = "rescue.call.repeated"


@dataclass(frozen=True, kw_only=True, slots=True)
class CallsExported(Event):
    """Somebody took the queue away as a file, of so many rows."""

    name: ClassVar[str] = "rescue.calls.exported"
    rows: int
