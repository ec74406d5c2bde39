"""From what somebody pressed, tapped or typed to one place in the city."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from hues.functions.field_reports.drafting import Spot
from hues.kernel import city
from hues.kernel.areas import queries as areas
from hues.kernel.areas.queries import WardCard
from hues.kernel.errors import Invalid
from hues.kit.text import fold

SOURCES = frozenset({"photo", "gps", "map", "address"})


@dataclass(frozen=True, kw_only=True, slots=True)
class Landmark:
    """A place everybody knows, folded for search."""

    folded: str
    lat: float
    lng: float
    ward: str


def spot_from_point(lat: float, lng: float, *, source: str, address: str) -> Spot:
    """
    Return the spot at a point.

    :raises Invalid: if it lies outside of the city
    """
    ward = areas.ward_at(lat, lng) if areas.in_city(lat, lng) else None
    if ward is None:
        sentence = _("This place is outside of the city, so we cannot send anyone there. Choose another place.")
        raise Invalid(sentence, {"place": sentence})
    return Spot(
        lat=round(lat, 6),
        lng=round(lng, 6),
        address=address,
        source=source if source in SOURCES else "map",
        ward=ward.code,
    )


def spot_from_words(address: str, *, ward_code: str) -> Spot:
    """
    Return the spot that an address and a ward stand for; old ward names are understood.

    :raises Invalid: if the address is missing, or the ward can't be told from it
    """
    if not address:
        sentence = _("Write where it is: street, house number or something near it.")
        raise Invalid(sentence, {"address": sentence})
    ward = areas.ward(ward_code) if ward_code else areas.ward_named_in(address)
    if ward is None:
        sentence = _("Choose the ward, so that the right office gets it.")
        raise Invalid(sentence, {"ward": sentence})
    known = _landmark_in(address, ward.code)
    lat, lng = (known.lat, known.lng) if known else (ward.lat, ward.lng)
    return Spot(lat=lat, lng=lng, address=address, source="address", ward=ward.code)


def spot_meant(given: dict[str, Any]) -> Spot:
    """
    Return the place that was meant: the point if there is one, else the address.

    :raises Invalid: if it can't be found, or lies outside of the city
    """
    if given["lat"] is not None and given["lng"] is not None and given["source"] != "address":
        return spot_from_point(given["lat"], given["lng"], source=given["source"], address=given["address"])
    return spot_from_words(given["address"], ward_code=given["ward"])


def names_ward(address: str, ward_code: str) -> bool:
    """Test if an address itself names that ward."""
    found = areas.ward_named_in(address)
    return found is not None and found.code == ward_code


def wards_by_name() -> tuple[WardCard, ...]:
    """Return the wards in the order of their Vietnamese names."""
    return tuple(sorted(areas.wards(), key=lambda ward: fold(ward.name["vi"])))


def _landmark_in(address: str, ward: str) -> Landmark | None:
    folded = fold(address)
    here = [mark for mark in _landmarks() if mark.ward == ward and mark.folded in folded]
    return max(here, key=lambda mark: len(mark.folded), default=None)


def _landmarks() -> tuple[Landmark, ...]:
    return tuple(
        Landmark(
            folded=fold(row["name_vi"].split("(")[0]),
            lat=float(row["lat"]),
            lng=float(row["lng"]),
            ward=row["ward_code"],
        )
        for row in city.rows("landmarks.csv")
    )
