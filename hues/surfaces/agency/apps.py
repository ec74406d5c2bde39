"""The room's entry in the catalogue."""

from typing import ClassVar

from hues.kernel.registry import RoomConfig


class AgencyConfig(RoomConfig):
    name = "hues.surfaces.agency"
    label = "agency"
    case_desk: ClassVar[str] = "hues.surfaces.agency.desk.DESK"
