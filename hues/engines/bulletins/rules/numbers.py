"""Identifiers of messages: VN-HUE-2026-000012."""

import re
from collections.abc import Iterable
from typing import Final
from unicodedata import normalize

IDENTIFIER: Final = re.compile(r"[A-Za-z0-9.:-]+-\d{4}-\d{6,}")
NOTICES: Final = "TB"  # before the numbers of notices
LONGEST: Final = 1_000  # letters that are looked at: more than anybody passes on
_GAPS: Final = re.compile(r"\s*-\s*")
_PRINTED: Final = re.compile(r"(?<![A-Z0-9])[A-Z0-9]+(?:[.:-][A-Z0-9]+)*-\d{4}-\d{6,}", re.ASCII)
_DASHES: Final = dict.fromkeys(map(ord, "\u2010\u2011\u2012\u2013\u2014\u2015\u2212"), "-")


def identifier(prefix: str, year: int, count: int) -> str:
    """Return the identifier of the `count`-th message of a year; it has no space, comma, < or & as CAP asks."""
    return f"{prefix}-{year:04d}-{count:06d}"


def as_printed(typed: str, prefixes: Iterable[str]) -> str:
    """
    Return the number that somebody means, "" for none: with gaps, other dashes, small letters, amid words, in a link.

    One that begins with a prefix of the city's own is meant rather than what looks like a number beside it.
    """
    said = normalize("NFKC", typed[:LONGEST]).translate(_DASHES).upper()
    for prefix in prefixes:
        parts = (re.escape(part) for part in prefix.upper().split("-"))
        own = rf"(?<![A-Z0-9])({r'[\s-]*'.join(parts)})[\s-]*(\d{{4}})[\s-]*(\d{{6,}})"
        if found := re.search(own, said, re.ASCII):
            return f"{prefix}-{found[2]}-{found[3]}"
    found = _PRINTED.search(_GAPS.sub("-", said))
    return found[0] if found else ""


def told_as(identifier: str) -> str:
    """Return the key under which delivery knows an alert."""
    return f"bulletins.alert:{identifier}"


def told_as_notice(number: str) -> str:
    """Return the key under which delivery knows a notice."""
    return f"bulletins.notice:{number}"


def elsewhere(key: str) -> str:
    """Return the key of what those are told for whom an alert was and its update is no longer."""
    return f"{key}:elsewhere"
