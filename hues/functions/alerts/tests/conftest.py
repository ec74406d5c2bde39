"""A city that listens to a met service on this machine."""

import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from django.conf import settings as present

from hues.engines.bulletins.testing import words
from hues.functions.alerts.tests.met import Met, forget


@pytest.fixture
def met(tmp_path: Path, settings: Any) -> Iterator[Met]:
    """Let the city of this test listen to a met service on this machine."""
    server = Met()
    Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
    folder = Path(shutil.copytree(present.HUES.city, tmp_path / "city"))
    address = f"http://127.0.0.1:{server.server_port}/feed"
    (folder / "alert_sources.csv").write_text(f"code,vi,en,url\nmet,Đài Khí tượng,Met Office,{address}\n", "utf-8")
    settings.HUES = replace(present.HUES, city=folder)
    forget()
    words()
    yield server
    server.shutdown()
    server.server_close()
    forget()
