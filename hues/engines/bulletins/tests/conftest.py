"""What the tests of this room share."""

import pytest

from hues.engines.bulletins.testing import words


@pytest.fixture
def the_city(db: None) -> None:
    """Load the city that alerts are written for."""
    words()
