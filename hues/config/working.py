"""The worker: do what the journal owes, and hold no job that nobody runs."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from traceback import extract_tb
from typing import Any, Final

from django.db import close_old_connections
from procrastinate import App
from procrastinate.contrib.django import app as queue
from procrastinate.exceptions import ConnectorException
from procrastinate.manager import JobManager

from hues.kernel.clocks.stranded import give_on
from hues.kernel.delivery.lanes import SIRENS

log = logging.getLogger(__name__)
# Jobs that a worker runs side by side; six at most send (delivery's lanes), the rest all else.
AT_ONCE: Final = 8
FOR_SIRENS: Final = 2  # and those that nothing but sirens takes: one tells them, another sees that it does
SPARE: Final = 3  # threads that look up names, and what else is not a job
FINISHING: Final = 8.0  # seconds that a job gets to finish when the worker is stopped
LOOK: Final = 10.0  # seconds between two looks at what the queue says that we run


def work() -> None:
    """Do what the journal owes, again and again, until told to stop."""
    connector = queue.connector.get_worker_connector()  # type: ignore[attr-defined]
    with queue.replace_connector(connector) as app:
        asyncio.run(run(app))


async def run(app: App, *, look: float = LOOK, **options: Any) -> None:
    """Run a worker, and one for sirens alone, until one ends; each `look` seconds give on what is held and not run."""
    asyncio.get_running_loop().set_default_executor(ThreadPoolExecutor(AT_ONCE + FOR_SIRENS + SPARE))
    async with app.open_async():
        apart = {"queues": [SIRENS], "install_signal_handlers": False}
        both = [
            asyncio.create_task(_run(app, look, concurrency=AT_ONCE, **options)),
            asyncio.create_task(_run(app, look, concurrency=FOR_SIRENS, **apart)),
        ]
        try:
            await asyncio.wait(both, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for one in both:
                one.cancel()
            ends = await asyncio.gather(*both, return_exceptions=True)
        for end in ends:
            if isinstance(end, Exception):
                raise end


async def _run(app: App, look: float, **options: Any) -> None:
    held = Held()
    looking = asyncio.create_task(held.look_again(app.job_manager, look))
    try:
        await app.run_worker_async(
            delete_jobs="successful",
            fetch_job_polling_interval=2,
            shutdown_graceful_timeout=FINISHING,
            task_middleware=[_with_living_connections],
            worker_middleware=[held.running],
            **options,
        )
    finally:
        looking.cancel()
        with suppress(asyncio.CancelledError):
            await looking


class Held:
    """
    The jobs of one worker: those that it runs, beside those that the queue says it does.

    A connection that dies takes the word with it that a job was handed out, or that it ended. The worker lives on, so
    nobody takes that job for one of a dead worker, and what it owes would wait until the next restart.
    """

    def __init__(self) -> None:
        self._worker: int | None = None
        self._running: set[int] = set()
        self._doubted: set[int] = set()

    async def running(self, call_next: Callable[[], Awaitable[Any]], context: Any, worker: Any) -> Any:
        """Run a job, and know of it meanwhile; the queue calls this around each."""
        self._worker = worker.worker_id
        self._running.add(context.job.id)
        try:
            return await call_next()
        finally:
            self._running.discard(context.job.id)

    async def look_again(self, jobs: JobManager, every: float) -> None:
        """Look each `every` seconds, for good."""
        while True:
            await asyncio.sleep(every)
            try:
                await self._look(jobs)
            except ConnectorException:
                log.warning("the queue does not answer; what is held is looked at again in %s s", every)

    async def _look(self, jobs: JobManager) -> None:
        """Give on what was held and not run at the last look too: one that just begins or ends is neither."""
        if self._worker is None:
            return
        doing = {job.id: job for job in await jobs.list_jobs_async(status="doing", worker_id=self._worker) if job.id}
        idle = doing.keys() - self._running
        for job_id in idle & self._doubted:
            log.warning("job %s (%s) is held and not run: given on", job_id, doing[job_id].task_name)
            await give_on(jobs, doing[job_id])
        self._doubted = idle - self._doubted


def _with_living_connections(call_next: Callable[[], Any], context: Any, worker: Any) -> Any:
    """Never start a job on a database connection that died while its thread was idle, and say that one failed."""
    close_old_connections()
    try:
        return call_next()
    except Exception as error:
        # Not its words: they may be those of people. The queue itself keeps silent until it gives a job up.
        last = extract_tb(error.__traceback__)[-1]
        said = (context.job.id, context.job.task_name, type(error).__name__, last.filename, last.lineno)
        log.warning("job %s (%s) failed: %s at %s:%s", *said)
        raise
    finally:
        close_old_connections()
