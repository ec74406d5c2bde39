"""What the tests of this room share."""

import pytest
from django.core.cache import cache


@pytest.fixture
def no_limits_of_other_tests(db: None) -> None:
    """Forget how often others have asked."""
    cache.clear()
