"""A small load generator: keep-alive connections that send prepared requests and count answers."""

import asyncio
import time
from collections.abc import Sequence
from dataclasses import dataclass, field


@dataclass(slots=True)
class Tally:
    """What came back: seconds of each answer, and answers by status."""

    seconds: list[float] = field(default_factory=list)
    statuses: dict[int, int] = field(default_factory=dict)

    def percentile(self, share: float) -> float:
        """Return the answer time in ms below which `share` of the answers lie."""
        ordered = sorted(self.seconds)
        return ordered[min(int(len(ordered) * share), len(ordered) - 1)] * 1000


def request(path: str, host: str, *headers: str) -> bytes:
    """Return the bytes of a GET."""
    return "\r\n".join([f"GET {path} HTTP/1.1", f"Host: {host}", *headers, "", ""]).encode()


async def _connection(
    host: str,
    port: int,
    requests: Sequence[bytes],
    first: int,
    stride: int,
    until: float,
    tally: Tally,
    rate: float = 0,
) -> None:
    reader, writer = await asyncio.open_connection(host, port)
    turn, start = first, time.perf_counter()
    while (began := time.perf_counter()) < until:
        if rate:  # from its turn on, not from when we came to it: who waits behind a slow answer waits too
            due = start + turn / rate
            await asyncio.sleep(max(0.0, due - began))
            began = due
        writer.write(requests[turn % len(requests)])
        turn += stride
        head = await reader.readuntil(b"\r\n\r\n")
        length = 0
        for line in head.split(b"\r\n"):
            if line[:15].lower() == b"content-length:":
                length = int(line[15:])
        status = int(head[9:12])
        if length and status != 304:
            await reader.readexactly(length)
        tally.seconds.append(time.perf_counter() - began)
        tally.statuses[status] = tally.statuses.get(status, 0) + 1
    writer.close()


async def storm(port: int, requests: Sequence[bytes], *, connections: int, seconds: float, rate: float = 0) -> Tally:
    """Send `requests` in turn over that many connections for that long, so many a second or as many as are answered."""
    tally, until = Tally(), time.perf_counter() + seconds
    jobs = (_connection("127.0.0.1", port, requests, i, connections, until, tally, rate) for i in range(connections))
    await asyncio.gather(*jobs)
    return tally
