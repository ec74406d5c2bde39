"""Vietnamese text: folding for search, tidying what people typed, words in two languages."""

import re
import unicodedata
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise as Words
else:
    Words = object

__all__ = ["Bilingual", "Words", "fold", "number", "pick", "tidy", "whole"]

type Bilingual = dict[str, str]

# What nobody sees, and what XML may not hold.
_CONTROL = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\xad\u034f\u061c\u115f\u1160\u180b-\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2069"
    r"\u2800\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff9-\ufffb\ufffe\uffff\U000e0000-\U000e007f]"
)
# The blocks of combining marks; one pass of the regular expression is four times faster than asking of each character.
_MARKS = re.compile(r"[\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]+")
_STROKE = str.maketrans({"đ": "d", "Đ": "d", "ð": "d", "Ð": "d"})


def fold(text: str) -> str:
    """Return `text` in lower case without tone marks, so that "den duong" meets "đèn đường"."""
    bare = _MARKS.sub("", unicodedata.normalize("NFD", text.translate(_STROKE)))
    return " ".join(bare.lower().split())


def tidy(text: str) -> str:
    """Return `text` composed (NFC), with one kind of line end and nothing invisible in it."""
    seen = _CONTROL.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))  # first: what parts a letter from its mark
    clean = unicodedata.normalize("NFC", seen)
    return "\n".join(line.rstrip() for line in clean.split("\n")).strip()


def whole(text: str) -> str:
    """Return `text` tidied; half a surrogate pair, which is valid in JSON and nowhere else, becomes a mark."""
    return tidy(text.encode("utf-16", "surrogatepass").decode("utf-16", "replace"))


def pick(words: Bilingual, language: str) -> str:
    """Return the reader's language of `words`, else Vietnamese, else whatever there is."""
    return words.get(language[:2]) or words.get("vi") or next(iter(words.values()), "")


def number(text: str) -> int:
    """Return the number that `text` spells in at most nine digits, or -1 if it spells none."""
    digits = text.strip()
    return int(digits) if digits.isascii() and digits.isdigit() and len(digits) <= 9 else -1
