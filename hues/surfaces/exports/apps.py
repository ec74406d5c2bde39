"""The room's entry in the catalogue."""

from typing import ClassVar

from hues.kernel.registry import Retention, RoomConfig


class ExportsConfig(RoomConfig):
    name = "hues.surfaces.exports"
    label = "exports"
    retention: ClassVar[tuple[Retention, ...]] = (
        # Counted from when its bytes went: as long as there are any, there is the row that knows where they lie.
        Retention(model="exports.ListFile", days=30, since="until", reason="who asked for which list"),
    )
