"""The live process: server-sent events for open pages, entered with a ticket."""

import asyncio
import json
import logging
from contextlib import suppress
from urllib.parse import parse_qs

import psycopg

from hues.config.front.answers import Receive, Scope, Send, answer
from hues.kernel import live

log = logging.getLogger(__name__)
HEARTBEAT = 15.0  # seconds, below what proxies take for silence
LONGEST = 600.0  # seconds, after which a page must show a fresh ticket
BEHIND = 64  # messages a slow reader may be behind before it is let go
HEADERS = [
    (b"content-type", b"text/event-stream"),
    (b"cache-control", b"no-store"),
    (b"x-accel-buffering", b"no"),
    (b"x-content-type-options", b"nosniff"),
]


class Listener:
    """One open page: the topics it may hear and what it has not been sent yet."""

    def __init__(self, topics: frozenset[str]) -> None:
        self.topics = topics
        self.queue: asyncio.Queue[bytes] = asyncio.Queue(BEHIND)
        self.lost = False


class Live:
    """Tells each open page what it may hear, from one LISTEN for them all."""

    def __init__(self, database: str) -> None:
        self._database = database
        self._listeners: set[Listener] = set()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self._live_and_die(receive, send)
            return
        given = parse_qs(scope["query_string"].decode("latin-1")).get("ticket", [""])[0]
        topics = live.topics_of(given)
        if not topics:
            await answer(send, 403, b"This ticket is not valid any more.", [(b"cache-control", b"no-store")])
            return
        listener = Listener(topics)
        self._listeners.add(listener)
        gone = asyncio.create_task(_gone(receive))
        try:
            await self._stream(listener, gone, send)
        finally:
            self._listeners.discard(listener)
            gone.cancel()

    async def _stream(self, listener: Listener, gone: asyncio.Task[None], send: Send) -> None:
        now = asyncio.get_running_loop().time
        until = now() + LONGEST
        await send({"type": "http.response.start", "status": 200, "headers": HEADERS})
        await send({"type": "http.response.body", "body": b"retry: 2000\nevent: open\ndata:\n\n", "more_body": True})
        while not gone.done() and not listener.lost and now() < until:
            message = await listener.queue.get()
            await send({"type": "http.response.body", "body": message, "more_body": True})
        await send({"type": "http.response.body", "body": b""})

    def hear(self, payload: str) -> None:
        """Pass one notification on to the pages that may hear it."""
        topic, kind, subject = json.loads(payload)
        message = f"event: {kind}\ndata: {json.dumps({'topic': topic, 'subject': subject})}\n\n".encode()
        for listener in self._listeners:
            if topic in listener.topics:
                try:
                    listener.queue.put_nowait(message)
                except asyncio.QueueFull:
                    listener.lost = True

    async def _follow(self) -> None:
        while True:
            try:
                connecting = psycopg.AsyncConnection.connect(self._database, autocommit=True, connect_timeout=3)
                async with await connecting as connection:
                    await connection.execute("LISTEN live")
                    self._tell_all(b"event: again\ndata:\n\n")  # what was missed meanwhile is not known
                    async for notice in connection.notifies():
                        self.hear(notice.payload)
            except (psycopg.Error, OSError, ValueError) as failure:
                log.warning("The database does not answer: %s", failure)
            await asyncio.sleep(1)

    async def _beat(self) -> None:
        """Keep silent streams open, one clock for them all: a timer each would cost more than the streams do."""
        while True:
            await asyncio.sleep(HEARTBEAT)
            self._tell_all(b":\n\n")

    def _tell_all(self, message: bytes) -> None:
        for listener in self._listeners:
            with suppress(asyncio.QueueFull):
                listener.queue.put_nowait(message)

    async def _live_and_die(self, receive: Receive, send: Send) -> None:
        await receive()
        always = [asyncio.create_task(self._follow()), asyncio.create_task(self._beat())]
        await send({"type": "lifespan.startup.complete"})
        await receive()
        for task in always:
            task.cancel()
        for listener in self._listeners:
            listener.lost = True
        self._tell_all(b":\n\n")
        await send({"type": "lifespan.shutdown.complete"})


async def _gone(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass
