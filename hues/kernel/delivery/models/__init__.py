"""What people are told, by which ways, and what is still owed."""

from hues.kernel.delivery.models.counts import Failure, Named, Receipt, Tally
from hues.kernel.delivery.models.sides import Hook, JoinCode, Pass, SenderKey
from hues.kernel.delivery.models.telling import (
    Area,
    Broadcast,
    BrowserPlace,
    Chunk,
    InboxItem,
    Line,
    OpenedThere,
    Parcel,
    PreparedKey,
    ReadBroadcast,
    Subscription,
    Text,
)
from hues.kernel.delivery.models.wishes import Belongs, Floor, Place, Preference, Unfollowed

__all__ = [
    "Area",
    "Belongs",
    "Broadcast",
    "BrowserPlace",
    "Chunk",
    "Failure",
    "Floor",
    "Hook",
    "InboxItem",
    "JoinCode",
    "Line",
    "Named",
    "OpenedThere",
    "Parcel",
    "Pass",
    "Place",
    "Preference",
    "PreparedKey",
    "ReadBroadcast",
    "Receipt",
    "SenderKey",
    "Subscription",
    "Tally",
    "Text",
    "Unfollowed",
]
