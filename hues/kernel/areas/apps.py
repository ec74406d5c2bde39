"""The room of areas."""

from typing import ClassVar

from hues.kernel.registry import Retention, RoomConfig


class AreasConfig(RoomConfig):
    name = "hues.kernel.areas"
    label = "areas"
    retention: ClassVar[tuple[Retention, ...]] = (
        Retention(model="areas.Area", days=None, reason="reports stay under the ward they were made in"),
        Retention(model="areas.Boundary", days=None, reason="who was warned is judged by the boundary of that day"),
        Retention(model="areas.FormerUnit", days=None, reason="people go on using the old names"),
        Retention(model="areas.Edition", days=None, reason="one row: which boundaries are in force"),
    )
