"""How urgent a call is, by what people say they need."""

from collections.abc import Set
from enum import StrEnum

MANY = 6  # people


class Need(StrEnum):
    """What people in danger may tick, the gravest first."""

    MEDICAL = "medical"
    RISING = "rising"
    BOAT = "boat"
    ELDERLY = "elderly"
    CHILDREN = "children"
    DISABLED = "disabled"
    MEDICINE = "medicine"
    FOOD = "food"


CRITICAL, HIGH, NORMAL = 3, 2, 1
LEVELS = (CRITICAL, HIGH, NORMAL)
LIFE = frozenset({Need.MEDICAL, Need.RISING})
WEAK = frozenset({Need.ELDERLY, Need.CHILDREN, Need.DISABLED})


def urgency(needs: Set[Need], *, people: int, battery_low: bool) -> int:
    """
    Return 3 (life in danger), 2 (soon) or 1 (can wait a little).

    Who ticks nothing is in a hurry, not in comfort: unknown counts as 2.
    """
    if needs & LIFE:
        return CRITICAL
    if not needs or Need.BOAT in needs or needs & WEAK or battery_low or people >= MANY:
        return HIGH
    return NORMAL
