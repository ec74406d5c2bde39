"""The city as data: what `cities/<code>` says of names, bounds, hours and numbers."""

import csv
import json
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings

from hues.kit.text import Bilingual


@dataclass(frozen=True, kw_only=True, slots=True)
class City:
    """
    What the whole platform asks of its city.

    `bounds` is south, west, north, east and `center` latitude, longitude, in WGS 84 degrees.
    """

    code: str
    name: Bilingual
    timezone: str
    bounds: tuple[float, float, float, float]
    center: tuple[float, float]
    hotline: str
    number_prefix: str
    emergency: tuple[str, ...] = ()  # short numbers of the country


def path(name: str) -> Path:
    """Return the file or folder `name` of the city's folder."""
    return Path(settings.HUES.city) / name


@cache
def document(name: str) -> dict[str, Any]:
    """Return a TOML or JSON file of the city."""
    file = path(name)
    if file.suffix == ".toml":
        return tomllib.loads(file.read_text("utf-8"))
    found: dict[str, Any] = json.loads(file.read_text("utf-8"))
    return found


@cache
def rows(name: str) -> tuple[dict[str, str], ...]:
    """Return the rows of a CSV file of the city, each keyed by the header; lines that begin with # are comments."""
    with path(name).open(encoding="utf-8", newline="") as lines:
        return tuple(csv.DictReader(line for line in lines if not line.startswith("#")))


@cache
def city() -> City:
    """Return the city this server runs."""
    facts = document("city.toml")
    south, west, north, east = facts["bounds"]
    lat, lng = facts["center"]
    return City(
        code=facts["code"],
        name=facts["name"],
        timezone=facts["timezone"],
        bounds=(south, west, north, east),
        center=(lat, lng),
        hotline=facts["hotline"],
        number_prefix=facts["number_prefix"],
        emergency=tuple(row["number"] for row in facts.get("emergency", ())),
    )
