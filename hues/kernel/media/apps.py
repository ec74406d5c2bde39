"""The room of media."""

from typing import ClassVar

from hues.kernel.registry import Retention, RoomConfig


class MediaConfig(RoomConfig):
    name = "hues.kernel.media"
    label = "media"
    retention: ClassVar[tuple[Retention, ...]] = (
        Retention(model="media.Photo", days=30, since="loose_since", reason="photos of drafts that were never sent"),
        Retention(model="media.Original", days=None, reason="the uncovered photo, under seal for as long as the photo"),
        Retention(model="media.Tiny", days=None, reason="squares for lists, which go with the small copies"),
        Retention(model="media.Clip", days=30, since="loose_since", reason="clips of drafts that were never sent"),
        Retention(model="media.Paper", days=30, since="loose_since", reason="papers of drafts that were never kept"),
    )
