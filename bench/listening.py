"""The processes of B15: the live process or the least that could stand for it, and the pages that listen to it."""

import asyncio
import itertools
import json
import os
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import cast

import uvloop
from django.db import connection

from bench.server import ROOT, pss
from hues.config import env, postgres, serving, sockets
from hues.kernel import live

STREAMS, AT_ONCE, ROUNDS = 10_000, 50, 3
SERVING = "import django; django.setup(); from bench import listening; listening.{}()"
HEAD = b"HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\ntransfer-encoding: chunked\r\n\r\n"
EVENT = b"event: bench\ndata: {}\n\n"
NUMBERS = itertools.count()


def main() -> None:
    """Measure both and print one line of JSON."""
    home = Path(os.environ["HUES_HOME"])
    postgres.start(home)
    try:
        found: dict[str, float] = {"streams": STREAMS}
        for name, tell in (("least", _tell_the_least), ("ours", _tell)):
            found[f"{name}_kib"], found[f"{name}_last"] = _measure(name, home, tell)
        connection.close()
        print(json.dumps(found))
    finally:
        postgres.stop(home, "immediate")


def ours() -> None:
    """Serve as a city does."""
    serving.serve_live(env.read())


def least() -> None:
    """Serve with nothing but a protocol: one head for each, and what standard input says to all."""
    uvloop.run(_serve_the_least(_place(Path(os.environ["HUES_HOME"]), "least")))


def _measure(name: str, home: Path, tell: Callable[[subprocess.Popen[bytes]], None]) -> tuple[float, float]:
    """Return the KiB of a stream, and the seconds until the last of them had an event, the best of some."""
    place = _place(home, name)
    server = subprocess.Popen(
        [sys.executable, "-c", SERVING.format(name)],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=sys.stderr,
        stderr=subprocess.DEVNULL,
    )
    try:
        return uvloop.run(_listen(place, server, tell))
    finally:
        server.terminate()
        with suppress(subprocess.TimeoutExpired):
            server.wait(20)
        server.kill()
        server.wait()


async def _listen(
    place: Path, server: subprocess.Popen[bytes], tell: Callable[[subprocess.Popen[bytes]], None]
) -> tuple[float, float]:
    pages = Pages()
    await _until_there(place, pages)  # the first one makes the server load what it needs
    before, last = pss(server.pid), float("inf")
    for done in range(0, STREAMS, AT_ONCE):
        await asyncio.gather(*(_open(place, pages) for _ in range(AT_ONCE)))
        await pages.opened.wait_for(done + AT_ONCE + 1)
    kib = (pss(server.pid) - before) * 1024 / STREAMS
    for n in range(1, ROUNDS + 1):
        began = time.perf_counter()
        await asyncio.to_thread(tell, server)
        await pages.told.wait_for(n * (STREAMS + 1))
        last = min(last, time.perf_counter() - began)
    return kib, last


class Count:
    """A number that one can wait for."""

    def __init__(self) -> None:
        self._n, self._wanted, self._reached = 0, 0, asyncio.Event()

    def up(self, by: int) -> None:
        """Count."""
        self._n += by
        if self._n >= self._wanted:
            self._reached.set()

    async def wait_for(self, number: int) -> None:
        """Wait until there were so many."""
        self._wanted = number
        self._reached.clear()
        self.up(0)
        async with asyncio.timeout(60):
            await self._reached.wait()


class Pages:
    """All open pages: how many streams are open, and how many events have arrived."""

    def __init__(self) -> None:
        self.opened, self.told = Count(), Count()


class _Page(asyncio.Protocol):
    def __init__(self, pages: Pages) -> None:
        self._pages, self._open = pages, False

    def data_received(self, data: bytes) -> None:
        if not self._open and b"text/event-stream" in data:
            self._open = True
            self._pages.opened.up(1)
        self._pages.told.up(data.count(b"event: bench"))


async def _open(place: Path, pages: Pages) -> None:
    transport, _page = await asyncio.get_running_loop().create_unix_connection(lambda: _Page(pages), str(place))
    ticket = live.ticket(["bench", f"bench:{next(NUMBERS)}"])  # a ticket of its own for each page
    transport.write(f"GET /live?ticket={ticket} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode())


async def _until_there(place: Path, pages: Pages) -> None:
    async with asyncio.timeout(60):
        while True:
            with suppress(OSError):
                await _open(place, pages)
                break
            await asyncio.sleep(0.05)
    await pages.opened.wait_for(1)


def _tell(_server: subprocess.Popen[bytes]) -> None:
    live.tell(live.News(topic="bench", kind="bench"))


def _tell_the_least(server: subprocess.Popen[bytes]) -> None:
    assert server.stdin
    server.stdin.write(EVENT)
    server.stdin.flush()


class _Least(asyncio.Protocol):
    everyone: set[asyncio.Transport] = set()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast(asyncio.Transport, transport)

    def data_received(self, data: bytes) -> None:
        self._transport.write(HEAD)
        self.everyone.add(self._transport)


async def _serve_the_least(place: Path) -> None:
    loop, told = asyncio.get_running_loop(), asyncio.StreamReader()
    await loop.connect_read_pipe(lambda: asyncio.StreamReaderProtocol(told), sys.stdin)
    await loop.create_unix_server(_Least, str(place), backlog=1024)
    while event := await told.read(1_000):
        chunk = b"%x\r\n%b\r\n" % (len(event), event)
        for transport in _Least.everyone:
            transport.write(chunk)


def _place(home: Path, name: str) -> Path:
    folder = sockets.folder_in(home)
    sockets.prepare(folder)
    return folder / ("live" if name == "ours" else name)
