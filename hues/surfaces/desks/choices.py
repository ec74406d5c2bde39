"""The city's categories and agencies as lists to choose from, drawn once for each edition and language."""

from collections import Counter
from collections.abc import Callable
from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from hues.engines.cases.queries import CategoryCard, categories
from hues.engines.cases.rules.deadlines import ServiceClass
from hues.kernel.agencies.queries import AgencyCard, agencies
from hues.kernel.areas.queries import WardCard, wards
from hues.kit.text import Words, fold, pick
from hues.surfaces.desks.widgets import chosen, drawn
from hues.surfaces.shell import addresses

type Choice = tuple[Any, Any]
CLASS_NAMES: dict[str, Words] = {
    ServiceClass.URGENT: _("Urgent"),
    ServiceClass.NORMAL: _("Normal"),
    ServiceClass.COMPLEX: _("Complex"),
}
ROAD_OWNERS: dict[str, Words] = {
    "national": _("The state (national road)"),
    "city": _("The city"),
    "ward": _("The ward or commune"),
}
UNKNOWN_OWNER: Words = _("Not known, or it does not matter")


class Kept[T, R]:
    """What was made of a list in a language, until the list is another one."""

    def __init__(self, make: Callable[[tuple[T, ...], str], R]) -> None:
        self._make = make
        self._kept: dict[str, tuple[tuple[T, ...], R]] = {}

    def of(self, cards: tuple[T, ...]) -> R:
        """Return what is made of `cards` for the reader; the rooms hand out the same tuple while it is in force."""
        language = addresses.language()
        kept = self._kept.get(language)
        if kept is None or kept[0] is not cards:
            kept = self._kept[language] = cards, self._make(cards, language)
        return kept[1]


def category_options(code: str) -> SafeString:
    """Draw the groups of the city's categories with their leaves, one of them chosen."""
    return chosen(_filter.of(categories()), code) if code else SafeString(_filter.of(categories()))


def agency_options(agency_id: str) -> SafeString:
    """Draw the agencies, those that have ended behind those at work, one of them chosen."""
    return chosen(_agency_filter.of(agencies()), agency_id)


def open_agency_options(agency_id: str) -> SafeString:
    """Draw the agencies at work, one of them chosen."""
    return chosen(_open_agency_options.of(agencies()), agency_id)


def ward_options(code: str) -> SafeString:
    """Draw the wards by name, one of them chosen."""
    return chosen(_ward_options.of(wards()), code)


def leaves(kind: str) -> list[Choice]:
    """Return the categories that a case can have, below the names of their groups."""
    return _leaves.of(categories(kind))


def open_agencies() -> list[Choice]:
    """Return the agencies at work by name: in the order of names without tone marks, since there is no other."""
    return _agencies.of(agencies())


def agency_names() -> SafeString:
    """Draw the names of the agencies at work, for the one list of them on a page."""
    return SafeString(_agency_names.of(agencies()))


def _make_filter(cards: tuple[CategoryCard, ...], language: str) -> str:
    groups = {card.code: (card, [card]) for card in cards if not card.parent}
    for card in cards:
        if card.parent in groups:
            groups[card.parent][1].append(card)
    return drawn(
        (
            pick(group.title, language),
            [(c.code, pick(c.title, language) if c.parent else _everything(c, language)) for c in members],
        )
        for group, members in groups.values()
    )


def _everything(group: CategoryCard, language: str) -> str:
    return gettext("All: %(title)s") % {"title": pick(group.title, language)}


def _make_leaves(cards: tuple[CategoryCard, ...], language: str) -> list[Choice]:
    groups: dict[str, tuple[str, list[Choice]]] = {
        card.code: (pick(card.title, language), []) for card in cards if not card.parent
    }
    for card in cards:
        if card.parent in groups:
            groups[card.parent][1].append((card.code, pick(card.title, language)))
    return [group for group in groups.values() if group[1]]


def _make_agencies(cards: tuple[AgencyCard, ...], language: str) -> list[Choice]:
    names = Counter(pick(card.name, language) for card in cards if card.is_active)
    named = [(_told_apart(card, pick(card.name, language), names), card.id) for card in cards if card.is_active]
    return [(agency_id, name) for name, agency_id in sorted(named, key=lambda entry: fold(entry[0]))]


def _told_apart(card: AgencyCard, name: str, names: Counter[str]) -> str:
    return f"{name} ({card.code})" if names[name] > 1 else name


def _make_agency_names(cards: tuple[AgencyCard, ...], language: str) -> str:
    return "".join(format_html('<option value="{}">', name) for _id, name in _make_agencies(cards, language))


def _make_open_agency_options(cards: tuple[AgencyCard, ...], language: str) -> str:
    return drawn(_make_agencies(cards, language))


def _make_agency_filter(cards: tuple[AgencyCard, ...], language: str) -> str:
    ended = sorted(((pick(card.name, language), card.id) for card in cards if card.ended_on), key=lambda e: fold(e[0]))
    past = [(gettext("No longer there"), [(agency_id, name) for name, agency_id in ended])] if ended else []
    return drawn([*_make_agencies(cards, language), *past])


def _make_ward_options(cards: tuple[WardCard, ...], language: str) -> str:
    named = [(ward.code, pick(ward.name, language)) for ward in cards]
    return drawn(sorted(named, key=lambda one: fold(one[1])))


_filter = Kept(_make_filter)
_ward_options = Kept(_make_ward_options)
_agency_names = Kept(_make_agency_names)
_agency_filter = Kept(_make_agency_filter)
_leaves = Kept(_make_leaves)
_agencies = Kept(_make_agencies)
_open_agency_options = Kept(_make_open_agency_options)
