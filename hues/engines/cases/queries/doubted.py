"""What is doubted of a proof photo, as staff see it."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from hues.engines.cases.rules.doubts import Doubt


@dataclass(frozen=True, kw_only=True, slots=True)
class Doubted:
    """
    One doubted photo: it looks like the photo `alike` of the case `number`, or was taken at `taken_at`.

    Without a number the earlier case is not the asker's; `of_same`: it is this one, its whole or another part of it.
    `pending`: its answer can't be published yet.
    """

    photo_id: UUID
    word: Doubt
    alike: UUID | None = None
    number: str = ""
    of_same: bool = False
    taken_at: datetime | None = None
    pending: bool = True
