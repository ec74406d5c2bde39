"""Public numbers: PA-2026-000123."""

import re
from collections.abc import Mapping

# What an address may hold: the city's own numbers, and those that came with reports from another system (SIG-12345).
SHAPE = r"[A-Z]{2,6}-\d[\d-]{0,16}"
LONGEST = 24
_NUMBER = re.compile(r"([A-Z]{2,6})-(\d{4})-(\d{6,12})")
_SHORT = re.compile(r"(?:(?P<prefix>[A-Z]{2,6})[- ]?)?(?:(?P<year>20\d\d)[- ])?(?P<count>\d{1,12})")
FEWEST_DIGITS = 4  # of a number that stands alone; fewer are the number of a house
# A year of the largest city is some hundred thousand reports: a number further on than this is a slip, and all after it
# would be as long, until addresses can't hold them.
FURTHEST = 1_000_000
MOST_COUNT = 99_999_999
MOST_PARTS = 99  # in all the rounds that a case is split and joined again


def public_number(prefix: str, year: int, count: int) -> str:
    """Return the public number of the `count`-th case of a year; it has at least six digits."""
    return f"{prefix}-{year:04d}-{count:06d}"


def part_number(whole: str, turn: int) -> str:
    """Return the number of the `turn`th part of a case, which says of which: PA-2026-000123-2."""
    return f"{whole}-{turn}"


def parse(number: str) -> tuple[str, int, int] | None:
    """Return prefix, year and count of a public number, or None if it is none."""
    found = _NUMBER.fullmatch(number.strip().upper())
    return (found[1], int(found[2]), int(found[3])) if found else None


def is_far(year: int, count: int, *, last: Mapping[int, int], this_year: int) -> bool:
    """Test if a number of the city's own is of a year to come, or far beyond the `last` one that its year has."""
    return year > this_year or count > min(last.get(year, 0) + FURTHEST, MOST_COUNT)


def is_public(number: str) -> bool:
    """Test if a number can stand in an address."""
    return len(number) <= LONGEST and re.fullmatch(rf"{SHAPE}(?<!-)", number, re.ASCII) is not None


def can_be_split(number: str) -> bool:
    """Test if the numbers of its parts can stand in an address too."""
    return is_public(part_number(number, MOST_PARTS))


def meant(typed: str, *, prefix: str, year: int) -> tuple[str, ...]:
    """
    Return the numbers that somebody may mean who types one whole or in short, the likeliest first.

    In short are 001903, 1903 and 2026-1903, of which `prefix` and `year` are left out; without a year it may be of
    the year before.
    """
    text = typed.strip().upper()
    whole = (text,) if is_public(text) else ()
    found = _SHORT.fullmatch(text)
    if not found or not (found["prefix"] or found["year"] or len(found["count"]) >= FEWEST_DIGITS):
        return whole
    years = (int(found["year"]),) if found["year"] else (year, year - 1)
    short = (public_number(found["prefix"] or prefix, of_year, int(found["count"])) for of_year in years)
    return tuple(dict.fromkeys((*whole, *short)))
