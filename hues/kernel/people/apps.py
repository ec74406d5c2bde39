"""The room of people."""

from typing import ClassVar

from hues.kernel.registry import Retention, RoomConfig


class PeopleConfig(RoomConfig):
    name = "hues.kernel.people"
    label = "people"
    retention: ClassVar[tuple[Retention, ...]] = (
        Retention(model="people.Person", days=None, reason="until the person closes the account"),
        Retention(model="sessions.Session", days=0, since="expire_date", reason="over: nobody comes back by it"),
    )
