"""From ASGI to Django: whole bodies in, buffered answers out, and only a fixed number of threads between."""

import asyncio
import string
import sys
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from pathlib import Path
from typing import IO, Any
from urllib.parse import quote_from_bytes

from hues.config.front.answers import Message, Receive, Scope, Send, header
from hues.config.front.spool import Spool, Turned
from hues.config.front.turning import turn_away
from hues.surfaces.shell.sharing import KEEPS

type Environ = dict[str, Any]
type WSGI = Callable[[Environ, Any], Iterable[bytes]]

WAITING = 500  # requests that may wait for a thread before more are turned away
AHEAD = 8 * 1024 * 1024  # bytes of an answer that a thread may be ahead of its reader
PIECE = 64 * 1024  # bytes of a long answer that are handed on together


class Bridge:
    """Runs a WSGI application in persistent threads, for complete requests only."""

    def __init__(self, application: WSGI, *, spool: Path, threads: int) -> None:
        self._application, self._spool = application, Spool(spool)
        self._threads = ThreadPoolExecutor(threads, thread_name_prefix="django")
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
                await self._pass(_environ(scope, body, length), send)
        finally:
            self._waiting -= 1

    async def _pass(self, environ: Environ, send: Send) -> None:
        loop, outbox = asyncio.get_running_loop(), Outbox(send)

        def hand_on(message: Message) -> None:
            asyncio.run_coroutine_threadsafe(outbox.put(message), loop).result()

        work = copy_context().run
        try:
            rest = await loop.run_in_executor(self._threads, work, _answered, self._application, environ, hand_on)
            await outbox.finish(rest)
        finally:
            outbox.close()


class Outbox:
    """Holds what a thread has answered, so that a slow reader does not hold the thread."""

    def __init__(self, send: Send) -> None:
        self._send = send
        self._queue: asyncio.Queue[Message | None] = asyncio.Queue()
        self._writer: asyncio.Task[None] | None = None
        self._ahead = 0
        self._room = asyncio.Event()
        self._gone = False

    async def put(self, message: Message) -> None:
        """Take a message, and wait only if the reader is very far behind."""
        if self._writer is None:
            self._writer = asyncio.create_task(self._empty())
        self._ahead += len(message.get("body", b""))
        self._queue.put_nowait(message)
        while self._ahead > AHEAD and not self._gone:
            self._room.clear()
            await self._room.wait()

    async def finish(self, rest: Iterable[Message]) -> None:
        """Send the rest after all that was put."""
        if self._writer:
            for message in rest:
                await self.put(message)
            self._queue.put_nowait(None)
            await self._writer
        else:
            for message in rest:
                await self._send(message)

    def close(self) -> None:
        """Stop sending, whatever is left."""
        if self._writer:
            self._writer.cancel()

    async def _empty(self) -> None:
        try:
            while (message := await self._queue.get()) is not None:
                await self._send(message)
                self._ahead -= len(message.get("body", b""))
                self._room.set()
        finally:
            self._gone = True
            self._room.set()


def _answered(application: WSGI, environ: Environ, hand_on: Callable[[Message], None]) -> list[Message]:
    """Call the application; hand a long answer on piece by piece, and return what is left to be sent."""
    waiting: list[Message] = []

    def start_response(status: str, headers: list[tuple[str, str]], exc_info: object = None) -> None:
        pairs = [(name.lower().encode("latin-1"), value.strip().encode("latin-1")) for name, value in headers]
        waiting[:] = [{"type": "http.response.start", "status": int(status[:3]), "headers": pairs}]

    chunks, size = list[bytes](), 0
    answer = application(environ, start_response)
    try:
        for chunk in answer:
            chunks.append(chunk)
            size += len(chunk)
            if size > PIECE:
                for message in (*waiting, _part(chunks, more=True)):
                    hand_on(message)
                waiting, chunks, size = [], [], 0
    finally:
        if close := getattr(answer, "close", None):
            close()
    return [*waiting, _part(chunks, more=False)]


def _part(chunks: list[bytes], *, more: bool) -> Message:
    return {"type": "http.response.body", "body": b"".join(chunks), "more_body": more}


def _environ(scope: Scope, body: IO[bytes], length: int) -> Environ:
    """Return a request in WSGI's words."""
    server, client = scope.get("server") or ("localhost", 80), scope.get("client") or ("", 0)
    environ: Environ = {
        "REQUEST_METHOD": scope["method"],
        "SCRIPT_NAME": "",
        "PATH_INFO": scope["path"].encode().decode("latin-1"),
        "QUERY_STRING": quote_from_bytes(scope["query_string"], safe=string.printable),
        "SERVER_PROTOCOL": f"HTTP/{scope['http_version']}",
        "SERVER_NAME": server[0],
        "SERVER_PORT": str(server[1] or 0),
        "REMOTE_ADDR": client[0],
        "REMOTE_PORT": str(client[1]),
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": scope.get("scheme", "http"),
        "wsgi.input": body,
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": True,
        "wsgi.run_once": False,
        **({KEEPS: True} if scope.get(KEEPS) else {}),
    }
    for name, value in scope["headers"]:
        if _is_plain(name):
            key = name.decode("latin-1").upper().replace("-", "_")
            key = key if key == "CONTENT_TYPE" else f"HTTP_{key}"
            text = value.decode("latin-1")
            between = "; " if name == b"cookie" else ","  # HTTP/2 may send each cookie by itself
            environ[key] = f"{environ[key]}{between}{text}" if key in environ else text
    if length or header(scope, b"content-length"):
        environ["CONTENT_LENGTH"] = str(length)
    return environ


def _is_plain(name: bytes) -> bool:
    """Leave out what could pass itself off as another header: WSGI cannot tell `_` from `-`."""
    return b"_" not in name and name not in (b"content-length", b"transfer-encoding")
