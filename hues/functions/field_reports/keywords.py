"""Which categories a story speaks of, by words that the city lists: a decision without a database."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from hues.kit.text import fold

WORD: Final = re.compile(r"\w+")
STROKE: Final = "đ"
LONGEST_STORY: Final = 4_000  # characters that are looked at

type Spoken = tuple["Spelled", ...]


@dataclass(frozen=True, slots=True)
class Spelled:
    """One word: its bare letters, and the marks that were put to them, wherever they stand ("hoà", "hòa")."""

    bare: str
    marks: Counter[str]

    def may_be(self, listed: "Spelled") -> bool:
        """Test if this was meant: marks may be missing, but none may be another one ("mười" is no "muỗi")."""
        return self.bare == listed.bare and self.marks <= listed.marks


@dataclass(frozen=True, kw_only=True, slots=True)
class Keyword:
    """Some words, and the category they speak of; of equally long ones that of the lowest `order` comes first."""

    id: UUID
    words: str
    category: str
    order: int
    version: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Match:
    """A category, and the words of the city's list that were found in the story."""

    category: str
    words: str


type Found = tuple[int, Spoken, Keyword]


class Book:
    """A list of words, made ready to be looked for in many stories."""

    def __init__(self, listed: Iterable[Keyword]) -> None:
        self._by_first: dict[str, list[tuple[Spoken, Keyword]]] = {}
        for keyword in listed:
            if spoken := words_of(keyword.words):
                self._by_first.setdefault(spoken[0].bare, []).append((spoken, keyword))

    def matches(self, story: str) -> tuple[Match, ...]:
        """
        Return the categories of whatever whole words the story holds, the most specific first.

        Most specific are the most words, then the longest. Words inside of longer ones that were found say nothing:
        "sạt lở" is not meant where "sạt lở bờ sông" stands.
        """
        found = list(_uncovered(list(self._found(words_of(story[:LONGEST_STORY])))))
        found.sort(key=lambda entry: (-len(entry[1]), -sum(len(word.bare) for word in entry[1]), entry[2].order))
        best: dict[str, Match] = {}
        for _start, _spoken, keyword in found:
            best.setdefault(keyword.category, Match(category=keyword.category, words=keyword.words))
        return tuple(best.values())

    def _found(self, told: Spoken) -> Iterator[Found]:
        for start, word in enumerate(told):
            for spoken, keyword in self._by_first.get(word.bare, ()):
                if _same(told[start : start + len(spoken)], spoken):
                    yield start, spoken, keyword


def words_of(text: str) -> Spoken:
    """Return the words of a text as they are compared."""
    return tuple(_spelled(word) for word in WORD.findall(unicodedata.normalize("NFC", text).lower()))


def _spelled(word: str) -> Spelled:
    letters = unicodedata.normalize("NFD", word)
    marks = [letter for letter in letters if unicodedata.combining(letter) or letter == STROKE]
    return Spelled(bare=fold(word), marks=Counter(marks))


def _same(told: Spoken, listed: Spoken) -> bool:
    if len(told) != len(listed):
        return False
    if not any(word.marks for word in listed):  # listed without marks: however it is written
        return all(a.bare == b.bare for a, b in zip(told, listed, strict=True))
    return all(a.may_be(b) for a, b in zip(told, listed, strict=True))


def _uncovered(found: Sequence[Found]) -> Iterator[Found]:
    spans = {(start, start + len(spoken)) for start, spoken, _keyword in found}
    for start, spoken, keyword in found:
        end = start + len(spoken)
        if not any(a <= start and end <= b and b - a > end - start for a, b in spans):
            yield start, spoken, keyword
