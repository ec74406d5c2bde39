"""The room of letters."""

from typing import ClassVar

from hues.kernel.registry import Retention, RoomConfig


class LettersConfig(RoomConfig):
    name = "hues.kernel.letters"
    label = "letters"
    retention: ClassVar[tuple[Retention, ...]] = (
        Retention(
            model="letters.Letter",
            days=90,
            since="settled_at",
            reason="what became a report lives on there; one that waits stays until somebody has seen to it",
        ),
        Retention(model="letters.Answer", days=90, reason="what the centre wrote back, as long as the letters"),
    )
