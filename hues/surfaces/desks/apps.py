"""The room's entry in the catalogue."""

from hues.kernel.registry import RoomConfig


class DesksConfig(RoomConfig):
    name = "hues.surfaces.desks"
    label = "desks"
