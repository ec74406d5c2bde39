"""What stands above the columns of a list that leaves a desk, for people; programs read the names."""

from collections.abc import Mapping

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from hues.engines.cases.queries import Wording, outcomes
from hues.engines.cases.rules.deadlines import ServiceClass
from hues.kit.text import Words, pick
from hues.surfaces.desks.choices import CLASS_NAMES

TITLES: Mapping[str, tuple[Words, int]] = {
    "number": (_("Number of the report"), 16),
    "category": (_("Code of the category"), 18),
    "category_title": (_("Category"), 30),
    "class": (_("How fast"), 12),
    "state": (_("State"), 16),
    "outcome": (_("Outcome"), 18),
    "clock": (_("The clock"), 14),
    "agency": (_("Agency"), 34),
    "ward": (_("Code of the ward"), 10),
    "ward_name": (_("Ward or commune"), 20),
    "opened_at": (_("Came in"), 17),
    "accept_due_at": (_("To accept by"), 17),
    "due_at": (_("Due"), 17),
    "answered_at": (_("Answered"), 17),
    "supports": (_("Also met by"), 10),
    "reopened": (_("Times reopened"), 10),
    "lat": (_("Latitude"), 10),
    "lng": (_("Longitude"), 10),
    "place": (_("The point on the map"), 14),
    "address": (_("Address"), 36),
    "text": (_("What was reported"), 60),
}


def codes(language: str) -> dict[str, dict[str, str]]:
    """Return words for the codes that some columns hold, in a language that is active."""
    return {
        "outcome": {card.code: pick(card.title, language) for card in outcomes()},
        "class": {code.value: str(CLASS_NAMES[code]) for code in ServiceClass},
    }


def wording(language: str) -> Wording:
    """Return how a list speaks to its reader, in a language that is active."""
    heads = {name: str(title) for name, (title, _width) in TITLES.items()}
    return Wording(heads=heads, codes=codes(language), zone=settings.TIME_ZONE)
