"""Identifiers of messages: VN-HUE-2026-000012."""

import re
from unicodedata import normalize

IDENTIFIER = re.compile(r"[A-Za-z0-9.:-]+-\d{4}-\d{6,}")
LONGEST = 200  # letters that are looked at
_GAPS = re.compile(r"\s*-\s*")
_PRINTED = re.compile(r"(?<![A-Z])[A-Z]+(?:[.:-][A-Z]+)*-\d{4}-\d{6,}", re.ASCII)
_ALONE = re.compile(r"[A-Z]+(?:[\s-]+[A-Z]+)*[\s-]+\d{4}[\s-]+\d{6,}", re.ASCII)  # gaps for dashes: nothing else beside
_DASHES = dict.fromkeys(map(ord, "\u2010\u2011\u2012\u2013\u2014\u2015\u2212"), "-")


def identifier(prefix: str, year: int, count: int) -> str:
    """Return the identifier of the `count`-th message of a year; it has no space, comma, < or & as CAP asks."""
    return f"{prefix}-{year:04d}-{count:06d}"


def as_printed(typed: str) -> str:
    """Return the number that somebody means, "" for none: with gaps, other dashes, small letters, in a whole link."""
    said = _GAPS.sub("-", normalize("NFKC", typed[:LONGEST]).translate(_DASHES)).upper().strip()
    if _ALONE.fullmatch(said):
        said = re.sub(r"[\s-]+", "-", said)
    found = _PRINTED.search(said)
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
