"""What was told, for tests of other rooms."""

from datetime import datetime

from hues.kernel.delivery.channels import Way
from hues.kernel.delivery.models import Broadcast, Parcel


def sirens_told() -> list[tuple[str, str]]:
    """Return site and pattern of all that is owed to sirens or was sent to them, in the order of its being owed."""
    told = Parcel.objects.filter(channel=Way.SIREN).order_by("at", "address").values_list("address", flat=True)
    return [(site, pattern) for site, _, pattern in (address.partition(":") for address in told)]


def ends_told() -> dict[str, datetime | None]:
    """Return until when each broadcast may be sent, by its key."""
    return dict(Broadcast.objects.values_list("key", "ends_at"))
