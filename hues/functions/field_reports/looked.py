"""What the reporter of a report is told about it first: whom to ring, and that somebody looks at it by itself."""

from collections.abc import Mapping
from typing import Any, Final

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from hues.engines.cases.declare import look_words
from hues.engines.cases.queries import MyCase, category
from hues.engines.cases.rules.moderation import Look
from hues.engines.cases.rules.workflow import State
from hues.kernel.city import document
from hues.kernel.languages import in_each
from hues.kit.text import Bilingual, Words, pick

TO_REPORTER: Final[Mapping[Look, Words]] = {
    Look.OFTEN: _(
        "You have sent many reports lately. The operations centre looks at this one by itself. Nothing is lost."
    ),
    Look.WORDS: _("The operations centre reads this report by itself before it passes it on. Nothing is lost."),
    Look.UNPROVEN: _("Several reports came from here without a photo. A photo helps: you can add one to this report."),
}


def about_look(case: MyCase) -> dict[str, Any]:
    """Return whom to ring first about a report that is not looked at yet, and why it is looked at by itself."""
    if case.state != State.RECEIVED:
        return {}
    card = category(case.category)
    return {"looks": look_words(case.look, TO_REPORTER), "emergency": whom_to_ring(card.emergency if card else "")}


def ring_first() -> Bilingual:
    """Return words, in every language, on whom to ring before writing to the city; empty ones where it names nobody."""
    numbers = ", ".join(row["number"] for row in document("city.toml").get("emergency", ()))
    words = _("If somebody is in danger now, ring first: %(numbers)s.")
    return in_each(words, numbers=numbers) if numbers else in_each("")


def whom_to_ring(number: str) -> dict[str, str]:
    """Return whom to ring first, or nothing."""
    if not number:
        return {}
    numbers = {row["number"]: row for row in document("city.toml").get("emergency", ())}
    return {"number": number, "whom": pick(numbers.get(number, {}), get_language() or "vi")}
