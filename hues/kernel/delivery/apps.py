"""The room of delivery."""

from typing import ClassVar

from hues.kernel.registry import Retention, RoomConfig


class DeliveryConfig(RoomConfig):
    name = "hues.kernel.delivery"
    label = "delivery"
    retention: ClassVar[tuple[Retention, ...]] = (
        Retention(model="delivery.InboxItem", days=730, reason="what the city told a person, for two years"),
        Retention(model="delivery.Text", days=30, reason="numbers and codes, kept to find out what went wrong"),
    )
