"""The city, a browser of a stranger and one of Lan, and photos in a folder of each test."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as present
from django.contrib.auth import get_user_model
from django.test import Client
from pytest_django import Settings

from hues.engines.cases.testing import the_city
from hues.functions.field_reports.tests.lettering import at_desk
from hues.kernel.agencies import testing as cast
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


@pytest.fixture
def desk(settings: Any) -> Client:
    """Return an operator's browser, in a city that writes by Zalo."""
    settings.HUES = replace(present.HUES, zalo_url="https://app:secret@openapi.zalo.example")
    return at_desk(cast.operator())
