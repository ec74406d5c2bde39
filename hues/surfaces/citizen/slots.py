"""
What a function may put on the pages of citizens.

A manifest fills `home_cards` with `HomeCard`s, and `home_strips` and `my_strips` with the dotted names of
`fn(at) -> Iterable[Strip]` (the same for everybody) and `fn(request, at) -> Iterable[Strip]` (the reader's own), and
`search_finds` with `fn(words, at) -> Iterable[Strip]`: what it has that fits the words of a search.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _

from hues.kernel.registry import FunctionConfig, functions
from hues.kit.text import Words


class HomeGroup(StrEnum):
    """The groups of Home, in their order."""

    TELL = "tell"
    WARNINGS = "warnings"
    AROUND = "around"
    OFFICE = "office"
    LIFE = "life"


GROUP_WORDS: dict[HomeGroup, Words] = {
    HomeGroup.TELL: _("Tell the city"),
    HomeGroup.WARNINGS: _("News and warnings"),
    HomeGroup.AROUND: _("Getting around"),
    HomeGroup.OFFICE: _("Papers and payments"),
    HomeGroup.LIFE: _("Living in the city"),
}


@dataclass(frozen=True, kw_only=True, slots=True)
class HomeCard:
    """A tile: `name` is the URL name it opens; `first` puts it on top, in gold."""

    name: str
    title: Words
    icon: str
    group: HomeGroup
    words: tuple[Words, ...] = ()
    first: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Strip:
    """A line over the page; `risk` is one of the five decreed levels, and only an alert has one."""

    title: Words
    text: Words = ""
    address: str = ""
    icon: str = ""
    tone: str = ""
    risk: int = 0


def cards() -> tuple[tuple[FunctionConfig, HomeCard], ...]:
    """Return every tile with the function it belongs to."""
    return tuple((function, card) for function in functions() for card in getattr(function, "home_cards", ()))


def strips(at: datetime) -> tuple[Strip, ...]:
    """Return what everybody is told over the page, the gravest first."""
    found = [strip for fill in _fillings("home_strips") for strip in fill(at)]
    return tuple(sorted(found, key=lambda strip: -strip.risk))


def my_strips(request: Any, at: datetime) -> tuple[Strip, ...]:
    """Return what only this reader is told."""
    return tuple(strip for fill in _fillings("my_strips") for strip in fill(request, at))


def found(words: str, at: datetime) -> tuple[Strip, ...]:
    """Return what functions have that fits the words of a search, the gravest first."""
    every = [strip for fill in _fillings("search_finds") for strip in fill(words, at)]
    return tuple(sorted(every, key=lambda strip: -strip.risk))


def _fillings(slot: str) -> Iterable[Callable[..., Iterable[Strip]]]:
    return [import_string(name) for function in functions() for name in getattr(function, slot, ())]
