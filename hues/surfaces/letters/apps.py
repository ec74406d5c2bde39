"""The room's entry in the catalogue."""

from hues.kernel.registry import RoomConfig


class LettersDoorsConfig(RoomConfig):
    name = "hues.surfaces.letters"
    label = "letter_doors"
    machine_urls = "hues.surfaces.letters.urls"
