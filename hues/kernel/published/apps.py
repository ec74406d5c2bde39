"""The room of published bytes."""

from typing import ClassVar

from hues.kernel.registry import Retention, RoomConfig


class PublishedConfig(RoomConfig):
    name = "hues.kernel.published"
    label = "published"
    retention: ClassVar[tuple[Retention, ...]] = (
        Retention(model="published.Page", days=None, reason="public bytes, replaced whenever they change"),
        Retention(model="published.Owed", days=None, reason="addresses of public pages, until they are rendered"),
    )
