"""What the map shows, as GeoJSON: written by hand, for cases of a kind differ only in their place and number."""

import json
from collections.abc import Iterable
from functools import cache, lru_cache

from hues.engines.cases import queries as cases
from hues.engines.cases.declare import NOT_POINTED_AT, STATE_WORDS
from hues.engines.cases.queries import MapCell, MapPoint
from hues.engines.cases.rules.workflow import State
from hues.kit.text import pick
from hues.surfaces.citizen.cards import links_of
from hues.surfaces.shell import addresses

type Alike = tuple[str, State, bool]

# Where it lies, to a metre: longitude first.
FEATURE = '{"type":"Feature","geometry":{"type":"Point","coordinates":[%.5f,%.5f]},"properties":'
CELL = FEATURE + '{"count":%d}}'


def of_cells(found: Iterable[MapCell]) -> str:
    """Return how many cases lie in each cell."""
    return _collection(CELL % (cell.lng, cell.lat, cell.count) for cell in found)


def of_points(found: Iterable[MapPoint]) -> str:
    """Return each case with its words and the address of its page, in the reader's language."""
    language, link, known = addresses.language(), links_of("report"), cases.by_code()
    said, forms, drawn = _said(language), dict[Alike, str](), list[str]()
    for number, category, state, lat, lng, rough in found:
        alike = category, state, rough
        if (form := forms.get(alike)) is None:
            title = pick(known[category].title, language) if category in known else category
            form = forms[alike] = _form(title, said[state, rough], link, near=rough)
        drawn.append(form % (lng, lat, number, number))
    return _collection(drawn)


@cache
def _said(_language: str) -> dict[tuple[State, bool], str]:
    """Return what stands behind a number, in the language being spoken."""
    return {
        (state, rough): f" · {words} · {NOT_POINTED_AT}" if rough else f" · {words}"
        for state, words in STATE_WORDS.items()
        for rough in (False, True)
    }


@lru_cache(maxsize=4096)
def _form(title: str, said: str, link: str, *, near: bool) -> str:
    """Return a case as JSON, to be filled with longitude, latitude and twice its number."""
    number = "\ue000"
    facts = {"count": 1, "title": title, "text": number + said, "href": link.format(number=number)}
    facts |= {"near": True} if near else {}
    written = json.dumps(facts, ensure_ascii=False, separators=(",", ":"))
    return FEATURE + written.replace("%", "%%").replace(number, "%s") + "}"


def _collection(features: Iterable[str]) -> str:
    return f'{{"type":"FeatureCollection","features":[{",".join(features)}]}}'
