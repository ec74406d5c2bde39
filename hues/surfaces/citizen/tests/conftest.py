"""The city, a browser of a stranger and one of Lan, and photos in a folder of each test."""

from pathlib import Path

import pytest
from django.contrib.auth import get_user_model
from django.test import Client
from pytest_django import Settings

from hues.engines.cases.testing import the_city
from hues.kernel.agencies.testing import lan


@pytest.fixture(autouse=True)
def city(db: None, settings: Settings, tmp_path: Path) -> None:
    """Load the city, and keep what is stored in a folder of this test's own."""
    theirs = {"BACKEND": "hues.kernel.media.storage.DurableFolder", "OPTIONS": {"location": tmp_path}}
    settings.STORAGES = settings.STORAGES | {"default": theirs}
    the_city()


@pytest.fixture
def as_lan() -> Client:
    """Return Lan's browser."""
    browser = Client()
    browser.force_login(get_user_model().objects.get(pk=str(lan().person_id)))
    return browser
