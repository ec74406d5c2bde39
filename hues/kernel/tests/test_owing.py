"""A job is owed by the transaction that makes it due, in a worker too."""

import asyncio
from collections.abc import Callable, Iterator
from contextlib import suppress

import pytest
from django.db import connection, transaction
from procrastinate.contrib.django import app as queue

from hues.kernel.owing import owe

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _empty_queue() -> Iterator[None]:
    yield
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM procrastinate_jobs")


def owed() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM procrastinate_jobs")
        return int(cursor.fetchone()[0])


def in_a_worker(react: Callable[[], None]) -> None:
    """Run something as a worker runs a reaction: in a thread, while the queue has the worker's own connections."""

    def reacting() -> None:
        try:
            react()
        finally:
            connection.close()

    async def working() -> None:
        async with queue.open_async():
            await asyncio.to_thread(reacting)

    connector = queue.connector.get_worker_connector()  # type: ignore[attr-defined]
    with queue.replace_connector(connector):
        asyncio.run(working())


def test_what_a_reaction_owed_goes_with_it_when_it_is_taken_back() -> None:
    def react() -> None:
        with suppress(ZeroDivisionError), transaction.atomic():
            owe("hues.clocks.sweep", lane="clocks", timestamp=0)
            raise ZeroDivisionError

    in_a_worker(react)
    assert owed() == 0


def test_what_a_reaction_owes_is_there_once_it_has_settled() -> None:
    def react() -> None:
        with transaction.atomic():
            owe("hues.clocks.sweep", lane="clocks", timestamp=0)

    in_a_worker(react)
    assert owed() == 1
