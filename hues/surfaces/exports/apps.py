"""The room's entry in the catalogue."""

from typing import ClassVar

from hues.kernel.registry import Retention, RoomConfig


class ExportsConfig(RoomConfig):
    name = "hues.surfaces.exports"
    label = "exports"
    retention: ClassVar[tuple[Retention, ...]] = (
        Retention(model="exports.ListFile", days=30, reason="who asked for which list; its bytes go days earlier"),
    )
