"""Whole requests reach Django and nothing else does; slow senders take no thread."""

import http.client
import socket
import threading
import time
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest
import uvicorn

from hues.config.front.bridge import Bridge

HEAD = "POST /upload HTTP/1.1\r\nHost: localhost\r\nContent-Type: text/plain\r\nContent-Length: {}\r\n\r\n"


class Counter:
    """A WSGI application that remembers the bodies it was given."""

    def __init__(self) -> None:
        self.bodies: list[int] = []

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        self.bodies.append(len(environ["wsgi.input"].read()))
        start_response("200 OK", [("Content-Type", "text/plain")])
        return [b"done"]


class Running:
    """A bridge behind a real server on loopback."""

    def __init__(self, folder: Path) -> None:
        self.application = Counter()
        bridge = Bridge(self.application, spool=folder, threads=2)
        with socket.socket() as probe:
            self.port = next(p for p in range(9300, 10_200) if probe.connect_ex(("127.0.0.1", p)) != 0)
        self._server = uvicorn.Server(
            uvicorn.Config(bridge, port=self.port, log_level="error", lifespan="off", ws="none", http="httptools")
        )
        self._thread = threading.Thread(target=self._server.run, daemon=True)
        self._thread.start()
        until(lambda: self._server.started)

    def post(self, body: bytes) -> int:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        connection.request("POST", "/upload", body)
        status = connection.getresponse().status
        connection.close()
        return status

    def begin(self, announced: int, sent: bytes) -> socket.socket:
        """Open a connection, announce a body and send a part of it."""
        sender = socket.create_connection(("127.0.0.1", self.port))
        sender.sendall(HEAD.format(announced).encode() + sent)
        return sender

    def stop(self) -> None:
        self._server.should_exit = True
        self._thread.join(20)


def until(holds: Any, seconds: float = 30) -> None:
    """Wait until a condition holds, and fail if it never does."""
    end = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.01)


@pytest.fixture
def running(tmp_path: Path) -> Iterator[Running]:
    server = Running(tmp_path / "spool")
    yield server
    server.stop()


def test_a_whole_body_arrives_whole(running: Running) -> None:
    assert running.post(b"x" * 3_000_000) == 200
    assert running.application.bodies == [3_000_000]


def test_an_upload_cut_half_way_never_reaches_django(running: Running) -> None:
    running.begin(1_000_000, b"x" * 100_000).close()
    assert running.post(b"after") == 200
    assert running.application.bodies == [5]


def test_two_hundred_slow_senders_hold_nobody_up(running: Running) -> None:
    slow = [running.begin(50_000, b"x" * 1_000) for _ in range(200)]
    began = time.monotonic()
    assert running.post(b"quick") == 200
    assert time.monotonic() - began < 5
    assert running.application.bodies == [5]
    for sender in slow:
        sender.close()


@pytest.mark.parametrize(("path", "words"), [("/upload", "cộng lại quá lớn"), ("/en/upload", "too large together")])
def test_a_reader_who_sends_too_much_is_told_in_words_after_the_last_byte(
    running: Running, path: str, words: str
) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", running.port, timeout=60)
    connection.request("POST", path, b"x" * 70_000_000, {"Accept": "text/html,*/*"})
    answer = connection.getresponse()
    page = answer.read().decode()
    connection.close()
    assert (answer.status, words in page, running.application.bodies) == (413, True, [])
    assert answer.headers["Content-Type"] == "text/html; charset=utf-8"


def test_a_body_that_is_too_large_is_turned_away_before_it_is_read(running: Running) -> None:
    sender = running.begin(500_000_000, b"x")
    sender.settimeout(30)
    assert b" 413 " in sender.recv(200)
    sender.close()
    assert running.application.bodies == []
