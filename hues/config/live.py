"""The live process: server-sent events for open pages, entered with a ticket."""

import asyncio
import json
import logging
from collections import Counter
from urllib.parse import parse_qs

import psycopg

from hues.config.front.answers import Receive, Scope, Send, answer
from hues.kernel import live

log = logging.getLogger(__name__)
HEARTBEAT = 15.0  # seconds, below what proxies take for silence
EACH = 8  # streams of one ticket at a time: those of one page that begins again, and of a few that began with it
LONGEST = 600.0  # seconds, after which a page must show a fresh ticket
HEADERS = [
    (b"content-type", b"text/event-stream"),
    (b"cache-control", b"no-store"),
    (b"x-accel-buffering", b"no"),
    (b"x-content-type-options", b"nosniff"),
]


class Listener:
    """One open page: the topics it may hear, how to write to it, and until when."""

    def __init__(self, topics: frozenset[str], send: Send) -> None:
        loop = asyncio.get_running_loop()
        self.topics, self._send = topics, send
        self.over, self._until = loop.create_future(), loop.time() + LONGEST

    def tell(self, message: bytes) -> None:
        """
        Write at once, without a task to be woken: whoever would have to be waited for is too far behind, and let go.

        What a connection has not taken yet waits in its own buffer, some hundred messages long.
        """
        if self.over.done():
            return
        writing = self._send({"type": "http.response.body", "body": message, "more_body": True})
        try:
            writing.send(None)  # type: ignore[attr-defined]
        except StopIteration:
            return
        writing.close()  # type: ignore[attr-defined]
        self.end()

    def beat(self, now: float) -> None:
        """Keep the stream open, unless its ticket has grown old."""
        self.tell(b":\n\n")
        if now > self._until:
            self.end()

    def end(self, *_: object) -> None:
        """Let the page go."""
        if not self.over.done():
            self.over.set_result(None)


class Live:
    """Tells each open page what it may hear, from one LISTEN for them all."""

    def __init__(self, database: str) -> None:
        self._database = database
        self._listeners: set[Listener] = set()
        self._open = Counter[str]()  # streams by ticket
        self._leaving = False

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
            await self._stream(topics, receive, send)
        finally:
            self._open[given] -= 1
            if not self._open[given]:
                del self._open[given]

    async def _stream(self, topics: frozenset[str], receive: Receive, send: Send) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": HEADERS})
        await send({"type": "http.response.body", "body": b"retry: 2000\nevent: open\ndata:\n\n", "more_body": True})
        listener = Listener(topics, send)
        self._listeners.add(listener)
        if self._leaving:
            listener.end()
        gone = asyncio.create_task(_gone(receive))
        gone.add_done_callback(listener.end)
        try:
            await listener.over
            await send({"type": "http.response.body", "body": b""})
        finally:
            self._listeners.discard(listener)
            gone.cancel()

    def let_go(self) -> None:
        """End every stream as a whole answer, and from now on each new one at once: the process is about to end."""
        self._leaving = True
        for listener in self._listeners:
            listener.end()

    def hear(self, payload: str) -> None:
        """Pass one notification on to the pages that may hear it."""
        topic, kind, subject = json.loads(payload)
        message = f"event: {kind}\ndata: {json.dumps({'topic': topic, 'subject': subject})}\n\n".encode()
        for listener in self._listeners:
            if topic in listener.topics:
                listener.tell(message)

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
            now = asyncio.get_running_loop().time()
            for listener in self._listeners:
                listener.beat(now)

    def _tell_all(self, message: bytes) -> None:
        for listener in self._listeners:
            listener.tell(message)

    async def _live_and_die(self, receive: Receive, send: Send) -> None:
        await receive()
        always = [asyncio.create_task(self._follow()), asyncio.create_task(self._beat())]
        await send({"type": "lifespan.startup.complete"})
        await receive()
        for task in always:
            task.cancel()
        self.let_go()
        await send({"type": "lifespan.shutdown.complete"})


async def _gone(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass
