"""A second deed while the first is written and not committed yet."""

from collections.abc import Callable
from threading import Thread

from django.db import connection, transaction

WAITING = "SELECT EXISTS (SELECT FROM pg_locks WHERE NOT granted)"


def waits_or_is_done(thread: Thread) -> bool:
    """Return once a second connection waits for a lock of ours, or its thread is done."""
    with connection.cursor() as cursor:
        while thread.is_alive():
            cursor.execute(WAITING)
            if cursor.fetchone() == (True,):
                return True
    return False


def after[T](first: Callable[[], T], second: Callable[[], T]) -> tuple[T, T, bool]:
    """Do one thing, and another one meanwhile; return what came of both, and if the second had to wait."""
    found: list[T] = []

    def run() -> None:
        try:
            found.append(second())
        finally:
            connection.close()

    thread = Thread(target=run)
    with transaction.atomic():
        one = first()
        thread.start()
        waited = waits_or_is_done(thread)
    thread.join(timeout=30)
    (other,) = found
    return one, other, waited
