"""Which edition of a list is in force: asked for once while one request is answered, not with each look at the list."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from uuid import UUID

from django.db import connection

type Token = UUID | None

_asked: ContextVar[dict[str, Token] | None] = ContextVar("hues_editions", default=None)


@contextmanager
def asked_once() -> Iterator[None]:
    """Ask for each edition at most once inside of this block: one page shows one edition of the city."""
    before = _asked.set({})
    try:
        yield
    finally:
        _asked.reset(before)


def token(name: str, read: Callable[[], Token]) -> Token:
    """Return the token of the edition in force, from `read` unless this block knows it."""
    known = _asked.get()
    if known is None:
        return read()
    if name not in known:
        known[name] = read()
    return known[name]


def read_from(table: str) -> Callable[[], Token]:
    """Return what reads the token of a room's one-row table of editions; bare, since every request asks."""

    def read() -> Token:
        with connection.cursor() as cursor:
            cursor.execute(f'SELECT token FROM "{table}"')  # noqa: S608  (a name that a room gives)
            row: tuple[UUID] | None = cursor.fetchone()
        return row[0] if row else None

    return read


def changed(name: str) -> None:
    """Forget the token after writing a new edition."""
    if (known := _asked.get()) is not None:
        known.pop(name, None)
