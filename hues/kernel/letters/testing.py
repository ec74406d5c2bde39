"""A channel's host of pictures on this machine, and a letter, for tests."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from uuid import UUID

from hues.kernel.delivery.channels import Way
from hues.kernel.letters import actions
from hues.kernel.letters.incoming import Incoming

WORDS = "Ổ gà rất sâu trước cổng trường ở 12 Lê Lợi."


def a_letter(
    *, text: str = WORDS, sender: str = "4242", way: Way = Way.ZALO, key: str = "m1", name: str = "", at: datetime
) -> UUID | None:
    """Have somebody write to the city, and return the letter's id if it was kept."""
    return actions.receive(Incoming(way=way, message_id=key, sender=sender, name=name, text=text, written_at=at), at=at)


@dataclass(slots=True)
class Host:
    """Where it is, and what it answers with by path: a status and bytes."""

    url: str = ""
    found: dict[str, tuple[int, bytes]] = field(default_factory=dict)


@contextmanager
def a_host() -> Iterator[Host]:
    """Run a host on loopback that answers with what was put there, else 404."""
    host = Host()

    class Answer(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            status, body = host.found.get(self.path, (404, b""))
            self.send_response(status)
            self.send_header("Location", "/elsewhere")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:
            """Stay silent."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Answer)
    server.daemon_threads = True
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        host.url = f"http://127.0.0.1:{server.server_address[1]}"
        yield host
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
