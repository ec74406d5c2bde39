"""What the journal is told of the city's list of words; the words themselves stay in the list."""

from dataclasses import dataclass
from typing import ClassVar

from hues.kernel.journal.events import Event


@dataclass(frozen=True, kw_only=True, slots=True)
class KeywordAdded(Event):
    """The subject is the entry of the list."""

    name: ClassVar[str] = "field_reports.keyword.added"
    category: str
    order: int


@dataclass(frozen=True, kw_only=True, slots=True)
class KeywordChanged(Event):
    """The subject is the entry; `was` is the category it had."""

    name: ClassVar[str] = "field_reports.keyword.changed"
    category: str
    was: str
    order: int


@dataclass(frozen=True, kw_only=True, slots=True)
class KeywordRemoved(Event):
    """The subject is the entry that was."""

    name: ClassVar[str] = "field_reports.keyword.removed"
    category: str


@dataclass(frozen=True, kw_only=True, slots=True)
class KeywordsImported(Event):
    """A file was taken: so many entries are new, so many were there, so many went."""

    name: ClassVar[str] = "field_reports.keywords.imported"
    added: int
    kept: int
    removed: int
