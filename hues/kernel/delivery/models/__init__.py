"""What people are told, by which ways, and what is still owed."""

from hues.kernel.delivery.models.sides import Hook, Pass, SenderKey
from hues.kernel.delivery.models.telling import (
    Area,
    Broadcast,
    Chunk,
    InboxItem,
    Line,
    Parcel,
    Place,
    Preference,
    PreparedKey,
    ReadBroadcast,
    Subscription,
    Tally,
    Text,
)

__all__ = [
    "Area",
    "Broadcast",
    "Chunk",
    "Hook",
    "InboxItem",
    "Line",
    "Parcel",
    "Pass",
    "Place",
    "Preference",
    "PreparedKey",
    "ReadBroadcast",
    "SenderKey",
    "Subscription",
    "Tally",
    "Text",
]
