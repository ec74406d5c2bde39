"""The room's entry in the catalogue."""

from hues.kernel.registry import RoomConfig


class ShellConfig(RoomConfig):
    name = "hues.surfaces.shell"
    label = "shell"
