"""Which edition of a list is in force: asked for once while one request is answered, not with each look at the list."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from typing import Any
from uuid import UUID

from psycopg import sql

from hues.kernel.statements import planned

type Token = UUID | None

_tables: dict[str, str] = {}
_asked: ContextVar[dict[str, Token] | None] = ContextVar("hues_editions", default=None)
_found: ContextVar[dict[str, Any] | None] = ContextVar("hues_found_once", default=None)


@contextmanager
def asked_once() -> Iterator[None]:
    """Ask for each edition at most once inside of this block: one page shows one edition of the city."""
    before, found = _asked.set({}), _found.set({})
    try:
        yield
    finally:
        _asked.reset(before)
        _found.reset(found)


def once[V](name: str, ask: Callable[[], V]) -> V:
    """Return what was found under that name inside of this block, else what `ask` finds: one page shows one count."""
    known = _found.get()
    if known is None:
        return ask()
    if name not in known:
        known[name] = ask()
    return known[name]  # type: ignore[no-any-return]


def kept_in(name: str, table: str) -> None:
    """Say in which table of one row a room keeps the token of its edition."""
    _tables[name] = table


def token(name: str) -> Token:
    """Return the token of the edition in force; the first question of a block is answered for all lists at once."""
    known = _asked.get()
    if known is None:
        return _read([name])[name]
    if name not in known:
        known.update(_read([other for other in _tables if other not in known]))
    return known[name]


def _read(names: Sequence[str]) -> dict[str, Token]:
    with planned() as cursor:
        cursor.execute(_question(*names))
        row: tuple[Token, ...] = cursor.fetchone()
    return dict(zip(names, row, strict=True))


@cache
def _question(*names: str) -> str:
    asked = sql.SQL(", ").join(
        sql.SQL("(SELECT token FROM {})").format(sql.Identifier(_tables[name])) for name in names
    )
    return sql.SQL("SELECT {}").format(asked).as_string()


def changed(name: str) -> None:
    """Forget the token after writing a new edition."""
    if (known := _asked.get()) is not None:
        known.pop(name, None)
