"""What a bulletin says, and what is wrong with it."""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from hues.engines.bulletins.rules import shapes
from hues.engines.bulletins.rules.shapes import Shape

LONGEST_HEADLINE: Final = 160
LONGEST_TEXT: Final = 4_000
LONGEST_IN_FORCE: Final = timedelta(days=10)
LEVELS: Final = range(1, 6)
# Readers of others show these words as they are: neither tags nor entities belong in them.
MARKUP = re.compile(r"<\s*[a-z/!]|&[a-z#0-9]+;", re.IGNORECASE)

BLANK: Final = "[…]"  # what a template leaves to be filled in


class Severity(StrEnum):
    MINOR = "Minor"
    MODERATE = "Moderate"
    SEVERE = "Severe"
    EXTREME = "Extreme"


@dataclass(frozen=True, slots=True)
class Gravity:
    """How a risk level is said in CAP."""

    urgency: str
    severity: Severity
    certainty: str


GRAVITY: Final[Mapping[int, Gravity]] = {
    1: Gravity("Future", Severity.MINOR, "Possible"),
    2: Gravity("Expected", Severity.MODERATE, "Likely"),
    3: Gravity("Expected", Severity.SEVERE, "Likely"),
    4: Gravity("Immediate", Severity.EXTREME, "Likely"),
    5: Gravity("Immediate", Severity.EXTREME, "Observed"),
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Text:
    """The words of a bulletin in one language."""

    headline: str = ""
    description: str = ""
    instruction: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Content:
    """Everything that the writer decides; `texts` by language (vi-VN), `wards` by code."""

    event: str
    risk: int
    texts: Mapping[str, Text]
    wards: tuple[str, ...] = ()
    shapes: tuple[Shape, ...] = ()
    onset_at: datetime | None = None
    expires_at: datetime
    training: bool = False


@dataclass(frozen=True, slots=True)
class Fault:
    """What keeps a bulletin from being submitted: the field, and a code."""

    field: str
    code: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Known:
    """What the city knows, against which a bulletin is checked."""

    languages: tuple[str, ...]
    events: Collection[str]
    wards: Collection[str]
    bounds: tuple[float, float, float, float]


def faults(content: Content, known: Known, *, at: datetime) -> list[Fault]:
    """Return all that is wrong, in the order of the form."""
    return [*_of_kind(content, known), *_of_time(content, at), *_of_words(content, known), *_of_area(content, known)]


def _of_kind(content: Content, known: Known) -> Iterator[Fault]:
    if content.event not in known.events:
        yield Fault("event", "event-unknown")
    if content.risk not in LEVELS:
        yield Fault("risk", "risk-unknown")


def _of_time(content: Content, at: datetime) -> Iterator[Fault]:
    if content.expires_at <= at:
        yield Fault("expires_at", "expires-past")
    elif content.onset_at and content.onset_at >= content.expires_at:
        yield Fault("expires_at", "expires-before-onset")
    elif content.onset_at and content.onset_at - at > LONGEST_IN_FORCE:
        yield Fault("onset_at", "onset-far")
    elif content.expires_at - max(at, content.onset_at or at) > LONGEST_IN_FORCE:
        yield Fault("expires_at", "expires-far")


def _of_words(content: Content, known: Known) -> Iterator[Fault]:
    for language in known.languages:
        text = content.texts.get(language, Text())
        for name, words, longest in _parts(text):
            field = f"{name}_{language}"
            if not words:
                yield Fault(field, f"{name}-missing")
            elif len(words) > longest:
                yield Fault(field, f"{name}-long")
            elif MARKUP.search(words):
                yield Fault(field, "markup")
            elif BLANK in words:
                yield Fault(field, "blank")


def _parts(text: Text) -> Sequence[tuple[str, str, int]]:
    return (
        ("headline", text.headline, LONGEST_HEADLINE),
        ("description", text.description, LONGEST_TEXT),
        ("instruction", text.instruction, LONGEST_TEXT),
    )


def _of_area(content: Content, known: Known) -> Iterator[Fault]:
    if not content.wards and not content.shapes:
        yield Fault("wards", "area-missing")
    if not set(content.wards) <= set(known.wards):
        yield Fault("wards", "ward-unknown")
    if not shapes.within(content.shapes, known.bounds):
        yield Fault("drawn", "shape-outside")
