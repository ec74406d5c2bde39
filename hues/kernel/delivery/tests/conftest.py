"""What the tests of this room share."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from hues.kernel.delivery.testing import PushService, a_push_service


@pytest.fixture
def service(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[PushService]:
    with a_push_service(tmp_path) as running:
        monkeypatch.setenv("SSL_CERT_FILE", str(running.authority))
        yield running
