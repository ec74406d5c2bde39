"""What the tests of this room share."""

from collections.abc import Iterator
from typing import Any

import pytest

from hues.kernel.letters.testing import Messenger
from hues.kernel.letters.tests.dying import everybody_by_zalo


@pytest.fixture
def zalo(settings: Any) -> Iterator[Messenger]:
    """Yield Zalo, with everybody who joined it."""
    with everybody_by_zalo(settings) as machine:
        yield machine
