"""The wards of the city, for other rooms' tests."""

from datetime import UTC, datetime

from hues.kernel.areas import actions

BEFORE = datetime(2025, 7, 1, tzinfo=UTC)


def the_wards() -> None:
    """Load the city's wards, if they are not there yet."""
    actions.load_city(at=BEFORE)
