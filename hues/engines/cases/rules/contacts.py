"""How somebody is reached or known, in what people write: telephone numbers, e-mail addresses, numbers of identity."""

import re
from collections.abc import Collection
from typing import Final

from hues.engines.cases.rules.covering import MARK

MAIL: Final = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
# 0901 234 567 · 0901.234.567 · 0234-3822-123 · +84 901 234 567 · 84901234567
PHONE: Final = re.compile(r"(?<![\w/.,+-])(?:\(?\+?84\)?|\(?0)(?:[ .()-]{0,2}\d){8,10}(?![\w/]|[ .,-]?\d)")
# Twelve digits of a citizen's card, nine of the older one, at once or in threes: 046 201 001 234
IDENTITY: Final = re.compile(r"(?<!\d )(?<![\w/.,+-])\d{3}(?: ?\d{3}){2,3}(?![\w/]|[ .,]?\d)")
COUNTED: Final = re.compile(r"\s*(?:đồng|dong|đ|vnđ|vnd|triệu|m2|m²|m3|m³|km|kwh|usd|\$)(?!\w)", re.IGNORECASE)
# Everybody's: hotlines, and addresses of the state.
PUBLIC_LINES: Final = re.compile(r"(?:1800|1900)\d{4,6}")
PUBLIC_MAIL: Final = re.compile(r"@(?:[\w-]+\.)*gov\.vn$", re.IGNORECASE)
# ông Nguyễn Văn A · chị Hoa: the first word never with a capital, for so begin streets (Bà Triệu, Ông Ích Khiêm)
_CAPITALS: Final = "".join(letter for letter in map(chr, range(0x1F00)) if letter.isupper())
_WORD: Final = rf"[{_CAPITALS}][^\W\d_]*"
NAMED: Final = re.compile(rf"\b(ông|bà|anh|chị|cô|chú|bác|thầy)\s+{_WORD}(?:\s+{_WORD}){{0,4}}")


def found(text: str, official: Collection[str] = ()) -> tuple[str, ...]:
    """Return every contact that a text holds, as it is written there, but those that are `official` (see `bare`)."""
    return tuple(dict.fromkeys(text[start:end] for start, end in _places(text, official)))


def without(text: str, official: Collection[str] = ()) -> str:
    """Return a text with a mark in place of every contact."""
    kept, since = [], 0
    for start, end in _places(text, official):
        kept += [text[since:start], MARK]
        since = end
    return "".join([*kept, text[since:]])


def without_names(text: str) -> str:
    """Return a text with a mark in place of the names that stand behind a word for a person."""
    return NAMED.sub(rf"\1 {MARK}", text)


def bare(contact: str) -> str:
    """Return a contact as two of them are compared: an address in small letters, a number in digits from its 0 on."""
    if "@" in contact:
        return contact.strip().lower()
    digits = re.sub(r"\D", "", contact)
    return f"0{digits[2:]}" if digits.startswith("84") and len(digits) > 9 else digits


def _places(text: str, official: Collection[str]) -> list[tuple[int, int]]:
    taken: list[tuple[int, int]] = []
    for form in (MAIL, IDENTITY, PHONE):
        for match in form.finditer(text):
            start, end = match.span()
            known = bare(match[0]) in official or PUBLIC_MAIL.search(match[0]) or PUBLIC_LINES.fullmatch(bare(match[0]))
            counted = form is not MAIL and COUNTED.match(text, end)
            if not known and not counted and all(end <= a or b <= start for a, b in taken):
                taken.append((start, end))
    return sorted(taken)
