"""The published pages as a serving process holds them in memory, always fresh without asking Django."""

import asyncio
import logging
from collections.abc import Callable, Iterable
from contextlib import suppress

import psycopg

from hues.kernel.published.actions import CHANNEL
from hues.kernel.published.queries import PublishedPage

log = logging.getLogger(__name__)
POLL = 1.0  # seconds: the most that a missed notification can cost
STALE = 4.0  # seconds without an answer after which the database counts as lost
SOME = "SELECT path, version, etag, headers, body, gzip FROM published_page WHERE path = ANY(%s)"


class Shelf:
    """
    The pages by address, kept up by LISTEN and by a look each second.

    Versions may commit out of order, so what changed is found by comparing, not by "higher than the last".
    """

    def __init__(self, database: str) -> None:
        self._database = database
        self._pages: dict[str, PublishedPage] = {}
        self._sum = (-1, -1)
        self._answered_at = float("-inf")
        self._task: asyncio.Task[None] | None = None
        self._tell: Callable[[str], None] = lambda _path: None

    def on_change(self, tell: Callable[[str], None]) -> None:
        """Tell of each address whose page is another one from now on, once that is what `get` returns."""
        self._tell = tell

    def get(self, path: str) -> PublishedPage | None:
        """Return the page at an address, if there is one."""
        return self._pages.get(path)

    def is_fresh(self) -> bool:
        """Say whether the database answered within the last seconds."""
        return asyncio.get_running_loop().time() - self._answered_at < STALE

    async def open(self) -> None:
        """Start following, and return once the first look was taken or tried."""
        first = asyncio.Event()
        self._task = asyncio.create_task(self._follow(first))
        with suppress(TimeoutError):
            await asyncio.wait_for(first.wait(), 5)

    async def close(self) -> None:
        """Stop following."""
        if self._task:
            self._task.cancel()
            with suppress(asyncio.CancelledError):
                await self._task

    async def _follow(self, first: asyncio.Event) -> None:
        pause = 0.1
        while True:
            try:
                connecting = psycopg.AsyncConnection.connect(self._database, autocommit=True, connect_timeout=3)
                async with await connecting as connection:
                    await connection.execute(psycopg.sql.SQL("LISTEN {}").format(psycopg.sql.Identifier(CHANNEL)))
                    pause = 0.1
                    await self._keep_looking(connection, first)
            except (psycopg.Error, OSError, TimeoutError) as failure:
                self._answered_at = float("-inf")
                log.warning("The database does not answer: %s", failure)
            first.set()
            await asyncio.sleep(pause)
            pause = min(pause * 2, POLL)

    async def _keep_looking(self, connection: psycopg.AsyncConnection, first: asyncio.Event) -> None:
        while True:
            await asyncio.wait_for(self._look(connection), STALE)
            first.set()
            async for _ in connection.notifies(timeout=POLL, stop_after=1):
                pass

    async def _look(self, connection: psycopg.AsyncConnection) -> None:
        totals = await connection.execute("SELECT count(*), coalesce(sum(version), 0)::bigint FROM published_page")
        row = await totals.fetchone()
        if row and row != self._sum:
            versions = await connection.execute("SELECT path, version FROM published_page")
            await self._take(connection, dict(await versions.fetchall()))
            self._sum = (len(self._pages), sum(page.version for page in self._pages.values()))
        self._answered_at = asyncio.get_running_loop().time()

    async def _take(self, connection: psycopg.AsyncConnection, versions: dict[str, int]) -> None:
        for path in [path for path in self._pages if path not in versions]:
            del self._pages[path]
            self._tell(path)
        for some in _chunks([p for p, v in versions.items() if p not in self._pages or self._pages[p].version != v]):
            rows = await connection.execute(SOME, [some])
            async for path, version, etag, headers, body, packed in rows:
                self._pages[path] = PublishedPage(path, version, etag, headers, body, packed or b"")
                self._tell(path)


def _chunks(paths: list[str], size: int = 200) -> Iterable[list[str]]:
    return (paths[start : start + size] for start in range(0, len(paths), size))
