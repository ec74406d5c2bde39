"""What the room of delivery tells the journal."""

from dataclasses import dataclass
from typing import ClassVar

from hues.kernel.journal.events import Event


@dataclass(frozen=True, kw_only=True, slots=True)
class LettersReplayed(Event):
    """Somebody let messages be sent again that had been given up."""

    name: ClassVar[str] = "delivery.letters.replayed"
    number: int


@dataclass(frozen=True, kw_only=True, slots=True)
class PassKept(Event):
    """The city was given a token by which Zalo lets it answer."""

    name: ClassVar[str] = "delivery.pass.kept"


@dataclass(frozen=True, kw_only=True, slots=True)
class SirenSilent(Event):
    """A siren of the `site` could not be told, or did not say that it sounds; `subject` is the broadcast."""

    name: ClassVar[str] = "delivery.siren.silent"
    site: str


@dataclass(frozen=True, kw_only=True, slots=True)
class HookAdded(Event):
    name: ClassVar[str] = "delivery.hook.added"


@dataclass(frozen=True, kw_only=True, slots=True)
class HookRemoved(Event):
    name: ClassVar[str] = "delivery.hook.removed"
