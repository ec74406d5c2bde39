"""The room's entry in the catalogue."""

from typing import ClassVar

from hues.kernel.registry import Retention, RoomConfig


class OpenConfig(RoomConfig):
    name = "hues.surfaces.open"
    label = "open"
    retention: ClassVar[tuple[Retention, ...]] = (
        Retention(model="open.ApiKey", days=None, reason="who could send requests, and until when, stays answerable"),
    )
