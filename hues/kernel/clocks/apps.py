"""The room of clocks."""

from typing import ClassVar

from hues.kernel.registry import Retention, RoomConfig


class ClocksConfig(RoomConfig):
    name = "hues.kernel.clocks"
    label = "clocks"
    retention: ClassVar[tuple[Retention, ...]] = (
        Retention(model="clocks.Timer", days=None, reason="a timer goes when it has fired or is no longer wanted"),
    )
