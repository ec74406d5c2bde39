"""What the desks tell the journal."""

from dataclasses import dataclass
from typing import ClassVar

from hues.kernel.journal.events import Event


@dataclass(frozen=True, kw_only=True, slots=True)
class ViewSaved(Event):
    """The subject is the view; what it is called stays with its owner."""

    name: ClassVar[str] = "desks.view.saved"
    desk: str


@dataclass(frozen=True, kw_only=True, slots=True)
class ViewDropped(Event):
    """The subject is the view."""

    name: ClassVar[str] = "desks.view.dropped"
    desk: str
