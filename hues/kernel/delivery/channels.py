"""What every way to reach people has in common, so that a new one is one more function."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
from uuid import UUID

from hues.kit.text import Bilingual


@dataclass(frozen=True, kw_only=True, slots=True)
class Notice:
    """
    One thing to tell. A person is told once for each `reason` ("cases.answered:PA-2026-000123").

    `link` is a path of this site without the language ("/f/field_reports/PA-2026-000123/").
    """

    reason: str
    title: Bilingual
    body: Bilingual
    link: str
    at: datetime


class Channel(Protocol):
    """
    Owes `notice` to `people`, in the caller's transaction; what leaves the city is sent by a worker later.

    Called again with the same reason and person, it owes nothing more.
    """

    def __call__(self, people: Sequence[UUID], notice: Notice) -> None: ...
