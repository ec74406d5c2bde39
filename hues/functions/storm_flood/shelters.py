"""Where people and vehicles are above the water: the city's list, found without tone marks and by old names too."""

from collections.abc import Iterable
from dataclasses import dataclass

from hues.kernel import city
from hues.kernel.areas import queries as areas
from hues.kernel.areas.queries import WardCard
from hues.kit.text import Bilingual, fold

KINDS = ("shelter", "parking")


@dataclass(frozen=True, kw_only=True, slots=True)
class Shelter:
    """One place; `exact` is false where the point only stands for its ward, `folded` is what searching looks in."""

    code: str
    kind: str
    name: Bilingual
    address: str
    ward: WardCard | None
    lat: float
    lng: float
    capacity: int | None
    exact: bool
    folded: str


@dataclass(frozen=True, kw_only=True, slots=True)
class WardOfShelters:
    """A ward with its places."""

    ward: WardCard | None
    places: tuple[Shelter, ...]


def shelters(words: str = "", kind: str = "") -> tuple[Shelter, ...]:
    """Return the places of a kind in which every word is found."""
    asked = fold(words).split()
    return tuple(place for place in _all() if kind in ("", place.kind) and all(word in place.folded for word in asked))


def by_ward(places: Iterable[Shelter]) -> tuple[WardOfShelters, ...]:
    """Return places under their wards, in the order of the wards' names."""
    found: dict[str, list[Shelter]] = {}
    wards: dict[str, WardCard | None] = {}
    for place in places:
        code = place.ward.code if place.ward else ""
        found.setdefault(code, []).append(place)
        wards[code] = place.ward
    grouped = (WardOfShelters(ward=wards[code], places=tuple(some)) for code, some in found.items())
    return tuple(sorted(grouped, key=lambda group: fold(group.ward.name["vi"]) if group.ward else "~"))


def _all() -> Iterable[Shelter]:
    wards = {ward.code: ward for ward in areas.wards()}
    former: dict[str, str] = {}
    for row in city.rows("shelters.csv"):
        code = row["ward_code"]
        ward = wards.get(code)
        if code not in former:
            former[code] = " ".join(unit.name for unit in areas.former_units(code))
        said = (row["name_vi"], row["name_en"], row["address"], *(ward.name.values() if ward else ()), former[code])
        yield Shelter(
            code=row["code"],
            kind=row["kind"],
            name={"vi": row["name_vi"], "en": row["name_en"]},
            address=row["address"],
            ward=ward,
            lat=float(row["lat"]),
            lng=float(row["lng"]),
            capacity=int(row["capacity"]) if row["capacity"] else None,
            exact=bool(row["exact"]),
            folded=fold(" ".join(said)),
        )
