"""A gateway of text messages on this machine, for tests that send through it."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread


@dataclass(slots=True)
class Gateway:
    """What it was asked, by header and message; the answers are taken from the front, then all is well."""

    url: str = ""
    answers: list[int] = field(default_factory=list)
    received: list[dict[str, str]] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)


@contextmanager
def a_gateway(*answers: int) -> Iterator[Gateway]:
    """Run a gateway on loopback that answers with these status codes in turn, then with 202."""
    gateway = Gateway(answers=[*answers])

    class Answer(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            gateway.headers.append(dict(self.headers.items()))
            gateway.received.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
            self.send_response(gateway.answers.pop(0) if gateway.answers else 202)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, format: str, *args: object) -> None:
            """Stay silent."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Answer)
    gateway.url = f"http://127.0.0.1:{server.server_port}/send"
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield gateway
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
