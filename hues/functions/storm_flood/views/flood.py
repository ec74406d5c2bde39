"""The flood page: the same bytes for everybody, kept on phones for when there is no network."""

import json
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from hues.functions.storm_flood.board import board
from hues.functions.storm_flood.shelters import KINDS, Shelter, by_ward, shelters
from hues.kernel import visits
from hues.kernel.city import city, document
from hues.kit import clock
from hues.kit.text import pick, tidy
from hues.surfaces.citizen.slots import strips
from hues.surfaces.shell import addresses
from hues.surfaces.shell.access import ANYONE, AskedRequest, open_to
from hues.surfaces.shell.sharing import shared

KIND_ICONS = {"shelter": "home-shield", "parking": "parking"}


@require_safe
@open_to(ANYONE)
@shared
def flood(request: AskedRequest) -> HttpResponse:
    """Show alerts in force, the rivers, what to do, whom to ring and where to go."""
    at = clock.now()
    visits.count("storm_flood", "citizen")
    words, kind = tidy(request.GET.get("q", ""))[:80], request.GET.get("kind", "")
    found = shelters(words, kind if kind in KINDS else "")
    rivers = board(at)
    context = {
        "at": at,
        "alerts": [strip for strip in strips(at) if strip.risk],
        "board": rivers,
        "water_is_here": any(line.tone == "bad" for line in rivers),
        "emergency": document("city.toml").get("emergency", []),
        "groups": by_ward(found),
        "found": len(found),
        "words": words,
        "kind": kind,
        "searched": bool(words or kind),
        "map_note": pick(document("city.toml").get("map", {}).get("note", {}), addresses.language()),
        "center": city().center,
    }
    answer = render(request, "storm_flood/flood.html", context)
    answer.headers["X-Hues-Offline"] = "keep"
    return answer


@require_safe
@open_to(ANYONE)
@shared
def points(request: AskedRequest) -> HttpResponse:
    """Return shelters, safe parking and gauges as GeoJSON; there are few enough to send them all."""
    features = [_feature(place.lat, place.lng, *_said(place)) for place in shelters()]
    for line in board(clock.now()):
        if line.gauge.lat is not None and line.gauge.lng is not None:
            title = _("River gauge %(name)s") % {"name": pick(line.gauge.name, addresses.language())}
            level = f"{number_format(line.level.metres)} m · {line.alarm_words}" if line.level else ""
            features.append(_feature(line.gauge.lat, line.gauge.lng, title, level))
    body = json.dumps({"type": "FeatureCollection", "features": features}, ensure_ascii=False)
    return HttpResponse(body, content_type="application/geo+json; charset=utf-8")


def _said(place: Shelter) -> tuple[str, str]:
    kind = _("Shelter") if place.kind == "shelter" else _("Safe parking")
    where = [kind, place.address, pick(place.ward.name, addresses.language()) if place.ward else ""]
    return pick(place.name, addresses.language()), " · ".join(part for part in where if part)


def _feature(lat: float, lng: float, title: str, text: str) -> dict[str, Any]:
    place = {"type": "Point", "coordinates": [round(lng, 5), round(lat, 5)]}
    return {"type": "Feature", "geometry": place, "properties": {"count": 1, "title": title, "text": text}}
