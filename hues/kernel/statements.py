"""
Statements that Django composes once a process and the database plans once a connection.

Composing a query costs Django more than asking it. The few questions that every page asks are declared as
`@composed` builders of querysets; what differs from call to call comes by name, as a value.
"""

import re
from collections.abc import Callable, Generator, Iterable
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import Enum
from functools import lru_cache, partial
from typing import Any, Final, cast
from uuid import UUID, uuid5

from django.core.exceptions import EmptyResultSet
from django.db import DEFAULT_DB_ALIAS, connection
from django.db.backends.postgresql.base import ServerBindingCursor
from django.db.models import BooleanField, F, Func, Value
from psycopg import sql
from psycopg.generators import copy_from
from psycopg.pq.abc import PGconn

type Row = dict[str, Any]
type Build = Callable[..., Any]  # of a queryset by `.values(…)`
type Kinds = tuple[tuple[str, Any], ...]

PLAIN: Final = (str, int, UUID, datetime)
SHAPES: Final = 64  # of one builder that are kept
LONG_AGO: Final = datetime(1802, 6, 1, tzinfo=UTC)
SPACE: Final = UUID("5f0c1b1e-7d54-4a53-9d5e-0d3a5a1f8a11")


@dataclass(frozen=True, slots=True)
class _Many:
    """The kind of a collection: how one of its members is marked."""

    member: type


@dataclass(frozen=True, kw_only=True, slots=True)
class _Statement:
    text: str
    order: tuple[str, ...]
    columns: tuple[str, ...]
    converters: tuple[tuple[str, tuple[Callable[..., Any], ...], Any], ...]

    def rows(self, values: dict[str, Any], cursor_of: Callable[[], Any]) -> list[Row]:
        given = [values[name] for name in self.order]
        with closing(cursor_of()) as cursor:
            cursor.execute(self.text, given)
            rows = [dict(zip(self.columns, row, strict=True)) for row in cursor.fetchall()]
        for name, converters, expression in self.converters:
            for row in rows:
                for convert in converters:
                    row[name] = convert(row[name], expression, connection)
        return rows

    def csv(self, values: dict[str, Any]) -> bytes:
        """Return the rows as lines of CSV that the database writes, and Python only hands on."""
        copied = f"COPY ({self.text}) TO STDOUT (FORMAT csv)"
        with connection.cursor() as cursor, cursor.copy(copied, [values[name] for name in self.order]) as copy:
            lines: bytes = copy.connection.wait(_all_of(copy.connection.pgconn))
        return lines


class composed:  # noqa: N801 a decorator
    """
    Asks what a builder of querysets would ask by `.values(…)`, composed at the first call of each shape.

    What is given by place is part of the shape, and so are None, truth values and members of an Enum. Text, numbers,
    instants, ids and collections of them that are given by name are values: the builder may hand them to the query,
    as they are, and never look at what they hold. A collection goes through `among`.

    :raises LookupError: at the first call, if a value does not arrive in the query as it was given
    """

    def __init__(self, build: Build) -> None:
        self._build = build
        self._statement = lru_cache(maxsize=SHAPES)(partial(_compose, build))

    @staticmethod
    def _cursor() -> Any:
        return planned()

    def __call__(self, *shape: Any, **values: Any) -> list[Row]:
        """Return the rows."""
        kinds = {name: _kind(value) for name, value in values.items()}
        try:
            asked = self._statement(shape, tuple(kinds.items()))
        except EmptyResultSet:
            return []
        given = {n: list(value) if isinstance(kinds[n], _Many) else value for n, value in values.items()}
        return asked.rows(given, self._cursor)

    def afresh(self, *shape: Any, **values: Any) -> list[Row]:
        """Return the rows without keeping anything: for shapes of which there are too many, or that change."""
        return list(self._build(*shape, **values))


class planned_anew(composed):  # noqa: N801 a decorator
    """As `composed`, but planned each time, with its values: for words, of which some are common and some rare."""

    @staticmethod
    def _cursor() -> Any:
        return connection.cursor()

    def as_csv(self, *shape: Any, **values: Any) -> bytes:
        """Return the rows as lines of CSV, in the order of the columns; none where nothing can match."""
        try:
            return self._statement(shape, tuple((name, _kind(value)) for name, value in values.items())).csv(values)
        except EmptyResultSet:
            return b""


def like(column: str, pattern: str) -> Func:
    """Return the condition that a column is like a pattern of SQL, as one value of the statement."""
    return Func(
        F(column),
        Value(pattern),
        template="(%(expressions)s)",
        arg_joiner=" LIKE ",
        output_field=BooleanField(),
    )


def among(column: str, values: Iterable[Any]) -> Func:
    """Return the condition that a column holds one of many values, as one value of the statement however many."""
    return Func(
        F(column),
        Func(Value(list(values)), function="ANY"),
        template="(%(expressions)s)",
        arg_joiner=" = ",
        output_field=BooleanField(),
    )


def _all_of(session: PGconn) -> Generator[Any, Any, bytes]:
    """Read what is copied in one go: a page has five thousand lines, and waiting for each costs more than they do."""
    lines = list[memoryview]()
    while isinstance(line := (yield from copy_from(session)), memoryview):
        lines.append(line)
    return b"".join(lines)


def _kind(value: Any) -> Any:
    """Return what of a value is part of the shape: the value itself, or only what it is."""
    if value is None or isinstance(value, bool | Enum):
        return value
    plain = next((kind for kind in PLAIN if isinstance(value, kind)), None)
    return plain or _Many(_kind(next(iter(value), "")))


def _mark(name: str, kind: Any) -> Any:
    """Return a value of that kind that stands for another, and that nobody would write."""
    if isinstance(kind, _Many):
        return [_mark(name, kind.member)]
    own = uuid5(SPACE, name)
    marks: dict[Any, Any] = {
        str: f"\ue000{name}\ue000",
        int: own.int % 1_000_000_000 + 1_000_000_000,
        UUID: own,
        datetime: LONG_AGO + timedelta(microseconds=own.int % 10**12),
    }
    return marks[kind]


def _compose(build: Build, shape: tuple[Any, ...], kinds: Kinds) -> _Statement:
    marks = {name: _mark(name, kind) for name, kind in kinds if isinstance(kind, type | _Many)}
    connection.ensure_connection()
    query = build(*shape, **{name: marks.get(name, kind) for name, kind in kinds}).query
    compiler = query.get_compiler(DEFAULT_DB_ALIAS)
    text, params = compiler.as_sql()
    order, pieces = list[str](), list[str]()
    for param in params:
        name = next((name for name, mark in marks.items() if param == mark), "")
        order += [name] if name else []
        pieces.append("%s" if name else sql.Literal(param).as_string(connection.connection).replace("%", "%%"))
    if missing := set(marks) - set(order):
        raise LookupError(f"{build.__qualname__} does not ask for {sorted(missing)} as given")
    left, columns = iter(pieces), tuple(query.selected)
    converters = compiler.get_converters([expression for expression, _, _ in compiler.select[: compiler.col_count]])
    return _Statement(
        text=re.sub("%[%s]", lambda found: next(left) if found[0] == "%s" else "%%", text),
        order=tuple(order),
        columns=columns,
        converters=tuple((columns[at], tuple(several), expression) for at, (several, expression) in converters.items()),
    )


def planned() -> Any:
    """Return a cursor whose statements are prepared: the text goes to the database once, then only values do."""
    database, cursor = cast(Any, connection), cast(Any, ServerBindingCursor)
    database.close_if_health_check_failed()
    database.ensure_connection()
    return database._prepare_cursor(cursor(database.connection))
