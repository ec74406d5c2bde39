"""Who follows what."""

from dataclasses import dataclass
from uuid import UUID

from hues.functions.field_reports import around
from hues.functions.field_reports.models import Following
from hues.kernel.people.asker import Asker


@dataclass(frozen=True, kw_only=True, slots=True)
class Followed:
    """A ward, or a point as addresses write it."""

    ward: str
    near: str


def followed(asker: Asker) -> tuple[Followed, ...]:
    """Return what somebody follows, the first followed first."""
    if asker.person_id is None:
        return ()
    rows = Following.objects.filter(person_id=asker.person_id).order_by("at", "id")
    return tuple(Followed(ward=ward, near=near) for ward, near in rows.values_list("ward_code", "near"))


def followers(ward: str, lat: float, lng: float) -> tuple[UUID, ...]:
    """Return who follows a ward, or a place that has this point in its reach."""
    people = set(Following.objects.filter(ward_code=ward).values_list("person_id", flat=True)) if ward else set()
    found = Following.objects.filter(cell__in=around.cells_near(lat, lng)).values_list("person_id", "near")
    for person, near in found:
        place = around.read(near)
        if place is not None and around.within_reach(place, (lat, lng)):
            people.add(person)
    return tuple(sorted(people))
