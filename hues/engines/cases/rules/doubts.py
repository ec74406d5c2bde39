"""Whether a photo can show what was done: not if it was there before, or was taken before there was anything to do."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID


class Doubt(StrEnum):
    """Why a proof photo may show something else."""

    ALIKE = "alike"
    OLD = "old"


def doubted(*, alike: UUID | None, taken_at: datetime | None, since: datetime) -> Doubt | None:
    """Return why a photo is doubted as proof of what was done after `since`; a photo without a date is believed."""
    if alike is not None:
        return Doubt.ALIKE
    return Doubt.OLD if taken_at is not None and taken_at < since else None


def begun(*, opened_at: datetime, started_at: datetime | None, answered_at: datetime | None, reopened: int) -> datetime:
    """Return since when proof can have been taken: the report, its reopening, or the answer that made a promise."""
    return answered_at or (started_at if reopened else None) or opened_at
