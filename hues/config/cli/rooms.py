"""Load Django and its rooms only for a command that needs them, so that --help answers at once."""

import os
from importlib import import_module
from types import ModuleType

import django


def with_rooms(module: str) -> ModuleType:
    """Install every room and return a module that uses them."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hues.config.settings")
    django.setup()
    return import_module(module)
