"""Identifiers of messages: VN-HUE-2026-000012."""

import re

IDENTIFIER = re.compile(r"[A-Za-z0-9.:-]+-\d{4}-\d{6,}")


def identifier(prefix: str, year: int, count: int) -> str:
    """Return the identifier of the `count`-th message of a year; it has no space, comma, < or & as CAP asks."""
    return f"{prefix}-{year:04d}-{count:06d}"


def told_as(identifier: str) -> str:
    """Return the key under which delivery knows an alert."""
    return f"bulletins.alert:{identifier}"


def told_as_notice(number: str) -> str:
    """Return the key under which delivery knows a notice."""
    return f"bulletins.notice:{number}"


def elsewhere(key: str) -> str:
    """Return the key of what those are told for whom an alert was and its update is no longer."""
    return f"{key}:elsewhere"
