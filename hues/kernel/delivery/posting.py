"""Many POSTs over few connections: HTTP/1.1 inside TLS, one request at a time on each, kept for the next round."""

import asyncio
import ipaddress
import socket
import ssl
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Final, cast
from urllib.parse import urlsplit

from httptools import HttpParserError, HttpResponseParser

PATIENCE = 10.0  # seconds for a connection, and for an answer
LONGEST = 40.0  # seconds for all that is posted at once: whoever asked holds it only for so long
FIRST, MOST = 8, 128  # connections to one side: few are cheapest nearby, many are needed far away
NAT64: Final = ipaddress.ip_network("64:ff9b::/96")
SILENT: Final = "Silent"  # said of what was not waited for
FAR = 0.02  # seconds to an answer from which another connection pays


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back; status 0 means that nothing did, and `said` why."""

    status: int
    said: str = ""
    retry_after: str = ""


class Barred(Exception):
    """The address leads into this house."""


type Request = tuple[str, bytes]
type Answers = list[tuple[str, Answer]]


class House:
    """The connections to one origin. `outside_only` keeps them from leading into our own network."""

    def __init__(self, origin: str, trust: ssl.SSLContext, *, outside_only: bool) -> None:
        parts = urlsplit(origin)
        self._host, self._port = parts.hostname or "", parts.port or 443
        self._trust, self._outside_only = trust, outside_only
        self._lines: set[Line] = set()
        self._round, self._until = Round(iter(())), 0.0

    async def post(self, requests: Iterator[Request], number: int) -> Answers:
        """Post requests, taken from the iterator as a connection is free, and return what was answered in time."""
        self._round, self._until = Round(requests), asyncio.get_running_loop().time() + LONGEST
        watching = asyncio.create_task(self._watch())
        for line in [*self._lines]:
            line.go_on()
        while len(self._lines) + len(self._round.opening) < min(FIRST, number) and self._round.more():
            self._open()
        await self._round.until_done()
        watching.cancel()
        return self._round.answers

    def leave_if_silent(self) -> None:
        """Wait no longer for what was posted now if nothing at all has been answered to it."""
        if self._round.answers:
            return
        self._round.give_up(Answer(0, SILENT))
        for line in [*self._lines]:
            line.give_up(SILENT)
        for task in self._round.opening:
            task.cancel()

    def close(self) -> None:
        """Hang up."""
        self._round = Round(iter(()))
        for line in [*self._lines]:
            line.end()

    def next(self) -> Request | None:
        """Return what is to be posted now."""
        return self._round.take()

    def answered(self, ref: str, answer: Answer, seconds: float) -> None:
        """Note an answer, and open another connection while answers come from far away."""
        there = len(self._lines) + len(self._round.opening)
        if seconds > FAR and there < MOST and len(self._round.opening) * 2 < there and self._round.more():
            self._open()
        self._round.put(ref, answer)

    def lost(self, line: "Line", request: Request | None, *, again: bool) -> None:
        """Go on without a connection; a request whose connection was only stale is posted `again` over another."""
        self._lines.discard(line)
        if request and again:
            self._round.give_back(request)
        elif request:
            self._round.put(request[0], Answer(0, "ConnectionLost"))
        if self._round.more():
            self._open()

    def _open(self) -> None:
        task = asyncio.create_task(self._connect())
        self._round.opening.add(task)
        task.add_done_callback(self._opened)

    def _opened(self, task: asyncio.Task[None]) -> None:
        self._round.opening.discard(task)
        failed = None if task.cancelled() else task.exception()
        if failed and not self._lines and not self._round.opening:
            status = HTTPStatus.FORBIDDEN if isinstance(failed, Barred) else 0
            self._round.give_up(Answer(status, str(failed) if status else type(failed).__name__))
        self._round.look()

    async def _connect(self) -> None:
        async with asyncio.timeout(PATIENCE):
            line = await self._reach()
        if not line.alive:
            raise ConnectionError
        self._lines.add(line)
        line.go_on()

    async def _reach(self) -> "Line":
        # Connected to the addresses that were looked at: the name may mean others a moment later.
        loop, failed = asyncio.get_running_loop(), OSError("no address")
        for place in await self._places():
            try:
                _transport, line = await loop.create_connection(
                    lambda: Line(self), place, self._port, ssl=self._trust, server_hostname=self._host
                )
            except OSError as error:
                failed = error
            else:
                return line
        raise failed

    async def _places(self) -> list[str]:
        found = await asyncio.get_running_loop().getaddrinfo(self._host, self._port, type=socket.SOCK_STREAM)
        places = [cast(str, place[4][0]) for place in found]
        if self._outside_only and not all(_is_outside(place) for place in places):
            raise Barred("no address outside of this house")
        return places

    async def _watch(self) -> None:
        while True:
            await asyncio.sleep(1)
            now = asyncio.get_running_loop().time()
            for line in [*self._lines]:
                if line.request and now - line.since > PATIENCE:
                    line.give_up()
            if now > self._until:
                self._round.give_up(Answer(0, "Timeout"))


@dataclass(slots=True)
class Round:
    """Requests that are to be posted, and what has become of them."""

    todo: Iterator[Request]
    back: deque[Request] = field(default_factory=deque)
    answers: Answers = field(default_factory=list)
    opening: set[asyncio.Task[None]] = field(default_factory=set)
    out: int = 0
    _done: asyncio.Event = field(default_factory=asyncio.Event)

    def more(self) -> bool:
        """Look if there is anything left to be posted; what is found waits in front."""
        if not self.back and (found := next(self.todo, None)):
            self.back.append(found)
        return bool(self.back)

    def take(self) -> Request | None:
        """Take the next one out."""
        found = self.back.popleft() if self.back else next(self.todo, None)
        if found:
            self.out += 1
        return found

    def put(self, ref: str, answer: Answer) -> None:
        """Keep what was answered to one that was out."""
        self.out -= 1
        self.answers.append((ref, answer))
        if not self.out:
            self.look()

    def give_back(self, request: Request) -> None:
        """Put one that was out in front again."""
        self.out -= 1
        self.back.appendleft(request)

    def give_up(self, answer: Answer) -> None:
        """Answer everything that is left."""
        while found := self.take():
            self.put(found[0], answer)

    def look(self) -> None:
        """Be done when nothing is out, left or still connecting."""
        if not self.out and not self.opening and not self.more():
            self._done.set()

    async def until_done(self) -> None:
        """Wait until there is an answer to everything."""
        self.look()
        await self._done.wait()


class Line(asyncio.Protocol):
    """One connection and the request that is out on it."""

    def __init__(self, house: House) -> None:
        self._house = house
        self.request: Request | None = None
        self.since, self.alive = 0.0, True
        self._time = asyncio.get_running_loop().time
        self._parser = HttpResponseParser(self)
        self._retry_after, self._served = "", 0

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Remember where to write."""
        self._transport = cast(asyncio.Transport, transport)

    def go_on(self) -> None:
        """Post the next request, if there is one."""
        if self.alive and self.request is None and (request := self._house.next()):
            self.request, self.since, self._retry_after = request, self._time(), ""
            self._transport.write(request[1])

    def data_received(self, data: bytes) -> None:
        """Read; what is no HTTP ends the connection."""
        try:
            self._parser.feed_data(data)
        except HttpParserError:
            self._transport.abort()

    def on_header(self, name: bytes, value: bytes) -> None:
        """Keep the one header that matters."""
        if name.lower() == b"retry-after":
            self._retry_after = value.decode("latin-1")

    def on_message_complete(self) -> None:
        """Take the answer, and go on while the other side keeps the connection."""
        status, request = self._parser.get_status_code(), self.request
        if request is None or status < HTTPStatus.OK:
            return
        self.request, self._served = None, self._served + 1
        keep = self._parser.should_keep_alive()
        self._house.answered(request[0], Answer(status, "", self._retry_after), self._time() - self.since)
        if keep:
            self.go_on()
        else:
            self.end()

    def give_up(self, said: str = "Timeout") -> None:
        """Wait no longer."""
        request, self.request = self.request, None
        if request:
            self._house.answered(request[0], Answer(0, said), 0)
        self.end()

    def end(self) -> None:
        """Hang up at once; nothing is out on it any more."""
        self._transport.abort()
        self._ended(again=False)

    def connection_lost(self, exc: Exception | None) -> None:
        """Say so; a request on a connection that worked before met one that had just been ended."""
        self._ended(again=self._served > 0)

    def _ended(self, *, again: bool) -> None:
        if self.alive:
            self.alive = False
            request, self.request = self.request, None
            self._house.lost(self, request, again=again)


def _is_outside(place: str) -> bool:
    """Test if an address leads out of this house, also by a gateway from IPv6 (NAT64)."""
    found = ipaddress.ip_address(place)
    inner = ipaddress.ip_address(found.packed[-4:]) if found in NAT64 else found
    return found.is_global and inner.is_global
