"""From ASGI to Django: whole bodies in, buffered answers out, and only a fixed number of threads between."""

import asyncio
import io
import string
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import IO, Any
from urllib.parse import quote_from_bytes

from a2wsgi import WSGIMiddleware

from hues.config.front.answers import Message, Receive, Scope, Send, header
from hues.config.front.spool import Spool, Turned
from hues.config.front.turning import turn_away

type Environ = dict[str, Any]
type WSGI = Callable[[Environ, Any], Iterable[bytes]]

WAITING = 500  # requests that may wait for a thread before more are turned away
AHEAD = 8 * 1024 * 1024  # bytes of an answer that a thread may be ahead of its reader
BODY = "hues.body"


class Bridge:
    """Runs a WSGI application in persistent threads, for complete requests only."""

    def __init__(self, application: WSGI, *, spool: Path, threads: int) -> None:
        self._spool = Spool(spool)
        self._inner = WSGIMiddleware(_with_whole_body(application), workers=threads)  # type: ignore[arg-type]
        self._waiting, self._most = 0, WAITING + threads

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            body, length = await self._spool.take(scope, receive)
        except Turned as turned:
            if turned.status:
                await turn_away(scope, send, turned.status, turned.sentence, [(b"connection", b"close")])
            return
        if self._waiting >= self._most:
            body.close()
            await turn_away(scope, send, 503, "Too busy. Please try again in a moment.", [(b"retry-after", b"5")])
            return
        self._waiting += 1
        try:
            with body:
                await self._pass(scope, body, length, send)
        finally:
            self._waiting -= 1

    async def _pass(self, scope: Scope, body: IO[bytes], length: int, send: Send) -> None:
        pairs = [(name, value) for name, value in scope["headers"] if _is_plain(name)]
        if length or header(scope, b"content-length"):
            pairs.append((b"content-length", str(length).encode()))
        query = quote_from_bytes(scope["query_string"], safe=string.printable).encode()
        inner = {**scope, "headers": pairs, "query_string": query, BODY: body}
        outbox = Outbox(send)
        writer = asyncio.create_task(outbox.empty())
        try:
            await self._inner(inner, _nothing_more, outbox.put)  # type: ignore[arg-type]
            await outbox.put(None)
            await writer
        finally:
            writer.cancel()


class Outbox:
    """Holds what a thread has answered, so that a slow reader does not hold the thread."""

    def __init__(self, send: Send) -> None:
        self._send = send
        self._queue: asyncio.Queue[Message | None] = asyncio.Queue()
        self._ahead = 0
        self._room = asyncio.Event()
        self._room.set()
        self._gone = False

    async def put(self, message: Message | None) -> None:
        """Take a message, and wait only if the reader is very far behind."""
        if message is not None:
            self._ahead += len(message.get("body", b""))
            if self._ahead > AHEAD and not self._gone:
                self._room.clear()
                await self._room.wait()
        self._queue.put_nowait(message)

    async def empty(self) -> None:
        """Send on what was put, until the end."""
        try:
            while (message := await self._queue.get()) is not None:
                await self._send(message)
                self._ahead -= len(message.get("body", b""))
                if self._ahead <= AHEAD:
                    self._room.set()
        finally:
            self._gone = True
            self._room.set()


def _with_whole_body(application: WSGI) -> WSGI:
    def run(environ: Environ, start_response: Any) -> Iterable[bytes]:
        environ["wsgi.input"] = environ["asgi.scope"].get(BODY) or io.BytesIO()
        return application(environ, start_response)

    return run


def _is_plain(name: bytes) -> bool:
    """Leave out what could pass itself off as another header: WSGI cannot tell `_` from `-`."""
    return b"_" not in name and name not in (b"content-length", b"transfer-encoding")


async def _nothing_more() -> Message:
    return {"type": "http.request", "body": b"", "more_body": False}
