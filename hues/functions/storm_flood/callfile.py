"""All calls for rescue as a table in the reader's words."""

from collections.abc import Iterable, Sequence

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hues.engines.rescue.declare import NEED_WORDS, STATE_WORDS, URGENCY_WORDS
from hues.engines.rescue.queries import RescueCall
from hues.functions.storm_flood.deskpage import ward_name
from hues.kernel.people import phones
from hues.kit.tables import Cell
from hues.kit.text import Words
from hues.surfaces.shell.telling import local

COLUMNS: Sequence[Words] = (
    gettext_lazy("Code"),
    gettext_lazy("State"),
    gettext_lazy("Urgency"),
    gettext_lazy("Came in"),
    gettext_lazy("Last moved"),
    gettext_lazy("People"),
    gettext_lazy("Needs"),
    gettext_lazy("Battery low"),
    gettext_lazy("For somebody else"),
    gettext_lazy("Phone"),
    gettext_lazy("Latitude"),
    gettext_lazy("Longitude"),
    gettext_lazy("Address"),
    gettext_lazy("What was written"),
    gettext_lazy("Ward or commune"),
    gettext_lazy("Calls without answer"),
)


def heads() -> list[str]:
    """Return what stands above the columns, in the language that is active."""
    return [str(head) for head in COLUMNS]


def lines(calls: Iterable[RescueCall]) -> list[tuple[Cell, ...]]:
    """Return a row for each call, instants on the city's clock with its distance from UTC."""
    return [_line(call) for call in calls]


def _line(call: RescueCall) -> tuple[Cell, ...]:
    yes, no = _("yes"), _("no")
    return (
        call.code,
        str(STATE_WORDS[call.state]),
        str(URGENCY_WORDS[call.urgency]),
        local(call.at).isoformat(timespec="seconds"),
        local(call.moved_at).isoformat(timespec="seconds"),
        call.people,
        "; ".join(str(NEED_WORDS[need]) for need in call.needs),
        yes if call.battery_low else no,
        yes if call.for_other else no,
        phones.shown(call.phone) if call.phone else "",
        call.lat,
        call.lng,
        call.address,
        call.words,
        ward_name(call.ward_code),
        call.tries,
    )
