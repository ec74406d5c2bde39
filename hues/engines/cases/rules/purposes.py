"""What somebody says that they need to look behind a seal for."""

import re
from typing import Final

LETTERS, DIFFERENT = 10, 2
_WORD: Final = re.compile(r"[^\W\d_]+")


def says_something(purpose: str) -> bool:
    """Test if a purpose can be one at all: its reporter reads it, and "xxxxxxxxxx" tells nobody anything."""
    words = _WORD.findall(purpose.casefold())
    return len(set(words)) >= DIFFERENT and sum(map(len, words)) >= LETTERS
