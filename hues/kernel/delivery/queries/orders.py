"""What sirens were told of a broadcast, and what came of it."""

from dataclasses import dataclass
from typing import Literal

from hues.kernel.delivery.channels import Way
from hues.kernel.delivery.models import Broadcast, Parcel

type Came = Literal["owed", "told", "sounds", "failed", "over"]


@dataclass(frozen=True, kw_only=True, slots=True)
class Order:
    """A command to a siren: in which pattern it was to sound ("stop": to end), and what came of it so far."""

    site: str
    pattern: str
    came: Came


def siren_orders(key: str) -> tuple[Order, ...] | None:
    """Return what sirens were ordered with a broadcast; None while nobody was told of it at all."""
    found = Broadcast.objects.filter(key=key).values_list("pk", flat=True).first()
    if found is None:
        return None
    rows = Parcel.objects.filter(broadcast=found, channel=Way.SIREN).order_by("address")
    return tuple(_order(row) for row in rows)


def _order(row: Parcel) -> Order:
    site, _colon, pattern = row.address.partition(":")
    came: Came = "told" if row.sent_at else "owed"
    if row.sent_at and row.last_error:  # put away instead of sent
        came = "over"
    if row.failed_at:
        came = "failed"
    elif row.arrived_at:
        came = "sounds"
    return Order(site=site, pattern=pattern, came=came)
