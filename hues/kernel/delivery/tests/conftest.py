"""What the tests of this room share."""

from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as present

from hues.kernel.delivery.testing import PushService, a_push_service
from hues.kernel.delivery.testing.mosquitto import Broker, Siren, a_broker, a_siren
from hues.kernel.delivery.tests.sounding import SITES


@pytest.fixture(autouse=True)
def signed_in_beyond_noon(settings: Any) -> None:
    """Let sessions that begin now last beyond the noon of these tests, or what is one's own would be kept back."""
    settings.SESSION_COOKIE_AGE = 60 * 60 * 24 * 365 * 20


@pytest.fixture
def service(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[PushService]:
    with a_push_service(tmp_path) as running:
        monkeypatch.setenv("SSL_CERT_FILE", str(running.authority))
        yield running


@pytest.fixture
def broker(settings: Any, tmp_path: Path) -> Iterator[Broker]:
    with a_broker(tmp_path) as broker:
        settings.HUES = replace(present.HUES, siren_url=broker.url)
        yield broker


@pytest.fixture
def town(broker: Broker) -> Iterator[dict[str, Siren]]:
    """Yield the sirens of the city's list."""
    with ExitStack() as sirens_:
        yield {site: sirens_.enter_context(a_siren(broker, site)) for site in SITES}
