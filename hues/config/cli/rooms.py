"""Load Django and its rooms only for a command that needs them, so that --help answers at once."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from types import ModuleType

import django

from hues.config import env as environment
from hues.config import tenancy
from hues.config.env import Env


def with_rooms(module: str) -> ModuleType:
    """Install every room and return a module that uses them."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hues.config.settings")
    django.setup()
    return import_module(module)


@contextmanager
def at_work() -> Iterator[tuple[Env, str]]:
    """Yield the environment and the address of the running database, for as long as a command needs it."""
    env = environment.read()
    with tenancy.database(env) as database:
        yield env, database
