"""A push service for measurements: takes everything over TLS, and says at the end how much, a sample, and when what."""

import asyncio
import base64
import json
import sys
import time
from pathlib import Path
from typing import cast

import uvloop

from hues.kernel.delivery.testing import tls_of

OURS = b"POST /wpush/"
EACH = 1_000  # one in so many of ours is kept, and the last of all
CREATED = b"HTTP/1.1 201 Created\r\nContent-Length: 0\r\n\r\n"


class Sink(asyncio.Protocol):
    """Reads requests off one connection and answers each."""

    taken, ours, last = 0, 0, b""
    sample: list[bytes] = []
    first: dict[str, float] = {}

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Remember whom to answer."""
        self._transport, self._waiting = cast(asyncio.Transport, transport), b""

    def data_received(self, data: bytes) -> None:
        """Answer every request that has arrived whole."""
        self._waiting += data
        while (end := self._waiting.find(b"\r\n\r\n")) >= 0:
            head = self._waiting[:end]
            whole = end + 4 + int(head.lower().partition(b"content-length:")[2].split(b"\r\n")[0])
            if len(self._waiting) < whole:
                return
            body, self._waiting = self._waiting[end + 4 : whole], self._waiting[whole:]
            topic = head.partition(b"Topic: ")[2].split(b"\r\n")[0].decode()
            if topic not in Sink.first:
                Sink.first[topic] = time.time()
            self._transport.write(self.answer(head, body))

    def answer(self, head: bytes, body: bytes) -> bytes:
        """Take it, and return what is said to it."""
        Sink.last = body
        Sink.taken += 1
        if head.startswith(OURS):
            Sink.ours += 1
            if Sink.ours % EACH == 0:
                Sink.sample.append(body)
        return CREATED


async def serve(folder: Path) -> None:
    """Serve until standard input ends."""
    loop = asyncio.get_running_loop()
    server = await loop.create_server(Sink, "127.0.0.1", 0, ssl=tls_of(folder, folder / "authority.pem"))
    print(server.sockets[0].getsockname()[1], flush=True)
    await loop.run_in_executor(None, sys.stdin.read)
    last, *sample = (base64.b64encode(body).decode() for body in (Sink.last, *Sink.sample))
    print(json.dumps({"taken": Sink.taken, "last": last, "sample": sample, "first": Sink.first}), flush=True)


if __name__ == "__main__":
    uvloop.run(serve(Path(sys.argv[1])))
