"""The room of visits."""

from typing import ClassVar

from hues.kernel.registry import Retention, RoomConfig


class VisitsConfig(RoomConfig):
    name = "hues.kernel.visits"
    label = "visits"
    retention: ClassVar[tuple[Retention, ...]] = (
        Retention(model="visits.DayVisits", days=None, reason="numbers of nobody in particular"),
    )
