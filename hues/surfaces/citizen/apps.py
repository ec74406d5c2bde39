"""The room's entry in the catalogue."""

from hues.kernel.registry import RoomConfig


class CitizenConfig(RoomConfig):
    name = "hues.surfaces.citizen"
    label = "citizen"
    machine_urls = "hues.surfaces.citizen.machine_urls"
