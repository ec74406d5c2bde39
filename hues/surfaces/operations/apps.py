"""The room's entry in the catalogue."""

from hues.kernel.registry import RoomConfig


class OperationsConfig(RoomConfig):
    name = "hues.surfaces.operations"
    label = "operations"
