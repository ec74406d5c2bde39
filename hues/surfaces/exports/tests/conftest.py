"""Files lie in a folder of each test."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest


@pytest.fixture(autouse=True)
def _own_storage(settings: Any, tmp_path: Path) -> None:
    folder = {"BACKEND": "hues.kernel.media.storage.DurableFolder", "OPTIONS": {"location": str(tmp_path)}}
    settings.STORAGES = {**settings.STORAGES, "default": folder}
    settings.HUES = replace(settings.HUES, home=tmp_path / "home")
