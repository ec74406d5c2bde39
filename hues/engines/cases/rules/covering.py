"""What covering words may do to a text: take words out, and nothing else; and what it does where they stand again."""

import re
from collections.abc import Iterable, Sequence

from hues.kit.text import fold, tidy

MARK = "[…]"
_TYPED = re.compile(r"\[\s*(?:\.{2,}|…)\s*\]")
# What is taken out of one text is looked for in others only if it could hardly mean something else there.
SHORTEST = 4  # characters
WHOLE = 2  # words of a name
_NO_WORD_BEFORE, _NO_WORD_AFTER = r"(?<!\w)", r"(?!\w)"


def marked(text: str) -> str:
    """Return a text with every mark written in the same way, however it was typed."""
    return _TYPED.sub(MARK, text)


def marked_at(text: str, places: Iterable[tuple[int, int]]) -> str:
    """Return a text with a mark in some places, from where to where, in their order."""
    kept, since = "", 0
    for start, end in places:
        kept, since = kept + text[since:start] + MARK, end
    return kept + text[since:]


def without_name(text: str, name: str) -> str:
    """Return a text with marks in place of somebody's whole name, with tone marks or not; one word alone is no name."""
    words = fold(name).split()
    if len(words) < WHOLE:
        return text
    plain = "".join(bare if len(bare := fold(letter)) == 1 else letter for letter in text)
    whole = re.compile(_NO_WORD_BEFORE + r"\s+".join(map(re.escape, words)) + _NO_WORD_AFTER)
    return marked_at(text, [found.span() for found in whole.finditer(plain)])


def taken_out(before: str, after: str) -> tuple[str, ...] | None:
    """Return what the marks of `after` stand for in `before`, or None if it differs by more than marks."""
    kept = after.split(MARK)
    if len(kept) == 1:
        return () if before == after else None
    if not before.startswith(kept[0]) or not before.endswith(kept[-1]):
        return None
    place, end, found = len(kept[0]), len(before) - len(kept[-1]), []
    for piece in kept[1:-1]:
        following = before.find(piece, place + 1, end)
        if following < 0:
            return None
        found.append(before[place:following])
        place = following + len(piece)
    if place >= end:
        return None
    return (*found, before[place:end])


def covered_like(before: str, after: str, other: str) -> str:
    """
    Return another text with covered what was covered between `before` and `after`.

    It may hold `before` word for word, or be part of it; else every occurrence of what was taken out is.
    """
    if before in other:
        return other.replace(before, after)
    before = tidy(before)
    removed = taken_out(before, after) or ()
    start = before.find(other) if other else -1
    if start >= 0:
        return _slice(before, after, removed, start, start + len(other))
    for words in removed:
        if len(words.strip()) >= SHORTEST:
            other = re.sub(_NO_WORD_BEFORE + re.escape(words.strip()) + _NO_WORD_AFTER, MARK, other)
    return other


def _slice(before: str, after: str, removed: Sequence[str], start: int, end: int) -> str:
    """Return what is left of `before[start:end]`; a mark that it shares with what stands beside it is its own too."""
    kept, shown, place = after.split(MARK), "", 0
    for piece, words in zip(kept, (*removed, ""), strict=True):
        shown += before[max(place, start) : min(place + len(piece), end)]
        place += len(piece)
        if max(place, start) < min(place + len(words), end):
            shown += MARK
        place += len(words)
    return shown
