"""Alerts as JSON, for whoever shows their own: those in force as areas (RFC 7946), and a feed (jsonfeed.org)."""

import json
from collections.abc import Iterable, Sequence
from typing import Any

from django.conf import settings
from django.utils.translation import override

from hues.engines.bulletins.declare import DOUBT
from hues.engines.bulletins.queries import AlertCard, alert_settings
from hues.engines.bulletins.rules import shapes
from hues.engines.bulletins.rules.cap import CONTENT_TYPE, circle_of, gravity_of, points_of, response_of
from hues.functions.alerts.feeds import message_address
from hues.kernel.areas import queries as areas
from hues.kernel.languages import spoken
from hues.kit.text import pick

KIND, FEED = "application/geo+json", "application/feed+json"


def collection(cards: Iterable[AlertCard]) -> bytes:
    """Return the alerts as a FeatureCollection, the gravest first as they come."""
    found = {"type": "FeatureCollection", "features": [_feature(card) for card in cards]}
    return json.dumps(found, ensure_ascii=False, separators=(",", ":")).encode()


def feed(cards: Sequence[AlertCard]) -> bytes:
    """Return a JSON Feed (version 1.1) of the alerts; what CAP has more of them is under `_cap`."""
    origin = settings.HUES.origin
    found = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": pick(alert_settings().sender_name, "vi"),
        "home_page_url": f"{origin}/f/alerts/",
        "feed_url": f"{origin}/cap/alerts.json",
        "language": "vi",
        "items": [_item(card) for card in cards],
    }
    return json.dumps(found, ensure_ascii=False, separators=(",", ":")).encode()


def _item(card: AlertCard) -> dict[str, Any]:
    facts = _facts(card)
    text = next((text for code, text in card.texts.items() if code[:2] == "vi"), next(iter(card.texts.values())))
    return {
        "id": facts["cap"],
        "url": facts["web"],
        "title": text.headline,
        "content_text": "\n\n".join(part for part in (_doubt("vi", card), text.instruction, text.description) if part),
        "date_published": facts["sent"],
        "date_modified": card.changed_at.isoformat(),
        "attachments": [{"url": facts["cap"], "mime_type": CONTENT_TYPE}],
        "_cap": {
            **facts,
            **_drawn(card),
            "state": card.state.value,
            "replaces": card.before or None,
            "replaced_by": card.next or None,
        },
    }


def _drawn(card: AlertCard) -> dict[str, list[str]]:
    """Return the areas that were drawn, written as in the signed message."""
    return {
        "polygons": [points_of(one) for one in card.shapes if isinstance(one, shapes.Polygon)],
        "circles": [circle_of(one) for one in card.shapes if isinstance(one, shapes.Circle)],
    }


def _feature(card: AlertCard) -> dict[str, Any]:
    return {"type": "Feature", "id": card.identifier, "geometry": _geometry(card), "properties": _facts(card)}


def _facts(card: AlertCard) -> dict[str, Any]:
    gravity = gravity_of(card.msg_type, card.risk)
    told = {
        code: {"headline": text.headline, "description": text.description, "instruction": text.instruction}
        for code, text in card.texts.items()
    }
    return {
        "identifier": card.identifier,
        "sender": alert_settings().sender,
        "msgType": card.msg_type.value,
        "event": card.event.code,
        "category": card.event.category,
        "responseType": response_of(card.msg_type, card.event.response),
        "risk": card.risk,
        "urgency": gravity.urgency,
        "severity": gravity.severity,
        "certainty": gravity.certainty,
        "sent": card.sent_at.isoformat(),
        "onset": card.onset_at.isoformat() if card.onset_at else None,
        "expires": card.expires_at.isoformat(),
        "wards": list(card.wards),
        "texts": told,
        "doubted": card.doubted,
        "doubt": {code: _doubt(code[:2], card) for code in card.texts} if card.doubted else None,
        "web": f"{settings.HUES.origin}/f/alerts/{card.identifier}/",
        "cap": message_address(card.identifier),
    }


def _doubt(language: str, card: AlertCard) -> str:
    with override(spoken(language)):
        return str(DOUBT) if card.doubted else ""


def _geometry(card: AlertCard) -> dict[str, Any]:
    named = [outline for code in card.wards if (outline := areas.outline_of(code))]
    rings = [ring for outline in named for ring in shapes.rings(outline)]
    drawn = [shapes.Polygon(tuple(shapes.ring_of(one))) for one in card.shapes]
    geometry: dict[str, Any] = json.loads(shapes.to_geojson([*rings, *drawn]))
    return geometry
