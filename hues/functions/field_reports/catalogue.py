"""What may be reported, as a tree to look through and words to search by."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from hues.engines.cases import queries
from hues.engines.cases.queries import CategoryCard
from hues.functions.field_reports.queries import suggested
from hues.kit.text import fold, pick

KIND = "report"
WORD = re.compile(r"\w+")


@dataclass(frozen=True, kw_only=True, slots=True)
class Group:
    """One branch of the tree."""

    card: CategoryCard
    leaves: tuple[CategoryCard, ...]


def groups() -> tuple[Group, ...]:
    """Return the tree, in the city's order."""
    every = queries.categories(KIND)
    return tuple(
        Group(card=card, leaves=tuple(leaf for leaf in every if leaf.parent == card.code))
        for card in every
        if not card.parent
    )


def leaf(code: str) -> CategoryCard | None:
    """Return the category a report may have, or None for a group or an unknown code."""
    card = queries.category(code) if code else None
    return card if card is not None and card.parent else None


def matching(words: str, language: str) -> tuple[CategoryCard, ...]:
    """Return the categories that every word speaks of, best first, and those that the city lists for such words."""
    return _once((*_matching(words, language), *listed_for(words)))


def _once(cards: Iterable[CategoryCard]) -> tuple[CategoryCard, ...]:
    return tuple({card.code: card for card in cards}.values())


def _matching(words: str, language: str) -> tuple[CategoryCard, ...]:
    wanted = fold(words).split()
    if not wanted:
        return ()
    scored = [
        (-_score(card, wanted, language), order, card)
        for order, card in enumerate(queries.categories(KIND))
        if card.parent
    ]
    best = min((score for score, _order, _card in scored), default=0)
    # What fits three times worse than the best is noise.
    return tuple(card for score, _order, card in sorted(scored, key=lambda e: e[:2]) if score and 3 * score <= best)


def spoken_of(text: str, language: str) -> tuple[CategoryCard, ...]:
    """
    Return the categories that a whole story speaks of, best first.

    First by the words that the city lists, then those that share the most pairs of words with it.
    """
    return _once((*listed_for(text), *_alike(text, language)))


def listed_for(text: str) -> tuple[CategoryCard, ...]:
    """Return the categories that the city's list of words finds in a text, the most specific first."""
    found = (leaf(match.category) for match in suggested(text))
    return tuple(card for card in found if card is not None)


def _alike(text: str, language: str) -> tuple[CategoryCard, ...]:
    told = _pairs(text)
    shared = [
        (-2 * len(told & _pairs(pick(card.title, "vi"))) - len(told & _pairs(_all_words(card))), order, card)
        for order, card in enumerate(queries.categories(KIND))
        if card.parent
    ]
    return _matching(text[-80:], language) or tuple(
        card for n, _order, card in sorted(shared, key=lambda e: e[:2]) if n
    )


def _all_words(card: CategoryCard) -> str:
    return " ".join((*card.title.values(), *card.hint.values(), *card.keywords))


def _pairs(text: str) -> set[tuple[str, str]]:
    return set(pairwise(WORD.findall(fold(text))))


def _score(card: CategoryCard, wanted: Sequence[str], language: str) -> int:
    title = fold(pick(card.title, language))
    rest = fold(_all_words(card))
    score = 0
    for word in wanted:
        found = 4 * (word in title.split()) or 3 * (word in title) or int(word in rest)
        if not found:
            return 0
        score += found
    # Words that stand together as they were typed mean more than the same words apart.
    return score + 5 * (" ".join(wanted) in f"{title} {rest}")
