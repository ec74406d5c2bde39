"""Whose road an address or a story speaks of, by the names that the city wrote down."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from hues.kit.text import fold

OWNERS = ("national", "city", "ward")
NUMBER = "#"


UNKNOWN = "unknown"  # whose road it is, where somebody said that it is not known or does not matter


@dataclass(frozen=True, kw_only=True, slots=True)
class Road:
    """A road by its `name` as the city writes it, in one ward or (without one) anywhere; `#` stands for a number."""

    name: str
    owner: str
    ward: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Named:
    """The road that was recognised, in the words in which it was written down, and whose it is."""

    name: str
    owner: str


def read(anywhere: Iterable[Mapping[str, str]], streets: Iterable[Mapping[str, str]]) -> tuple[Road, ...]:
    """Return the city's roads in the order they are tried: those known anywhere, then a ward's, the longest first."""
    first = [Road(name=row["name"], owner=row["road_owner"]) for row in anywhere]
    named = [Road(name=row["street"], owner=row["road_owner"], ward=row["ward_code"]) for row in streets]
    return (*first, *sorted(named, key=lambda road: -len(road.name)))


def named_in(roads: Iterable[Road], *, ward: str, address: str, text: str = "") -> Named | None:
    """
    Return the first road that the address names, or else the story; tone marks and capitals don't matter.

    A story is believed only where it names a road by its kind and number: a name may be a person's or a school's.
    """
    here = [road for road in roads if not road.ward or road.ward == ward]
    return _first(here, address) or _first([road for road in here if NUMBER in road.name], text)


def _first(roads: Iterable[Road], words: str) -> Named | None:
    folded = fold(words)
    for road in roads if folded else ():
        if found := _pattern(road.name).search(folded):
            number = found.group(1).upper() if found.lastindex else ""
            return Named(name=road.name.replace(NUMBER, number), owner=road.owner)
    return None


def _pattern(name: str) -> re.Pattern[str]:
    # `re` keeps the last 512 it compiled, which is more than a ward's roads.
    return re.compile(rf"\b{re.escape(fold(name)).replace(re.escape(NUMBER), '([0-9]+[a-z]?)')}\b")
