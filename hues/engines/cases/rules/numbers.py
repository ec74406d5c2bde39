"""Public numbers: PA-2026-000123."""

import re

_NUMBER = re.compile(r"([A-Z]{2,4})-(\d{4})-(\d{6,10})")


def public_number(prefix: str, year: int, count: int) -> str:
    """Return the public number of the `count`-th case of a year; it has at least six digits."""
    return f"{prefix}-{year:04d}-{count:06d}"


def parse(number: str) -> tuple[str, int, int] | None:
    """Return prefix, year and count of a public number, or None if it is none."""
    found = _NUMBER.fullmatch(number.strip().upper())
    return (found[1], int(found[2]), int(found[3])) if found else None
