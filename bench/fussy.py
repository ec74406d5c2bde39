"""A push service that takes most, has lost some browsers (410), asks to wait for others (429), and counts each."""

import asyncio
import base64
import json
import sys
from pathlib import Path
from typing import cast

import uvloop

from bench.sink import CREATED, Sink
from hues.kernel.delivery.testing import tls_of

GONE = b"HTTP/1.1 410 Gone\r\nContent-Length: 0\r\n\r\n"
BUSY = b"HTTP/1.1 429 Too Many Requests\r\nRetry-After: 1\r\nContent-Length: 0\r\n\r\n"
LOST, DELAYED, SAMPLED = 10, 60, 500  # of each hundred, and of each thousand


class Fussy(Sink):
    """Answers for the browser in the address by its number."""

    taken_by = bytearray()  # how often each browser was told
    asked = set[int]()  # who was asked to wait
    pruned = set[int]()
    half = 0
    sample: list[str] = []

    def answer(self, head: bytes, body: bytes) -> bytes:
        """Answer for one browser, and count."""
        number = int(head[: head.index(b" HTTP/")].rpartition(b"/")[2])
        if number % 100 == LOST:
            Fussy.pruned.add(number)
            return GONE
        if number % 100 == DELAYED and number not in Fussy.asked:
            Fussy.asked.add(number)
            return BUSY
        Fussy.taken_by[number] += 1
        Sink.taken += 1
        if Sink.taken == Fussy.half:
            print("half", flush=True)
        if number % 1000 == SAMPLED:
            Fussy.sample.append(base64.b64encode(body).decode())
        return CREATED


def tell() -> str:
    """Return what was taken, and begin anew."""
    browsers = range(1, len(Fussy.taken_by))
    told = {
        "taken": Sink.taken,
        "lost": sum(Fussy.taken_by[n] == 0 for n in browsers if n % 100 != LOST),
        "doubled": sum(Fussy.taken_by[n] > 1 for n in browsers),
        "waited": len(Fussy.asked),
        "gone": len(Fussy.pruned),
        "first": Sink.first,
        "sample": Fussy.sample,
    }
    Fussy.taken_by = bytearray(len(Fussy.taken_by))
    Fussy.asked, Fussy.pruned, Fussy.sample, Fussy.half, Sink.taken = set(), set(), [], 0, 0
    return json.dumps(told)


async def serve(folder: Path, browsers: int) -> None:
    """Serve, and tell for each line of standard input, until that ends."""
    loop = asyncio.get_running_loop()
    Fussy.taken_by, Fussy.half = bytearray(browsers + 1), browsers // 2 + 300  # within a batch, not between two
    server = await loop.create_server(Fussy, "127.0.0.1", 0, ssl=tls_of(folder, folder / "authority.pem"))
    print(cast(int, server.sockets[0].getsockname()[1]), flush=True)
    while await loop.run_in_executor(None, sys.stdin.readline):
        print(tell(), flush=True)


if __name__ == "__main__":
    uvloop.run(serve(Path(sys.argv[1]), int(sys.argv[2])))
