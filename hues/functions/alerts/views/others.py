"""What others warn of, at the desk: whether we hear them, and what became of each message."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from hues.engines.bulletins import queries
from hues.engines.bulletins.declare import OUTCOME_WORDS, READERS, REASON_WORDS
from hues.engines.bulletins.queries import IncomingCard
from hues.kit.text import pick
from hues.surfaces.operations.places import places
from hues.surfaces.shell import addresses
from hues.surfaces.shell.access import AskedRequest, open_to

TONES = {"drafted": "wait", "update-drafted": "wait", "unsure": "wait", "marked": "wait", "unread": "bad"}


@open_to(*READERS)
@require_safe
def listing(request: AskedRequest) -> HttpResponse:
    """Show each source with what is wrong with it, and the newest messages."""
    context = {
        "states": [(one, REASON_WORDS.get(one.problem, one.problem)) for one in queries.source_states()],
        "rows": [line(card) for card in queries.incoming(request.asker)],
        "places": places(request.asker, "alerts_desk:list"),
    }
    return render(request, "alerts/others.html", context)


@open_to(*READERS)
@require_safe
def message(request: AskedRequest, incoming_id: UUID) -> HttpResponse:
    """Return a message as it came, as plain text: it is somebody else's."""
    body = queries.incoming_message(request.asker, incoming_id)
    headers = {"Cache-Control": "private, no-store"}
    return HttpResponse(body, content_type="text/plain; charset=utf-8", headers=headers)


def line(card: IncomingCard) -> dict[str, Any]:
    """Return a message as a page shows it."""
    names = {one.code: one.name for one in queries.sources()}
    return {
        "card": card,
        "source": pick(names.get(card.source, {"vi": card.source}), addresses.language()),
        "outcome": OUTCOME_WORDS[card.outcome],
        "reason": REASON_WORDS.get(card.reason, ""),
        "tone": TONES.get(card.outcome, ""),
    }
