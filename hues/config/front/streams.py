"""Open streams of server-sent events: each hears of its own topics, one clock keeps all of them open."""

import asyncio
from collections.abc import Callable

from hues.config.front.answers import Receive, Send

HEARTBEAT = 15.0  # seconds, below what proxies take for silence
LONGEST = 600.0  # seconds, after which a page has to come again
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
        """Keep the stream open, unless it has grown old."""
        self.tell(b":\n\n")
        if now > self._until:
            self.end()

    def end(self, *_: object) -> None:
        """Let the page go."""
        if not self.over.done():
            self.over.set_result(None)


class Streams:
    """All that are open in this process."""

    def __init__(self) -> None:
        self._listeners: set[Listener] = set()
        self._leaving = False

    def __len__(self) -> int:
        return len(self._listeners)

    async def keep(self, topics: frozenset[str], receive: Receive, send: Send, *, first: Callable[[], bytes]) -> None:
        """Say what comes `first` by then, and after it all that is told of `topics`, until page or process leave."""
        await send({"type": "http.response.start", "status": 200, "headers": HEADERS})
        listener = Listener(topics, send)
        listener.tell(b"retry: 2000\n" + first())
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

    def tell(self, topic: str, message: bytes) -> None:
        """Tell those who hear of a topic."""
        for listener in self._listeners:
            if topic in listener.topics:
                listener.tell(message)

    def tell_all(self, message: bytes) -> None:
        """Tell every page."""
        for listener in self._listeners:
            listener.tell(message)

    def let_go(self) -> None:
        """End every stream as a whole answer, and from now on each new one at once: the process is about to end."""
        self._leaving = True
        for listener in self._listeners:
            listener.end()

    async def beat(self) -> None:
        """Keep silent streams open, one clock for them all: a timer each would cost more than the streams do."""
        while True:
            await asyncio.sleep(HEARTBEAT)
            now = asyncio.get_running_loop().time()
            for listener in self._listeners:
                listener.beat(now)


async def _gone(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass
