"""What the room of media tells the journal: never who sent what, for the sender may be a sealed reporter."""

from dataclasses import dataclass
from typing import ClassVar

from hues.kernel.journal.events import Event


@dataclass(frozen=True, kw_only=True, slots=True)
class PhotoStored(Event):
    name: ClassVar[str] = "media.photo.stored"


@dataclass(frozen=True, kw_only=True, slots=True)
class ClipStored(Event):
    name: ClassVar[str] = "media.clip.stored"


@dataclass(frozen=True, kw_only=True, slots=True)
class PaperStored(Event):
    name: ClassVar[str] = "media.paper.stored"


@dataclass(frozen=True, kw_only=True, slots=True)
class MediumAdopted(Event):
    name: ClassVar[str] = "media.medium.adopted"


@dataclass(frozen=True, kw_only=True, slots=True)
class MediumAttached(Event):
    name: ClassVar[str] = "media.medium.attached"


@dataclass(frozen=True, kw_only=True, slots=True)
class MediumPublished(Event):
    name: ClassVar[str] = "media.medium.published"


@dataclass(frozen=True, kw_only=True, slots=True)
class MediumWithdrawn(Event):
    name: ClassVar[str] = "media.medium.withdrawn"


@dataclass(frozen=True, kw_only=True, slots=True)
class MediumHidden(Event):
    name: ClassVar[str] = "media.medium.hidden"


@dataclass(frozen=True, kw_only=True, slots=True)
class MediumErased(Event):
    name: ClassVar[str] = "media.medium.erased"


@dataclass(frozen=True, kw_only=True, slots=True)
class PhotoCovered(Event):
    name: ClassVar[str] = "media.photo.covered"


@dataclass(frozen=True, kw_only=True, slots=True)
class PhotoUncovered(Event):
    name: ClassVar[str] = "media.photo.uncovered"
