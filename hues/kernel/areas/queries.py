"""Which ward a place is in, what the wards are called, and the cells that make them up."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Q

from hues.kernel import editions
from hues.kernel.areas.models import Area, Boundary, Edition, FormerUnit
from hues.kernel.areas.rules.atlas import Atlas
from hues.kernel.areas.rules.naming import Called, called, matching
from hues.kernel.city import city
from hues.kit.cells import Cover
from hues.kit.text import Bilingual

REACH_EXACT = 60.0
REACH_APPROXIMATE = 400.0
SHORTEST_NAME = 2  # letters that name no ward yet
"""Metres by which a place may miss a boundary that was measured, or drawn roughly, and still belong to it."""


@dataclass(frozen=True, kw_only=True, slots=True)
class WardCard:
    """A ward as everybody may know it; `lat`, `lng` lie inside, `approximate` says its boundary is a rough one."""

    code: str
    name: Bilingual
    kind: str
    lat: float
    lng: float
    area_km2: float
    approximate: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class FormerCard:
    """A unit of before, and the ward that holds most of it now."""

    code: str
    name: str
    district: str
    ward_code: str


@dataclass(frozen=True, slots=True)
class _Known:
    token: UUID | None
    cards: dict[str, WardCard]
    listed: tuple[WardCard, ...]
    names: tuple[Called, ...]
    former: tuple[FormerCard, ...]
    atlas: Atlas
    geometry: dict[str, dict[str, Any]]


_known: _Known | None = None
editions.kept_in("areas", Edition._meta.db_table)


def wards() -> tuple[WardCard, ...]:
    """Return all wards in the order of their codes, the same tuple while it is in force; costs one small read."""
    return _current().listed


def ward(code: str) -> WardCard | None:
    """Return the ward of that code."""
    return _current().cards.get(code)


def ward_at(lat: float, lng: float) -> WardCard | None:
    """Return the ward that holds a place, or None out at sea and beyond the border."""
    known = _current()
    code = known.atlas.locate(lat, lng) if _in_bounds(lat, lng) else None
    return known.cards[code] if code else None


def wards_at(places: Sequence[tuple[float, float]]) -> list[str | None]:
    """Return the ward's code for each place (latitude, longitude); for thousands at a time."""
    return _current().atlas.locate_many(places) if places else []


def in_city(lat: float, lng: float) -> bool:
    """Test if a place belongs to the city."""
    return ward_at(lat, lng) is not None


def cover_of(code: str) -> Cover | None:
    """Return the ranges of cells that make up a ward, or None if its boundary is not known."""
    known = _current()
    return known.atlas.cover(code) if code in known.geometry else None


def outline_of(code: str) -> dict[str, Any] | None:
    """Return a ward's boundary as a GeoJSON geometry."""
    return _current().geometry.get(code)


def holds(code: str, lat: float, lng: float) -> bool:
    """Test if a place lies exactly within a ward's boundary, as the edge of a cover needs it."""
    known = _current()
    return code in known.geometry and known.atlas.holds(code, lat, lng)


def outline_at(code: str, at: datetime) -> dict[str, Any] | None:
    """Return the boundary that was in force at an instant."""
    then = Q(valid_from__lte=at) & (Q(valid_until=None) | Q(valid_until__gt=at))
    return Boundary.objects.filter(then, area=code).values_list("geometry", flat=True).first()


def wards_matching(text: str) -> tuple[WardCard, ...]:
    """Return the wards that `text` means, by today's names and former ones, tone marks or not; likeliest first."""
    known = _current()
    return tuple(known.cards[code] for code in matching(text, known.names))


def ward_named_in(address: str) -> WardCard | None:
    """Return the one ward that a part of the address names, reading from the end as addresses are written."""
    for part in reversed(address.split(",")):
        found = wards_matching(part) if len(part.strip()) > SHORTEST_NAME else ()
        if len(found) == 1:
            return found[0]
    return None


def former_units(ward_code: str) -> tuple[FormerCard, ...]:
    """Return the units that a ward was made of."""
    return tuple(unit for unit in _current().former if unit.ward_code == ward_code)


def boundaries() -> dict[str, Any]:
    """Return all boundaries as a GeoJSON FeatureCollection."""
    known = _current()
    return {
        "type": "FeatureCollection",
        "features": [
            {
                "type": "Feature",
                "properties": {"code": code, **known.cards[code].name, "approximate": known.cards[code].approximate},
                "geometry": geometry,
            }
            for code, geometry in known.geometry.items()
        ],
    }


def _in_bounds(lat: float, lng: float) -> bool:
    south, west, north, east = city().bounds
    return south <= lat <= north and west <= lng <= east


def _current() -> _Known:
    # One primary-key read a call: an import elsewhere is seen at once, with nothing to listen to or to time out.
    global _known
    token = editions.token("areas")
    if _known is None or token is None or token != _known.token:
        _known = _read(token)
    return _known


def _read(token: UUID | None) -> _Known:
    in_force = Boundary.objects.filter(valid_until=None).order_by("area_id")
    drawn = {code: (shape, rough) for code, shape, rough in in_force.values_list("area_id", "geometry", "approximate")}
    rough = {code for code, (_, is_rough) in drawn.items() if is_rough}
    columns = ("code", "name", "kind", "lat", "lng", "area_km2")
    cards = {
        row["code"]: WardCard(**row, approximate=row["code"] in rough or row["code"] not in drawn)
        for row in Area.objects.order_by("code").values(*columns)
    }
    units = FormerUnit.objects.order_by("code").values_list("code", "name", "district", "area_id")
    former = tuple(FormerCard(code=c, name=n, district=d, ward_code=w) for c, n, d, w in units)
    names = [called(card.code, card.name["vi"], now=True) for card in cards.values()]
    names += [called(unit.ward_code, unit.name, now=False) for unit in former]
    geometry: dict[str, dict[str, Any]] = {code: shape for code, (shape, _) in drawn.items()}
    reach = {code: REACH_APPROXIMATE if code in rough else REACH_EXACT for code in geometry}
    return _Known(token, cards, tuple(cards.values()), tuple(names), former, Atlas(geometry, reach), geometry)
