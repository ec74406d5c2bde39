"""Load Django and its rooms only for a command that needs them, so that --help answers at once."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from types import ModuleType
from typing import Any

import click
import django

from hues.config import env as environment
from hues.config import tenancy
from hues.config.env import Env
from hues.kit.later import importing


def with_rooms(module: str) -> ModuleType:
    """Install every room and return a module that uses them."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hues.config.settings")
    with importing():
        django.setup()
        return import_module(module)


def done(room: str, what: str, **given: Any) -> Any:
    """
    Run an action of a room.

    :raises ClickException: with one sentence for the terminal, if the action refuses
    """
    action, refusals = with_rooms(room), with_rooms("hues.kernel.errors")
    with in_english():
        try:
            return getattr(action, what)(**given)
        except refusals.Invalid as wrong:
            said = "\n".join(f"{field}: {words}" for field, words in wrong.fields.items())
            raise click.ClickException(said or str(wrong)) from None
        except refusals.Refusal as refused:
            raise click.ClickException(str(refused)) from None


@contextmanager
def in_english() -> Iterator[None]:
    """Let what a command tells be in one language: that of its --help, whatever the city speaks."""
    with with_rooms("django.utils.translation").override("en"):
        yield


@contextmanager
def at_work() -> Iterator[tuple[Env, str]]:
    """Yield the environment and the address of the running database, for as long as a command needs it."""
    env = environment.read()
    with tenancy.database(env) as database:
        yield env, database
