"""Every test runs on a PostgreSQL of its own, started here unless DATABASE_URL names one."""

import os
import tempfile
from pathlib import Path

import pytest

from hues.config import postgres

# Set here and not in pyproject.toml: the settings are read as soon as pytest knows of them.
os.environ["DJANGO_SETTINGS_MODULE"] = "hues.config.settings"
os.environ.setdefault("HUES_DEMO", "1")
_home = Path(os.environ.setdefault("HUES_HOME", tempfile.mkdtemp(prefix="hues-test-")))
_ours = "DATABASE_URL" not in os.environ
if _ours:
    os.environ["DATABASE_URL"] = postgres.start(_home, unsafe=True)


def pytest_unconfigure(config: pytest.Config) -> None:
    """Stop the server when the process that started it is done."""
    if _ours and not hasattr(config, "workerinput"):
        postgres.stop(_home, "immediate")
