"""Which years somebody can mean: an instant of any other fits neither every calendar nor every database."""

from datetime import date
from typing import Final

YEARS: Final = range(2000, 2101)


def meant(day: date) -> bool:
    """Test if somebody can mean this day, or this instant of one."""
    return day.year in YEARS
