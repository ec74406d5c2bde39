"""The words for what this engine knows."""

from collections.abc import Mapping
from typing import Final

from django.utils.translation import gettext_lazy as _

from hues.engines.rescue.rules.urgency import CRITICAL, HIGH, NORMAL, Need
from hues.engines.rescue.rules.workflow import State, Verb
from hues.kernel.people.asker import Role
from hues.kit.text import Words

RESCUERS: Final = (Role.OPERATOR, Role.DUTY_LEADER)
"""Who may see phones and places, and act."""

STATE_WORDS: Final[Mapping[State, Words]] = {
    State.RECEIVED: _("Received"),
    State.CALLED_BACK: _("Called back"),
    State.SENT: _("Team on the way"),
    State.SAFE: _("Safe"),
    State.UNREACHABLE: _("Could not be reached"),
    State.FALSE: _("False call"),
}
VERB_WORDS: Final[Mapping[Verb, Words]] = {
    Verb.OPEN: _("Call received"),
    Verb.REACH: _("Called back, spoke to them"),
    Verb.MISS: _("Called back, no answer"),
    Verb.SEND: _("Team sent"),
    Verb.SAVE: _("Everybody is safe"),
    Verb.GIVE_UP: _("Could not be reached"),
    Verb.DISMISS: _("False call"),
    Verb.RETURN: _("Opened again"),
    Verb.NOTE: _("Note"),
    Verb.SAY_SAFE: _("The caller says: we are safe"),
    Verb.CALL_AGAIN: _("The caller calls again: help is needed"),
}
NEED_WORDS: Final[Mapping[Need, Words]] = {
    Need.MEDICAL: _("Somebody is injured or ill"),
    Need.RISING: _("Water is rising, no way out"),
    Need.BOAT: _("We need a boat"),
    Need.ELDERLY: _("Old people"),
    Need.CHILDREN: _("Small children or a pregnant woman"),
    Need.DISABLED: _("Somebody who cannot walk"),
    Need.MEDICINE: _("Medicine"),
    Need.FOOD: _("Food and drinking water"),
}
URGENCY_WORDS: Final[Mapping[int, Words]] = {
    CRITICAL: _("Life in danger"),
    HIGH: _("Urgent"),
    NORMAL: _("Supplies"),
}
