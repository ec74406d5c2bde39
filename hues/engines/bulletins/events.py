"""What the journal is told about bulletins."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from hues.engines.bulletins.rules.states import Verb
from hues.kernel.journal.events import Event


@dataclass(frozen=True, kw_only=True, slots=True)
class BulletinEvent(Event):
    """Something was done to the bulletin `subject`; `identifier` is empty before it is issued."""

    identifier: str
    state: str
    version: int
    msg_type: str
    risk: int
    training: bool


class BulletinWritten(BulletinEvent):
    __slots__ = ()
    name: ClassVar[str] = "bulletins.bulletin.written"


class BulletinSubmitted(BulletinEvent):
    __slots__ = ()
    name: ClassVar[str] = "bulletins.bulletin.submitted"


class BulletinReturned(BulletinEvent):
    __slots__ = ()
    name: ClassVar[str] = "bulletins.bulletin.returned"


class BulletinApproved(BulletinEvent):
    __slots__ = ()
    name: ClassVar[str] = "bulletins.bulletin.approved"


class BulletinDiscarded(BulletinEvent):
    __slots__ = ()
    name: ClassVar[str] = "bulletins.bulletin.discarded"


class BulletinRetargeted(BulletinEvent):
    """What waited follows another message now, and is to be approved anew."""

    __slots__ = ()
    name: ClassVar[str] = "bulletins.bulletin.retargeted"


class BulletinSetApart(BulletinEvent):
    """What others sent as an update is about nothing of ours, a person said."""

    __slots__ = ()
    name: ClassVar[str] = "bulletins.bulletin.set_apart"


class BulletinIssued(BulletinEvent):
    __slots__ = ()
    name: ClassVar[str] = "bulletins.bulletin.issued"
    priority: ClassVar[int] = 10  # an alert waits for none of the reports that a storm brings


class BulletinReplaced(BulletinEvent):
    __slots__ = ()
    name: ClassVar[str] = "bulletins.bulletin.replaced"


class BulletinWithdrawn(BulletinEvent):
    __slots__ = ()
    name: ClassVar[str] = "bulletins.bulletin.withdrawn"


class BulletinExpired(BulletinEvent):
    __slots__ = ()
    name: ClassVar[str] = "bulletins.bulletin.expired"


MOVED: Mapping[Verb, type[BulletinEvent]] = {
    Verb.WRITE: BulletinWritten,
    Verb.SUBMIT: BulletinSubmitted,
    Verb.RETURN: BulletinReturned,
    Verb.APPROVE: BulletinApproved,
    Verb.DISCARD: BulletinDiscarded,
    Verb.RETARGET: BulletinRetargeted,
    Verb.SET_APART: BulletinSetApart,
    Verb.ISSUE: BulletinIssued,
    Verb.REPLACE: BulletinReplaced,
    Verb.WITHDRAW: BulletinWithdrawn,
    Verb.EXPIRE: BulletinExpired,
}


@dataclass(frozen=True, kw_only=True, slots=True)
class AlertAnswered(Event):
    """Somebody answered the alert `subject`; who is not written down here, so that it can be forgotten."""

    name: ClassVar[str] = "bulletins.alert.answered"
    said: str
    ward: str


@dataclass(frozen=True, kw_only=True, slots=True)
class AlertRepeated(Event):
    """The alert `subject` was pushed once more to those who had not opened it."""

    name: ClassVar[str] = "bulletins.alert.repeated"
    identifier: str


@dataclass(frozen=True, kw_only=True, slots=True)
class NoticeMoved(Event):
    """Something other than being issued was done to the notice `subject`; `number` is empty before it is issued."""

    name: ClassVar[str] = "bulletins.notice.moved"
    verb: str
    number: str
    state: str
    version: int


@dataclass(frozen=True, kw_only=True, slots=True)
class NoticeIssued(Event):
    """The notice `subject` was issued: people are to be told."""

    name: ClassVar[str] = "bulletins.notice.issued"
    number: str
    version: int


@dataclass(frozen=True, kw_only=True, slots=True)
class SpokeAlone(Event):
    """Who wrote the alert `subject` issued it without a second person: those who watch are to be told."""

    name: ClassVar[str] = "bulletins.bulletin.issued_alone"
    identifier: str


@dataclass(frozen=True, kw_only=True, slots=True)
class KeyMade(Event):
    """A new key signs messages from now on; `key` is the fingerprint of its certificate."""

    name: ClassVar[str] = "bulletins.key.made"
    key: str


@dataclass(frozen=True, kw_only=True, slots=True)
class KeyDistrusted(Event):
    """Somebody else may know `key`: what it signed after `until` is not valid."""

    name: ClassVar[str] = "bulletins.key.distrusted"
    key: str
    until: datetime


@dataclass(frozen=True, kw_only=True, slots=True)
class MessageReceived(Event):
    """A message of the city's `source` was read; `subject` is the bulletin that it made or concerns, if any."""

    name: ClassVar[str] = "bulletins.message.received"
    source: str
    outcome: str
    reason: str
