"""The live process: server-sent events for open pages, entered with a ticket."""

import asyncio
import json
import logging
from collections import Counter
from urllib.parse import parse_qs

import psycopg

from hues.config.front.answers import Receive, Scope, Send, answer
from hues.config.front.streams import Streams
from hues.kernel import live

log = logging.getLogger(__name__)
EACH = 8  # streams of one ticket at a time: those of one page that begins again, and of a few that began with it
OPEN = b"event: open\ndata:\n\n"


class Live:
    """Tells each open page what it may hear, from one LISTEN for them all."""

    def __init__(self, database: str) -> None:
        self._database = database
        self.streams = Streams()
        self._open = Counter[str]()  # streams by ticket

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self._live_and_die(receive, send)
            return
        given = parse_qs(scope["query_string"].decode("latin-1")).get("ticket", [""])[0]
        topics = live.topics_of(given)
        if not topics:
            await answer(send, 403, b"This ticket is not valid any more.", [(b"cache-control", b"no-store")])
            return
        if self._open[given] >= EACH:
            await answer(send, 429, b"This ticket is in use too often.", [(b"cache-control", b"no-store")])
            return
        self._open[given] += 1
        try:
            await self.streams.keep(topics, receive, send, first=lambda: OPEN)
        finally:
            self._open[given] -= 1
            if not self._open[given]:
                del self._open[given]

    def hear(self, payload: str) -> None:
        """Pass one notification on to the pages that may hear it."""
        topic, kind, subject = json.loads(payload)
        message = f"event: {kind}\ndata: {json.dumps({'topic': topic, 'subject': subject})}\n\n".encode()
        self.streams.tell(topic, message)

    async def _follow(self) -> None:
        while True:
            try:
                connecting = psycopg.AsyncConnection.connect(self._database, autocommit=True, connect_timeout=3)
                async with await connecting as connection:
                    await connection.execute("LISTEN live")
                    self.streams.tell_all(b"event: again\ndata:\n\n")  # what was missed meanwhile is not known
                    async for notice in connection.notifies():
                        self.hear(notice.payload)
            except (psycopg.Error, OSError, ValueError) as failure:
                log.warning("The database does not answer: %s", failure)
            await asyncio.sleep(1)

    async def _live_and_die(self, receive: Receive, send: Send) -> None:
        await receive()
        always = [asyncio.create_task(self._follow()), asyncio.create_task(self.streams.beat())]
        await send({"type": "lifespan.startup.complete"})
        await receive()
        for task in always:
            task.cancel()
        self.streams.let_go()
        await send({"type": "lifespan.shutdown.complete"})
