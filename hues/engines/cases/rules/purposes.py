"""What somebody says that they need to look behind a seal for, or why a case is not over: words that say something."""

import re
from typing import Final

LETTERS, DIFFERENT = 10, 2
BROKEN_STILL = 20  # letters
_WORD: Final = re.compile(r"[^\W\d_]+")


def says_something(purpose: str) -> bool:
    """Test if a purpose can be one at all: its reporter reads it, and "xxxxxxxxxx" tells nobody anything."""
    return _has(purpose, LETTERS)


def says_what_is_wrong(text: str) -> bool:
    """Test if words alone can be a reason to begin again: whoever comes must know what to look for."""
    return _has(text, BROKEN_STILL)


def _has(text: str, letters: int) -> bool:
    words = _WORD.findall(text.casefold())
    return len(set(words)) >= DIFFERENT and sum(map(len, words)) >= letters
