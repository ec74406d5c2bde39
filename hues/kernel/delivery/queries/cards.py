"""What the inbox hands out."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from hues.kit.text import Bilingual


@dataclass(frozen=True, kw_only=True, slots=True)
class InboxCard:
    """One thing the asker was told; a `subject` is something that one follows or not."""

    id: UUID
    reason: str
    title: Bilingual
    body: Bilingual
    link: str
    at: datetime
    read_at: datetime | None
    subject: str = ""
