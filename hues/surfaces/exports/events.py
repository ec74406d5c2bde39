"""What is told to the journal of lists as files; what was searched for stays out of it."""

from dataclasses import dataclass
from typing import ClassVar

from hues.kernel.journal.events import Event


@dataclass(frozen=True, kw_only=True, slots=True)
class FileAsked(Event):
    """The subject is the file."""

    name: ClassVar[str] = "exports.file.asked"
    desk: str
    tab: str
    kind: str


@dataclass(frozen=True, kw_only=True, slots=True)
class FileReady(Event):
    """The subject is the file; `by` nobody, since a worker wrote it."""

    name: ClassVar[str] = "exports.file.ready"
    rows: int
    tries: int


@dataclass(frozen=True, kw_only=True, slots=True)
class FileFailed(Event):
    """The subject is the file."""

    name: ClassVar[str] = "exports.file.failed"
    tries: int


@dataclass(frozen=True, kw_only=True, slots=True)
class FileCancelled(Event):
    """The subject is the file."""

    name: ClassVar[str] = "exports.file.cancelled"


@dataclass(frozen=True, kw_only=True, slots=True)
class FileAskedAgain(Event):
    """The subject is the file, which had failed."""

    name: ClassVar[str] = "exports.file.asked_again"


@dataclass(frozen=True, kw_only=True, slots=True)
class FileOutdated(Event):
    """The subject is the file; it may hold what its owner is not to read any more."""

    name: ClassVar[str] = "exports.file.outdated"


@dataclass(frozen=True, kw_only=True, slots=True)
class FileGone(Event):
    """The subject is the file; its days are over."""

    name: ClassVar[str] = "exports.file.gone"
