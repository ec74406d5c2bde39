"""Make sirens sound for a broadcast, and hush those that its story warns no more: not told yet, or told to sound."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from hues.kernel.delivery import sirens
from hues.kernel.delivery.channels import Way
from hues.kernel.delivery.models import Broadcast, Parcel

# A siren hears of what it was told before for as long as the broker keeps its session; after that nothing is to stop.
STOPPABLE = timedelta(hours=1)


def commands(row: Broadcast, pattern: str, wards: Sequence[str], *, hush: bool, warned: Sequence[str]) -> list[str]:
    """
    Return what sirens are to be told of a broadcast: a site and a pattern for each.

    With `hush` what the story asked before is taken back wherever sirens are not to sound (or not so) any more: in all
    wards but the `warned`. Those that were told already are told to stop.
    """
    again, stop = _taken_back(row, pattern, warned) if hush else (set(), set())
    if not sirens.are_there():
        return []
    sound = {*sirens.sites_in(set(wards)), *again} if pattern else set()
    return [*(f"{site}:{pattern}" for site in sorted(sound)), *(sirens.stop_of(site) for site in sorted(stop - sound))]


def _taken_back(row: Broadcast, pattern: str, warned: Sequence[str]) -> tuple[set[str], set[str]]:
    """Take back what is owed; return the sites to be told in another pattern instead, and those to be told to stop."""
    here = set(sirens.sites_in(set(warned))) if pattern else set()
    asked = Parcel.objects.select_for_update(of=("self",)).filter(channel=Way.SIREN, broadcast__topic=row.topic)
    last: dict[str, Parcel] = {}
    again, gone = set[str](), list[Parcel]()
    for parcel in asked.exclude(broadcast=row).order_by("at", "pk"):
        site = sirens.site_of(parcel.address)
        last[site] = parcel
        if parcel.sent_at or (site in here and parcel.address == f"{site}:{pattern}"):
            continue
        gone.append(parcel)
        if site in here and not parcel.failed_at and not sirens.is_stop(parcel.address):
            again.add(site)
    Parcel.objects.filter(pk__in=[parcel.pk for parcel in gone]).delete()
    return again, {site for site, parcel in last.items() if site not in here and _to_be_stopped(parcel, row.at)}


def _to_be_stopped(parcel: Parcel, at: datetime) -> bool:
    """Test if a siren may sound, or is still to hear that it should: it was told, or somebody tried to tell it."""
    if sirens.is_stop(parcel.address):
        return parcel.sent_at is None
    return parcel.tries > 0 and (parcel.sent_at or parcel.due_at) > at - STOPPABLE
