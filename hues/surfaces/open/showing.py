"""Requests and their updates as the standard words them."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.utils.translation import gettext

from hues.engines.cases import queries as cases
from hues.engines.cases.actions import CaseReceipt
from hues.engines.cases.declare import STATE_WORDS, words_of
from hues.engines.cases.queries import OpenRequest, OpenUpdate, TimelineStep
from hues.kernel.city import city, document
from hues.kernel.media import queries as media
from hues.kit.text import pick
from hues.surfaces.open import catalogue
from hues.surfaces.open.queries import DEMO_KEY
from hues.surfaces.open.rendering import Value
from hues.surfaces.open.sending import without_link
from hues.surfaces.shell import addresses, telling

OPEN, CLOSED = "open", "closed"


def requests(found: Iterable[OpenRequest], *, extended: bool, at: datetime) -> list[Mapping[str, Value]]:
    """Return requests as they are listed."""
    everything = tuple(found)
    pictures = _pictures([r.photo_id for r in everything if r.photo_id], at)
    return [_request(request, pictures, extended=extended) for request in everything]


def updates(found: Iterable[OpenUpdate]) -> list[Mapping[str, Value]]:
    """Return what happened to requests, in the words of the extension that FixMyStreet reads."""
    return [
        {
            "update_id": f"{update.number}-{update.step.seq}",
            "service_request_id": update.number,
            "status": CLOSED if update.is_over else OPEN,
            "updated_datetime": update.step.at,
            "description": update.text or _happened(update.step),
            "media_url": None,
        }
        for update in found
    ]


def notice(receipt: CaseReceipt) -> str:
    """Return what whoever sent a request is told at once."""
    words = {"accept": telling.instant_words(receipt.accept_due_at), "due": telling.instant_words(receipt.due_at)}
    return gettext("Taken on or refused by %(accept)s; answered by %(due)s if it is taken on.") % words


def whom_to_ask() -> str:
    """Return whom programmers turn to."""
    centre = document("city.toml").get("operations_centre", {}).get(addresses.language(), "")
    return f"{pick(city().name, addresses.language())} · {centre} · {city().hotline}"


def how_to_get_a_key() -> str:
    """Return how a program gets a key."""
    if settings.HUES.demo:
        return gettext("This is a demo city: the key is %(key)s.") % {"key": DEMO_KEY}
    return gettext("Ring %(hotline)s and ask the operations centre for an Open311 key.") % {"hotline": city().hotline}


def _request(request: OpenRequest, pictures: Mapping[UUID, str], *, extended: bool) -> dict[str, Value]:
    language = addresses.language()
    found: dict[str, Value] = {
        "service_request_id": request.number,
        "status": CLOSED if request.is_over else OPEN,
        "status_notes": _notes(request),
        "service_name": pick(request.category_title, language),
        "service_code": request.category,
        "description": request.text if request.is_public else without_link(request.text),
        "agency_responsible": pick(request.agency, language) or None,
        "service_notice": None,
        "requested_datetime": request.opened_at,
        "updated_datetime": request.updated_at,
        "expected_datetime": None if request.is_over else request.due_at,
        "address": request.address or None,
        "address_id": None,
        "zipcode": None,
        "lat": request.lat,
        "long": request.lng,
        "media_url": pictures.get(request.photo_id) if request.photo_id else None,
    }
    if extended:
        found["extended_attributes"] = _extended(request)
    return found


def _extended(request: OpenRequest) -> dict[str, Value]:
    return {
        "state": request.state,
        "outcome": request.outcome or None,
        "ward_code": request.ward_code,
        "approximate": request.approximate,
        "supports": request.supports,
        "published": request.is_public,
        "attributes": catalogue.answered(request.category, request.answers),
        "notes": [
            {"datetime": step.at, "summary": _happened(step), "description": step.text or None}
            for step in request.timeline
        ],
    }


def _notes(request: OpenRequest) -> str:
    """Return what there is to say of the status: the answer, or how it ended, or where it is."""
    if request.is_public and request.is_over and request.answer:
        return request.answer
    if request.is_over:
        ending = next((pick(o.title, addresses.language()) for o in cases.outcomes() if o.code == request.outcome), "")
        return ending or str(STATE_WORDS[request.state])
    if not request.text and not request.is_public:
        return gettext("%(state)s. The words are shown once the answer is published.") % {
            "state": STATE_WORDS[request.state]
        }
    return str(STATE_WORDS[request.state])


def _happened(step: TimelineStep) -> str:
    agency = pick(step.agency, addresses.language())
    words = words_of(step.verb, step.side)
    return f"{words}: {agency}" if agency else str(words)


def _pictures(ids: list[UUID], at: datetime) -> dict[UUID, str]:
    """Return the addresses of those photos that everybody may see."""
    found = media.photos(ids) if ids else {}
    return {pk: settings.HUES.origin + media.link_to(card, "full", at) for pk, card in found.items() if card.is_public}
