"""The journal's room."""

from typing import ClassVar

from hues.kernel.registry import Retention, RoomConfig


class JournalConfig(RoomConfig):
    name = "hues.kernel.journal"
    label = "journal"
    retention: ClassVar[tuple[Retention, ...]] = (
        Retention(
            model="journal.Entry", days=None, reason="the record of the city; holds ids, codes and instants only"
        ),
        Retention(model="journal.Seal", days=None, reason="digests that prove the record whole"),
    )
