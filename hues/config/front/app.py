"""The front as one ASGI application: health, published bytes, static files, live streams, and then Django."""

import asyncio
from collections.abc import MutableMapping
from dataclasses import dataclass
from pathlib import Path

from servestatic import ServeStaticASGI

from hues.config import machine, sockets
from hues.config.front import counting
from hues.config.front.answers import Application, Receive, Scope, Send, answer, answer_page, header
from hues.config.front.bridge import WSGI, Bridge
from hues.config.front.moment import Moment
from hues.config.front.relay import Relay
from hues.config.front.watching import DOOR, Watching
from hues.kernel.published.queries import PublishedPage
from hues.kernel.published.shelf import Shelf

HASHED = r"^.+\.[0-9a-f]{12}\.[^/]+$"
NEVER_STORED = (b"cache-control", b"no-store")


@dataclass(frozen=True, kw_only=True, slots=True)
class Places:
    """Where the front finds things: the data folder, the collected static files and the database."""

    home: Path
    static: Path
    database: str


class Front:
    """Answers what it can by itself and hands Django the rest, whole."""

    def __init__(self, django: WSGI, places: Places, *, threads: int = 0) -> None:
        self._shelf = Shelf(places.database)
        self.watching = Watching(self._shelf)
        threads = threads or max(4, min(4 * machine.cores(), 16))
        self._bridge = Bridge(django, spool=places.home / "spool", threads=threads)
        self._django = Moment(self._bridge, seen=counting.count)
        self._relay = Relay(sockets.folder_in(places.home) / "live")
        self._files: Application = ServeStaticASGI(
            self._bridge,
            root=places.static,
            prefix="static",
            max_age=60,
            allow_all_origins=False,
            immutable_file_test=HASHED,
            add_headers_function=_harden,
        )

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self._live_and_die(receive, send)
        elif scope["type"] != "http":
            await send({"type": "websocket.close", "code": 1000})
        elif scope["path"] == "/healthz":
            await self._tell_health(send)
        elif page := self._page_for(scope):
            counting.count(scope["path"])
            await answer_page(scope, send, page)
        elif scope["path"] == DOOR and scope["method"] == "GET":
            await self.watching(scope, receive, send)
        elif scope["path"].startswith("/live/") and scope["method"] == "GET":
            await self._relay(scope, receive, send)
        elif scope["path"].startswith("/static/"):
            await self._files(scope, receive, send)
        else:
            await self._django(scope, receive, send)

    def _page_for(self, scope: Scope) -> PublishedPage | None:
        if scope["method"] not in ("GET", "HEAD") or scope["query_string"] or header(scope, b"hx-request"):
            return None
        return self._shelf.get(scope["path"])

    async def _tell_health(self, send: Send) -> None:
        if self._shelf.is_fresh():
            await answer(send, 200, b"ok\n", [NEVER_STORED])
        else:
            await answer(send, 503, b"the database does not answer\n", [NEVER_STORED])

    async def _live_and_die(self, receive: Receive, send: Send) -> None:
        await receive()
        await self._shelf.open()
        beating = asyncio.create_task(self.watching.streams.beat())
        await send({"type": "lifespan.startup.complete"})
        await receive()
        beating.cancel()
        self.watching.streams.let_go()
        await self._shelf.close()
        await send({"type": "lifespan.shutdown.complete"})


def _harden(headers: MutableMapping[str, str], path: str, url: str) -> None:
    headers["X-Content-Type-Options"] = "nosniff"
