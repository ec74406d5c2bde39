"""Numbers of people of whom a few would tell who: told roughly, so that two of them are no use to be subtracted."""

from typing import Final

FEW: Final = 10
MANY: Final = 1_000


def roughly(n: int) -> int:
    """Return a number to the nearest ten, from a thousand on to the nearest hundred; of fewer than ten nothing (0)."""
    if n < FEW:
        return 0
    step = FEW if n < MANY else FEW * FEW
    return (n + step // 2) // step * step


def in_a_file(n: int, *, rough: bool) -> int | str:
    """Return a number as a column of a file has it."""
    return n if not rough else roughly(n) or f"<{FEW}"
