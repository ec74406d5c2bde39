"""Who sits at the desk of the centre."""

import pytest
from django.test import Client

from hues.kernel.agencies import testing as cast
from hues.surfaces.desks.testing import at_desk


@pytest.fixture
def thao() -> Client:
    """Return the operator's browser."""
    return at_desk(cast.operator())
