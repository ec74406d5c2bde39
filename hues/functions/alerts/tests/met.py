"""A met service on this machine: pages by path, and what was asked for."""

from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event
from typing import Any

from hues.engines.bulletins import queries
from hues.engines.bulletins.queries import catalogue
from hues.kernel import city
from hues.kernel.agencies import testing as cast

ATOM = '<feed xmlns="http://www.w3.org/2005/Atom">{}</feed>'
ENTRY = '<entry><link href="{}" type="application/cap+xml"/></entry>'


class Met(ThreadingHTTPServer):
    """A met service: pages by path, and what was asked for."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Door)
        self.pages: dict[str, bytes] = {}
        self.asked: list[tuple[str, int]] = []
        self.slow = Event()

    def feed(self, *links: str) -> None:
        self.pages["/feed"] = ATOM.format("".join(ENTRY.format(link) for link in links)).encode()


class Door(BaseHTTPRequestHandler):
    server: Met

    def do_GET(self) -> None:
        body, tag = self.server.pages.get(self.path), f'"{hash(self.server.pages.get(self.path))}"'
        status = 404 if body is None else 304 if self.headers.get("If-None-Match") == tag else 200
        self.server.asked.append((self.path, status))
        self.send_response(status)
        self.send_header("ETag", tag)
        self.send_header("Content-Length", str(len(body or b"") if status == 200 else 0))
        self.end_headers()
        if status == 200 and self.path == "/drip":
            self._drip(body or b"")
        elif status == 200:
            self.wfile.write(body or b"")

    def _drip(self, body: bytes) -> None:
        """Send a byte now and then, so that no single wait is long, until the other side has gone."""
        with suppress(OSError):
            for number in range(len(body)):
                self.wfile.write(body[number : number + 1])
                self.server.slow.wait(0.05)

    def log_message(self, *args: Any) -> None:
        """Keep silent."""


def forget() -> None:
    """Let the city be read anew from its files."""
    for kept in (city.city, city.document, city.rows, catalogue.sources):
        kept.cache_clear()


def outcomes() -> list[tuple[str, str]]:
    return sorted((card.identifier, card.outcome) for card in queries.incoming(cast.alert_writer(), limit=99))
