"""Open pages hear at once that what the city has published is published anew; they need no ticket, and no cookie."""

from functools import partial
from urllib.parse import parse_qs

from hues.config import machine
from hues.config.front.answers import Receive, Scope, Send, answer
from hues.config.front.streams import Streams
from hues.kernel.published.shelf import Shelf

DOOR = "/live/pages/"
# Open pages of one process, and half of the connections it may hold at most: readers find room beside those who wait.
MOST = 8_000
LATER = [(b"cache-control", b"no-store"), (b"retry-after", b"60")]


class Watching:
    """Tells each page that asked which version of an address is published: at once, and whenever it is another."""

    def __init__(self, shelf: Shelf) -> None:
        self._shelf, self._room = shelf, machine.descriptors() // 2
        self.streams = Streams()
        shelf.on_change(self._changed)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        path = parse_qs(scope["query_string"].decode("latin-1")).get("of", [""])[0]
        if self._shelf.get(path) is None:
            await answer(send, 404, b"Nothing is published there.", [(b"cache-control", b"no-store")])
        elif len(self.streams) >= min(MOST, self._room):
            await answer(send, 503, b"Too many pages are open. Ask now and then.", LATER)
        else:
            await self.streams.keep(frozenset([path]), receive, send, first=partial(self._version, path))

    def _changed(self, path: str) -> None:
        self.streams.tell(path, self._version(path))

    def _version(self, path: str) -> bytes:
        page = self._shelf.get(path)
        return f"event: page\ndata: {page.etag if page else ''}\n\n".encode()
