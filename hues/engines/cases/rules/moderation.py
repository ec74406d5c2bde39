"""Why a report is looked at by itself before it goes on. Nothing is ever kept out, and an emergency is never slowed."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any


class Look(StrEnum):
    """Why somebody looks at a report by itself."""

    OFTEN = "often"
    WORDS = "words"
    UNPROVEN = "unproven"


@dataclass(frozen=True, kw_only=True, slots=True)
class Limits:
    """
    What the city lays down; 0 switches a rule off.

    `added_per_hour` is how often one reporter adds to reports that are open already, unasked.
    `reports` is from how many reports without a photo on, from one place within `days`, a look is asked for.
    """

    per_hour: int = 0
    per_day: int = 0
    added_per_hour: int = 0
    reports: int = 0
    days: int = 0
    words: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Seen:
    """How many reports there are with the new one: of its sender within an hour and a day, unproven ones from there."""

    in_hour: int = 0
    in_day: int = 0
    unproven: int = 0


def read(document: Mapping[str, Any]) -> Limits:
    """Return the limits of a city's `moderation.toml`."""
    limits, unproven = document.get("limits", {}), document.get("unproven", {})
    return Limits(
        per_hour=limits.get("per_hour", 0),
        per_day=limits.get("per_day", 0),
        added_per_hour=limits.get("added_per_hour", 0),
        reports=unproven.get("reports", 0),
        days=unproven.get("days", 0),
        words=tuple(document.get("words", {}).get("stop", ())),
    )


def looks(limits: Limits, text: str, seen: Seen, *, emergency: bool) -> tuple[Look, ...]:
    """Return why a report needs a look; an emergency needs one for its words alone."""
    found = []
    if says(limits.words, text):
        found.append(Look.WORDS)
    if emergency:
        return tuple(found)
    if 0 < limits.per_hour < seen.in_hour or 0 < limits.per_day < seen.in_day:
        found.append(Look.OFTEN)
    if 0 < limits.reports <= seen.unproven:
        found.append(Look.UNPROVEN)
    return tuple(found)


def says(words: tuple[str, ...], text: str) -> bool:
    """Test if a text holds one of the words as a whole, tone marks included, capitals or not."""
    if not words:
        return False
    either = "|".join(re.escape(word.lower()) for word in words)
    return re.search(rf"(?<!\w)(?:{either})(?!\w)", " ".join(text.lower().split())) is not None
