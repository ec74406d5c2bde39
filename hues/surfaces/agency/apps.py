"""The room's entry in the catalogue."""

from hues.kernel.registry import RoomConfig


class AgencyConfig(RoomConfig):
    name = "hues.surfaces.agency"
    label = "agency"
