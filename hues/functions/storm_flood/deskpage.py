"""What the rescuers' desk shows of a call."""

from collections.abc import Mapping
from typing import Any, NamedTuple
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hues.engines.rescue.declare import STATE_WORDS, URGENCY_WORDS, VERB_WORDS
from hues.engines.rescue.queries import LogLine, RescueCall
from hues.engines.rescue.rules.urgency import CRITICAL, HIGH, Need
from hues.engines.rescue.rules.workflow import State, Verb, possible
from hues.kernel.areas import queries as areas
from hues.kit.text import Words, pick
from hues.surfaces.shell import addresses

LINE_WORDS: Mapping[str, Words] = {
    "waiting": gettext_lazy("To be called back"),
    "under_way": gettext_lazy("Under way"),
    "behind": gettext_lazy("Second line"),
    "ended": gettext_lazy("Ended"),
}


class Offered(NamedTuple):
    """A move as the desk offers it: `key` is what the keyboard knows it by."""

    title: Words
    icon: str
    key: str


MOVES: Mapping[Verb, Offered] = {
    Verb.REACH: Offered(gettext_lazy("Called back, spoke to them"), "phone", "r"),
    Verb.MISS: Offered(gettext_lazy("Called back, no answer"), "x", "u"),
    Verb.SEND: Offered(gettext_lazy("Team sent"), "sailboat", "s"),
    Verb.SAVE: Offered(gettext_lazy("Everybody is safe"), "circle-check", "d"),
    Verb.GIVE_UP: Offered(gettext_lazy("Could not be reached"), "help-circle", "l"),
    Verb.DISMISS: Offered(gettext_lazy("False call"), "ban", "x"),
    Verb.RETURN: Offered(gettext_lazy("Open again"), "rotate", "o"),
    Verb.NOTE: Offered(gettext_lazy("Only a note"), "edit", "n"),
}
# What comes next where a call goes well: the first of its moves, and the only one in purple.
NEXT = {State.RECEIVED: Verb.REACH, State.CALLED_BACK: Verb.SEND, State.SENT: Verb.SAVE, State.UNREACHABLE: Verb.REACH}
GRAVE = {Verb.DISMISS, Verb.GIVE_UP}
URGENCY_TONES = {CRITICAL: "bad", HIGH: "wait"}
STATE_TONES = {State.RECEIVED: "wait", State.CALLED_BACK: "brand-tone", State.SENT: "brand-tone", State.SAFE: "good"}
NEEDS_SHORT: Mapping[Need, Words] = {
    Need.MEDICAL: gettext_lazy("injured or ill"),
    Need.RISING: gettext_lazy("water rising"),
    Need.BOAT: gettext_lazy("boat"),
    Need.ELDERLY: gettext_lazy("old people"),
    Need.CHILDREN: gettext_lazy("children, pregnant"),
    Need.DISABLED: gettext_lazy("cannot walk"),
    Need.MEDICINE: gettext_lazy("medicine"),
    Need.FOOD: gettext_lazy("food, water"),
}


def line(call: RescueCall) -> dict[str, Any]:
    """Return one call as a line of the queue."""
    return {
        "call": call,
        "state": STATE_WORDS[call.state],
        "state_tone": STATE_TONES.get(call.state, ""),
        "urgency": URGENCY_WORDS[call.urgency],
        "urgency_tone": URGENCY_TONES.get(call.urgency, ""),
        "where": call.address or (_("The point on the map") if call.lat is not None else _("Forgotten by the rule")),
        "ward": ward_name(call.ward_code),
        "needs": [NEEDS_SHORT[need] for need in call.needs],
    }


def moves(call: RescueCall) -> list[dict[str, Any]]:
    """Return what can be done about a call, what comes next before all else."""
    chosen = NEXT.get(call.state)
    found = sorted(possible(call.state, tries=call.tries), key=lambda verb: verb != chosen)
    tones = {chosen: "primary"} | dict.fromkeys(GRAVE, "danger")
    return [{"verb": verb.value, "tone": tones.get(verb, "secondary")} | MOVES[verb]._asdict() for verb in found]


def logged(one: LogLine, names: Mapping[UUID, str]) -> dict[str, Any]:
    """Return one line of a call's log."""
    who = names.get(one.by, "") if one.by else _("The caller")
    return {"title": VERB_WORDS[one.verb], "at": one.at, "who": who, "words": one.words}


def ward_name(code: str) -> str:
    """Return a ward's name in the reader's language."""
    ward = areas.ward(code) if code else None
    return pick(ward.name, addresses.language()) if ward else ""
