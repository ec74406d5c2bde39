"""The room's entry in the catalogue."""

from typing import ClassVar

from hues.kernel.registry import RoomConfig


class OperationsConfig(RoomConfig):
    name = "hues.surfaces.operations"
    label = "operations"
    case_desk: ClassVar[str] = "hues.surfaces.operations.desk.DESK"
