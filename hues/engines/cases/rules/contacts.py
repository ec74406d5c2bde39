"""How somebody is reached or known in what people write: telephones, e-mail, accounts, identity, plates of vehicles."""

import re
import unicodedata
from collections.abc import Collection, Iterator
from typing import Final

from hues.engines.cases.rules.contact_numbers import (
    COMMAS,
    DATE,
    IDENTITY,
    LETTER_O,
    NAMED,
    NUMBERED,
    PHONE,
    PLATE,
    PUBLIC_LINES,
    SUM,
    THING,
)
from hues.engines.cases.rules.contact_words import (
    ACCOUNT,
    AT,
    DIGITS,
    DOT,
    HANDLE,
    MAIL,
    NICK,
    PUBLIC_MAIL,
    SPELLED,
    SPOKEN,
)
from hues.engines.cases.rules.covering import marked_at
from hues.kit.text import fold

_GONE: Final = "\0"  # tidied words hold none


def found(text: str, official: Collection[str] = ()) -> tuple[str, ...]:
    """Return every contact that a text holds, as it is written there, but those that are `official` (see `bare`)."""
    return tuple(dict.fromkeys(text[start:end] for start, end in _places(text, official)))


def without(text: str, official: Collection[str] = ()) -> str:
    """Return a text with a mark in place of every contact."""
    return marked_at(text, _places(text, official))


def without_own(text: str, own: Collection[str]) -> str:
    """Return a text with a mark in place of the contacts that are one of `own`, however they are written there."""
    wanted = {bare(contact) for contact in own if contact}
    return marked_at(text, [(start, end) for start, end in _places(text, ()) if bare(text[start:end]) in wanted])


def bare(contact: str) -> str:
    """Return a contact as two of them are compared: an address in small letters, a number in digits from its 0 on."""
    plain = DOT.sub(".", AT.sub("@", _folded(contact)[0].strip()))
    if "@" in plain or ACCOUNT.fullmatch(plain):
        return re.sub(r"^(?:https?://)?(?:(?:www|m)\.(?=\w+\.))?|/$", "", plain.lower())
    return re.sub(r"^(?:00)?84(?=\d{8})0?", "0", re.sub(r"\D", "", plain))


def _places(text: str, official: Collection[str]) -> list[tuple[int, int]]:
    plain, whence = _folded(text)
    for free in (NUMBERED, DATE, SUM, THING):
        plain = free.sub(lambda one: _GONE * len(one[0]), plain)
    taken: list[tuple[int, int]] = []
    for form in (MAIL, NAMED, PLATE, PHONE, COMMAS, IDENTITY, ACCOUNT, HANDLE, NICK):
        it = "it" if "it" in form.groupindex else 0
        for match in form.finditer(plain):
            if not _is_public(bare(match[it]), official):
                taken.append((whence[match.start(it)][0], whence[match.end(it) - 1][1]))
        plain = form.sub(lambda one: _GONE * len(one[0]), plain)
    return sorted(taken)


def _is_public(contact: str, official: Collection[str]) -> bool:
    return contact in official or bool(PUBLIC_MAIL.search(contact) or PUBLIC_LINES.fullmatch(contact))


def _folded(text: str) -> tuple[str, list[tuple[int, int]]]:
    """Return a text in plain signs, and from where to where in the text each of them was written."""
    plain, whence = [], []
    for start, end in _letters(text):
        for sign in unicodedata.normalize("NFKC", text[start:end]):
            if unicodedata.category(sign) != "Cf" and sign != "\r":
                plain.append(_plain(sign))
                whence.append((start, end))
    return _digits(LETTER_O.sub(lambda one: "0" * len(one[0]), "".join(plain)), whence)


def _digits(plain: str, whence: list[tuple[int, int]]) -> tuple[str, list[tuple[int, int]]]:
    """Return plain signs with a digit for each digit that is spoken in a row of them: “không chín không một …”."""
    written, since = "", 0
    places: list[tuple[int, int]] = []
    for row in SPELLED.finditer(plain):
        written, places = written + plain[since : row.start()], places + whence[since : row.start()]
        for word in SPOKEN.finditer(plain, row.start(), row.end()):
            written += DIGITS[fold(word[0])] + " "
            places += [(whence[word.start()][0], whence[word.end() - 1][1])] * 2
        since = row.end()
    return written + plain[since:], places + whence[since:]


def _letters(text: str) -> Iterator[tuple[int, int]]:
    """Yield where each letter begins and ends, with the marks that are written behind it."""
    start = 0
    for place in range(1, len(text) + 1):
        if place == len(text) or not unicodedata.combining(text[place]):
            yield start, place
            start = place


def _plain(sign: str) -> str:
    kind = unicodedata.category(sign)
    if kind == "Nd":
        return str(unicodedata.decimal(sign))
    return "-" if kind == "Pd" or sign == "−" else " " if kind == "Zs" or sign == "\t" else sign
