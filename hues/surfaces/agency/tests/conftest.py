"""Who sits at an agency's desk."""

import pytest
from django.test import Client

from hues.kernel.agencies import testing as cast
from hues.surfaces.desks.testing import at_desk


@pytest.fixture
def minh() -> Client:
    """Return Minh's browser."""
    return at_desk(cast.minh())
