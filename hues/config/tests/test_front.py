"""Whole requests reach Django and nothing else does; slow senders take no thread."""

import asyncio
import http.client
import socket
import threading
import time
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest
import uvicorn

from hues.config.front.bridge import AHEAD, Bridge

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


def told_by(application: Any, send: Any, folder: Path, **scope: Any) -> None:
    """Let a bridge answer one request by `send`."""
    asked = {"type": "http", "method": "GET", "path": "/", "query_string": b"", "http_version": "1.1", "headers": []}

    async def story() -> None:
        bridge = Bridge(application, spool=folder, threads=1)
        await asyncio.wait_for(bridge({**asked, **scope}, asyncio.Event().wait, send), 30)  # type: ignore[arg-type]

    asyncio.run(story())


def saying(chunks: Iterable[bytes]) -> Any:
    """Return an application that answers these."""

    def application(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        start_response("200 OK", [("Content-Type", "text/plain")])
        return chunks

    return application


def test_a_short_answer_goes_out_in_one(tmp_path: Path) -> None:
    told: list[Any] = []

    async def send(message: Any) -> None:
        told.append(message)

    told_by(saying([b"a", b"b"]), send, tmp_path)
    assert [message["type"] for message in told] == ["http.response.start", "http.response.body"]
    assert (told[0]["headers"], told[1]) == (
        [(b"content-type", b"text/plain")],
        {"type": "http.response.body", "body": b"ab", "more_body": False},
    )


def test_a_thread_is_never_far_ahead_of_a_slow_reader_and_nothing_is_lost(tmp_path: Path) -> None:
    made, read, most = 0, 0, 0

    def chunks() -> Iterator[bytes]:
        nonlocal made
        for _ in range(300):
            made += 100_000
            yield b"x" * 100_000

    async def send(message: Any) -> None:
        nonlocal read, most
        most = max(most, made - read)
        await asyncio.sleep(0.001)
        read += len(message.get("body", b""))

    told_by(saying(chunks()), send, tmp_path)
    assert (made, read) == (30_000_000, 30_000_000)
    assert most < AHEAD + 1_000_000


def test_a_reader_who_left_stops_a_long_answer(tmp_path: Path) -> None:
    closed = threading.Event()

    def chunks() -> Iterator[bytes]:
        try:
            for _ in range(300):
                yield b"x" * 100_000
        finally:
            closed.set()

    async def send(message: Any) -> None:
        if message["type"] == "http.response.body":
            raise OSError("gone")

    with pytest.raises(OSError, match="gone"):
        told_by(saying(chunks()), send, tmp_path)
    assert closed.wait(20)


def test_an_application_that_breaks_half_way_never_looks_whole(tmp_path: Path) -> None:
    told: list[Any] = []

    def chunks() -> Iterator[bytes]:
        yield b"x" * 100_000
        raise ValueError("broken")

    async def send(message: Any) -> None:
        told.append(message)

    with pytest.raises(ValueError, match="broken"):
        told_by(saying(chunks()), send, tmp_path)
    assert not any(message.get("more_body") is False for message in told)


def test_headers_and_addresses_reach_django_as_they_were_sent(tmp_path: Path) -> None:
    found: dict[str, Any] = {}

    def application(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        found.update(environ)
        start_response("204 No Content", [])
        return []

    async def send(message: Any) -> None:
        found[message["type"]] = message

    headers = [
        (b"x-one", b"a"),
        (b"x-one", b"b"),
        (b"x_two", b"c"),
        (b"cookie", b"session=s"),
        (b"cookie", b"language=vi"),
        (b"content-type", b"text/plain"),
        (b"x-n", b"\xe9"),
    ]
    told_by(
        application, send, tmp_path, path="/huế/", query_string=b"q=a%20b\xc3", headers=headers, client=("10.0.0.9", 7)
    )
    assert found["PATH_INFO"].encode("latin-1").decode() == "/huế/"
    assert (found["QUERY_STRING"], found["REMOTE_ADDR"]) == ("q=a%20b%C3", "10.0.0.9")
    assert (found["HTTP_X_ONE"], found["CONTENT_TYPE"], found["HTTP_X_N"]) == ("a,b", "text/plain", "\xe9")
    assert "HTTP_X_TWO" not in found
    assert found["HTTP_COOKIE"] == "session=s; language=vi"
    assert found["http.response.start"]["status"] == 204
