"""The room's entry in the catalogue."""

from typing import ClassVar

from hues.kernel.registry import Retention, RoomConfig


class DesksConfig(RoomConfig):
    name = "hues.surfaces.desks"
    label = "desks"
    retention: ClassVar[tuple[Retention, ...]] = (
        Retention(model="desks.SavedView", days=None, reason="its owner keeps it, and deletes it"),
    )
