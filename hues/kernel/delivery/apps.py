"""The room of delivery."""

from typing import ClassVar

from hues.kernel.registry import Retention, RoomConfig


class DeliveryConfig(RoomConfig):
    name = "hues.kernel.delivery"
    label = "delivery"
    retention: ClassVar[tuple[Retention, ...]] = (
        Retention(model="delivery.InboxItem", days=730, reason="what the city told a person, for two years"),
        Retention(model="delivery.Broadcast", days=730, reason="what the city told many people, for two years"),
        Retention(model="delivery.Area", days=None, reason="part of its broadcast", since="as_of"),
        Retention(model="delivery.ReadBroadcast", days=None, reason="part of its broadcast"),
        Retention(model="delivery.Place", days=None, reason="as long as the account; it says who was warned when"),
        Retention(model="delivery.Unfollowed", days=None, reason="as long as the account; it says who was told when"),
        Retention(model="delivery.Belongs", days=None, reason="as long as the account; it says who was told when"),
        Retention(model="delivery.Floor", days=None, reason="as long as the account; it says who was told when"),
        Retention(model="delivery.Preference", days=None, reason="as long as the account"),
        Retention(
            model="delivery.Subscription", days=None, reason="until taken back, or the other side has forgotten it"
        ),
        Retention(model="delivery.OpenedThere", days=None, reason="as long as its subscription"),
        Retention(model="delivery.BrowserPlace", days=None, reason="as long as its subscription"),
        Retention(model="delivery.PreparedKey", days=None, reason="until used once, or its subscription goes"),
        Retention(model="delivery.Chunk", days=30, reason="which parts of a broadcast are sent", since="done_at"),
        Retention(model="delivery.Parcel", days=30, reason="single messages, kept to find out what went wrong"),
        Retention(model="delivery.Line", days=30, reason="how other sides do"),
        Retention(model="delivery.Tally", days=None, reason="counts of its broadcast that name nobody"),
        Retention(model="delivery.Failure", days=None, reason="counts of its broadcast that name nobody"),
        Retention(model="delivery.Receipt", days=30, reason="so that a receipt told twice is counted once"),
        Retention(model="delivery.Named", days=30, reason="so that what Zalo tells of a message is counted once"),
        Retention(model="delivery.SenderKey", days=None, reason="every browser that subscribed is bound to it"),
        Retention(model="delivery.Pass", days=None, reason="the city's own key to a channel, exchanged each day"),
        Retention(model="delivery.JoinCode", days=1, reason="good for half an hour", since="until"),
        Retention(model="delivery.Hook", days=None, reason="until an administrator removes it"),
        Retention(
            model="delivery.Text",
            days=30,
            reason="numbers, kept to find out what went wrong; codes go once sent",
        ),
    )
