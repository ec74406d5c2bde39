"""A worker runs what it holds, also what it was handed or finished with a word that got lost."""

import asyncio
from collections.abc import Awaitable, Callable, Iterator, Sequence

import pytest
from django.db import connection
from procrastinate.contrib.django import app as queue

from hues.config import working
from hues.kernel.delivery.lanes import SIRENS

pytestmark = pytest.mark.django_db(transaction=True)
LOOK = 0.25  # seconds: longer than the word that a job has ended takes
ran: list[int] = []
waits: dict[int, asyncio.Event] = {}


@queue.task(name="tests.working", queue="tests")
async def note(n: int) -> None:
    ran.append(n)
    if n in waits:
        await waits[n].wait()


@pytest.fixture(autouse=True)
def _nothing_left() -> Iterator[None]:
    ran.clear()
    waits.clear()
    yield
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM procrastinate_jobs")


def hold(n: int) -> None:
    """Write down a job as that of the living worker, which was never told of it."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO procrastinate_jobs (queue_name, task_name, status, worker_id, args)"
            " SELECT 'tests', 'tests.working', 'doing', max(id), jsonb_build_object('n', %s)"
            " FROM procrastinate_workers",
            [n],
        )
    connection.close()


async def until(holds: Callable[[], bool]) -> None:
    async with asyncio.timeout(30):
        while not holds():
            await asyncio.sleep(0.01)


def at_work(story: Callable[[], Awaitable[None]], *, queues: Sequence[str] = ("tests",)) -> None:
    """Let a worker look often at what it holds while a story happens."""

    async def both() -> None:
        worker = asyncio.create_task(working.run(queue, look=LOOK, queues=[*queues], install_signal_handlers=False))
        try:
            await story()
        finally:
            worker.cancel()
            await asyncio.gather(worker, return_exceptions=True)

    queue.configure_task("tests.working").defer(n=1)
    connector = queue.connector.get_worker_connector()  # type: ignore[attr-defined]
    with queue.replace_connector(connector):
        asyncio.run(both())


def test_a_job_that_it_holds_and_was_never_told_of_is_run() -> None:
    async def story() -> None:
        await until(lambda: ran == [1])
        await asyncio.to_thread(hold, 2)
        await until(lambda: ran == [1, 2])

    at_work(story)
    assert ran == [1, 2]


def test_a_job_that_takes_long_is_run_once() -> None:
    async def story() -> None:
        waits[1] = asyncio.Event()
        await until(lambda: ran == [1])
        for n in (2, 3):  # each is run only after two looks, at which the first job is still at work
            await asyncio.to_thread(hold, n)
            await until(lambda n=n: ran[-1] == n)  # type: ignore[misc]
        waits[1].set()

    at_work(story)
    assert ran == [1, 2, 3]


def test_sirens_wait_for_no_other_job_though_all_hang() -> None:
    async def story() -> None:
        jam = range(2, 2 + working.AT_ONCE)
        waits.update({n: asyncio.Event() for n in jam})
        await until(lambda: ran == [1])
        for n in jam:
            await queue.configure_task("tests.working").defer_async(n=n)
        await until(lambda: len(ran) == 1 + working.AT_ONCE)
        await queue.configure_task("tests.working").defer_async(n=0)  # has no place
        await queue.configure_task("tests.working", queue=SIRENS).defer_async(n=-1)
        await until(lambda: -1 in ran)
        assert 0 not in ran
        for wait in waits.values():
            wait.set()
        await until(lambda: 0 in ran)

    at_work(story, queues=("tests", SIRENS))
