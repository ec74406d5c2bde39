"""Who does the same thing at once does it one after another."""

from django.db import connection


def take_turn(name: str) -> None:
    """Wait until no other transaction holds the turn of that name; it is held until the caller's transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [name])
