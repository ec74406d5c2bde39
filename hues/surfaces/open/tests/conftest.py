"""A city with its categories, and the key that everybody knows."""

import pytest

from hues.engines.cases.testing import the_city


@pytest.fixture(autouse=True)
def _city(db: None) -> None:
    the_city()
