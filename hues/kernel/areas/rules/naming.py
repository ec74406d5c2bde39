"""Finds wards by what people call them: with or without tone marks, by today's name or a former one."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from hues.kit.text import fold

KINDS = {"phuong": "phuong", "p": "phuong", "xa": "xa", "x": "xa", "thi tran": "thi tran", "tt": "thi tran"}
TONES = "\u0300\u0301\u0303\u0309\u0323"
SHORTEST = 2
_PREFIX = re.compile(r"^(phuong|xa|thi tran|tt|p|x)\b(?!$)[. ]*")
_SPACE = re.compile(r"[^a-z0-9]+")


@dataclass(frozen=True, slots=True)
class Called:
    """
    One name of an area, folded: `kind` (phuong, xa, thi tran), `bare` without it; `now` if it is today's.

    `spoken` is the name with its marks, the same however the tone is placed (hoà, hòa).
    """

    code: str
    kind: str
    bare: str
    spoken: str
    now: bool


def called(code: str, name: str, *, now: bool) -> Called:
    """Return `name`, such as "Phường Tây Lộc", ready to be found."""
    kind, bare = _split(name)
    return Called(code, kind, bare, _spoken(name), now)


def matching(text: str, names: Iterable[Called]) -> tuple[str, ...]:
    """
    Return the codes of the areas that `text` means, the likeliest first.

    Only the best kind of match counts: the whole name with its marks, else without, today's before former ones, of
    the kind that was said if one was; else a name within a longer text such as an address; else the beginning of a
    name, else of one of its words.
    """
    kind, bare = _split(text)
    known = sorted(names, key=lambda name: (not name.now, name.bare, name.code))
    if len(bare) < SHORTEST or bare in KINDS:
        return ()
    whole = [name for name in known if name.bare == bare]
    tiers = (*_whole(text, kind, whole), _within(text, known), *_beginning(bare, known))
    return next((_codes(tier) for tier in tiers if tier), ())


def _whole(text: str, kind: str, names: list[Called]) -> Iterator[list[Called]]:
    exact = [name for name in names if name.spoken.endswith(_spoken(text)) and fold(text) != text.lower()]
    for pool in (exact, names):
        if kind:
            yield [name for name in pool if name.kind == kind and name.now]
            yield [name for name in pool if name.kind == kind]
        yield [name for name in pool if name.now]
        yield pool


def _spoken(text: str) -> str:
    # Tones move to the end of their word: "hoà" and "hòa" are one word, "hoa" and "hóa" are not.
    words = unicodedata.normalize("NFD", text.lower()).replace(".", " ").split()
    return " ".join("".join(sorted(word, key=TONES.__contains__)) for word in words)


def _split(text: str) -> tuple[str, str]:
    plain = fold(text)
    prefix = _PREFIX.match(plain)
    kind = KINDS[prefix[1]] if prefix else ""
    return kind, _SPACE.sub(" ", plain[prefix.end() :] if prefix else plain).strip()


def _within(text: str, known: list[Called]) -> list[Called]:
    plain = f" {_SPACE.sub(' ', fold(text)).strip()} "
    said = [name for name in known if any(f" {kind} {name.bare} " in plain for kind in _ways(name.kind))]
    return said or _longest([name for name in known if f" {name.bare} " in plain])


def _ways(kind: str) -> list[str]:
    return [way for way, meant in KINDS.items() if meant == kind]


def _longest(names: list[Called]) -> list[Called]:
    most = max((len(name.bare) for name in names), default=0)
    return [name for name in names if len(name.bare) == most]


def _beginning(bare: str, known: list[Called]) -> tuple[list[Called], list[Called]]:
    first = [name for name in known if name.bare.startswith(bare)]
    later = [name for name in known if f" {bare}" in name.bare]
    return first, later


def _codes(names: list[Called]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name.code for name in names))
