"""Calls for rescue for the tests of other rooms, built by the actions that build real ones."""

from datetime import UTC, datetime

from hues.engines.rescue import actions
from hues.engines.rescue.actions import Asked, Receipt
from hues.engines.rescue.rules.urgency import Need
from hues.kernel.areas.testing import the_wards

# Monday, 2 March 2026, ten in the morning in Huế.
MONDAY = datetime(2026, 3, 2, 3, tzinfo=UTC)
PHONE = "+84901777001"


def asked(
    *,
    phone: str = PHONE,
    people: int = 4,
    needs: frozenset[Need] = frozenset({Need.RISING, Need.CHILDREN}),
    lat: float | None = 16.4698,
    lng: float | None = 107.5776,
    address: str = "Kiệt 12 Đặng Thái Thân, nhà mái ngói đỏ",
    words: str = "Nước vào đến gác.",
    origin: str = "",
    sender: str = "a browser",
    foreign_page: bool = False,
) -> Asked:
    """Return what a family on its roof tells."""
    return Asked(
        phone=phone,
        people=people,
        needs=needs,
        lat=lat,
        lng=lng,
        source="gps",
        address=address,
        words=words,
        origin=origin,
        sender=sender,
        foreign_page=foreign_page,
    )


def a_call(told: Asked | None = None, *, at: datetime = MONDAY) -> Receipt:
    """Return a call that has just come in."""
    the_wards()
    return actions.open_call(told or asked(), at=at)
