"""The alerts in force as areas on a map (RFC 7946), for whoever draws their own."""

import json
from collections.abc import Iterable
from typing import Any

from django.conf import settings

from hues.engines.bulletins.queries import AlertCard
from hues.engines.bulletins.rules import shapes
from hues.engines.bulletins.rules.content import GRAVITY
from hues.functions.alerts.feeds import message_address
from hues.kernel.areas import queries as areas

KIND = "application/geo+json"


def collection(cards: Iterable[AlertCard]) -> bytes:
    """Return the alerts as a FeatureCollection, the gravest first as they come."""
    found = {"type": "FeatureCollection", "features": [_feature(card) for card in cards]}
    return json.dumps(found, ensure_ascii=False, separators=(",", ":")).encode()


def _feature(card: AlertCard) -> dict[str, Any]:
    gravity = GRAVITY[card.risk]
    told = {
        code: {"headline": text.headline, "description": text.description, "instruction": text.instruction}
        for code, text in card.texts.items()
    }
    properties = {
        "identifier": card.identifier,
        "msgType": card.msg_type.value,
        "event": card.event.code,
        "risk": card.risk,
        "urgency": gravity.urgency,
        "severity": gravity.severity,
        "certainty": gravity.certainty,
        "sent": card.sent_at.isoformat(),
        "onset": card.onset_at.isoformat() if card.onset_at else None,
        "expires": card.expires_at.isoformat(),
        "wards": list(card.wards),
        "texts": told,
        "web": f"{settings.HUES.origin}/f/alerts/{card.identifier}/",
        "cap": message_address(card.identifier),
    }
    return {"type": "Feature", "id": card.identifier, "geometry": _geometry(card), "properties": properties}


def _geometry(card: AlertCard) -> dict[str, Any]:
    named = [outline for code in card.wards if (outline := areas.outline_of(code))]
    rings = [ring for outline in named for ring in shapes.rings(outline)]
    drawn = [shapes.Polygon(tuple(shapes.ring_of(one))) for one in card.shapes]
    geometry: dict[str, Any] = json.loads(shapes.to_geojson([*rings, *drawn]))
    return geometry
