"""
The ground that tests stand on: the city's own wards, agencies and categories, laid once a database.

A test finds them as if they had been there long before: nothing of it is in the journal, and nothing is owed.
A test that commits leaves empty tables behind; `lay_again` fills them from copies.
"""

from django.db import connection, transaction
from psycopg import sql

from hues.engines.cases.testing import the_city

COPIES = "ground"
HISTORY = ("journal_entry", "procrastinate_jobs")


def lay() -> None:
    """Load the city into a new database, forget that it was just now, and keep copies of what was filled."""
    if _laid():
        return  # a database that was kept (--reuse-db)
    before = set(_filled())
    with transaction.atomic(), connection.cursor() as cursor:
        the_city()
        cursor.execute(sql.SQL("TRUNCATE {} CASCADE").format(sql.SQL(", ").join(map(sql.Identifier, HISTORY))))
        cursor.execute(sql.SQL("CREATE SCHEMA {}").format(sql.Identifier(COPIES)))
        for table in sorted(set(_filled()) - before):
            copy = sql.Identifier(COPIES, table)
            cursor.execute(sql.SQL("CREATE TABLE {} AS TABLE {}").format(copy, sql.Identifier("public", table)))


@transaction.atomic
def lay_again() -> None:
    """Fill the tables that somebody emptied; what refers to what is looked at when all is there."""
    with connection.cursor() as cursor:
        for table in _laid():
            kept = sql.SQL("INSERT INTO {} SELECT * FROM {}")
            cursor.execute(kept.format(sql.Identifier("public", table), sql.Identifier(COPIES, table)))


def clear() -> None:
    """Take the ground away, for a test of what lays it."""
    with connection.cursor() as cursor:
        tables = sql.SQL(", ").join(sql.Identifier("public", table) for table in _laid())
        cursor.execute(sql.SQL("TRUNCATE {} CASCADE").format(tables))


def _filled() -> list[str]:
    with connection.cursor() as cursor:
        names = [info.name for info in connection.introspection.get_table_list(cursor)]
        return [name for name in names if _has_rows(name)]


def _has_rows(table: str) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(sql.SQL("SELECT EXISTS (SELECT FROM {})").format(sql.Identifier("public", table)))
        row: tuple[bool] = cursor.fetchone()
        return row[0]


def _laid() -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = %s ORDER BY tablename", [COPIES])
        return [name for (name,) in cursor.fetchall()]
