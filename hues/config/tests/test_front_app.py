"""The whole front before a real database: it answers by itself, whatever Django and slow senders do."""

import http.client
import socket
import threading
import time
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from typing import Any

import pytest
import uvicorn
from django.db import connection
from psycopg.conninfo import make_conninfo

from hues.config.front.app import Front, Places
from hues.config.serving import Server
from hues.kernel.published import actions, shelf
from hues.kernel.published.rendering import Rendering

AT = datetime(2026, 10, 5, 3, 0, tzinfo=UTC)
PATH = "/tests/notice/"
SLOW = "POST /upload HTTP/1.1\r\nHost: localhost\r\nContent-Length: 50000\r\n\r\n"
IN_TIME = 30.0  # seconds, on a machine that does much else
HASHED = "/static/look.0123456789ab.css"


class Stuck:
    """A WSGI application whose threads are all taken: nothing that needs Django gets an answer."""

    def __init__(self) -> None:
        self.go = threading.Event()
        self.asked = 0

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        self.asked += 1
        self.go.wait(60)
        start_response("200 OK", [("Content-Type", "text/plain")])
        return [b"Django"]


class Running:
    """A front behind a real server on loopback."""

    def __init__(self, folder: Path) -> None:
        static = folder / "static"
        static.mkdir(parents=True)
        (static / "look.0123456789ab.css").write_text("a{}")
        (static / "worker.js").write_text("1")
        known = connection.get_connection_params()
        wanted = {key: known[key] for key in ("host", "port", "user", "password", "dbname") if key in known}
        places = Places(home=folder, static=static, database=make_conninfo("", **wanted))
        self.django = Stuck()
        front = Front(self.django, places, threads=2)
        self.door = socket.create_server(("127.0.0.1", 0), backlog=1000)
        config = uvicorn.Config(front, log_config=None, lifespan="on", timeout_graceful_shutdown=1)
        self._server = Server(config, front.watching.streams.let_go)
        self._thread = threading.Thread(target=self._server.run, args=[[self.door]], daemon=True)
        self._thread.start()
        until(lambda: self._server.started)

    def get(self, path: str, **headers: str) -> http.client.HTTPResponse:
        """Ask for a path and return the answer, read to its end."""
        host, port = self.door.getsockname()
        asking = http.client.HTTPConnection(host, port, timeout=20)
        asking.request("GET", path, headers=headers)
        answer = asking.getresponse()
        answer.read()
        asking.close()
        return answer

    def stop(self) -> None:
        """End the server, letting Django go first."""
        self.django.go.set()
        self._server.should_exit = True
        self._thread.join(20)


def until(holds: Any, seconds: float = IN_TIME) -> None:
    """Wait until a condition holds, and fail if it never does."""
    end = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.005)


@pytest.fixture
def start(tmp_path: Path, transactional_db: None) -> Iterator[Any]:
    with ExitStack() as stack:
        count = iter(range(9))

        def begin() -> Running:
            front = Running(tmp_path / str(next(count)))
            stack.callback(front.stop)
            return front

        yield begin


def publish(words: str) -> None:
    """Publish and commit a page."""
    actions.publish(path=PATH, page=Rendering(body=words.encode(), headers={"content-type": "text/plain"}), at=AT)


def test_a_change_is_told_to_every_process_at_once(start: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    # A look now and then would come too late: what is seen here was told.
    monkeypatch.setattr(shelf, "POLL", 2 * IN_TIME)
    monkeypatch.setattr(shelf, "STALE", 3 * IN_TIME)
    publish("lặng")
    fronts = [start(), start()]
    for words in ("lên", "xuống rồi"):
        publish(words)
        length = str(len(words.encode()))
        until(lambda length=length: all(f.get(PATH).getheader("content-length") == length for f in fronts))
    assert [front.django.asked for front in fronts] == [0, 0]


def test_what_the_front_answers_itself_never_waits_for_django(start: Any) -> None:
    publish("lên")
    front = start()
    threads = [threading.Thread(target=front.get, args=[f"/somewhere/{n}/"]) for n in range(4)]
    for thread in threads:
        thread.start()
    until(lambda: front.django.asked == 2)
    assert [front.get(path).status for path in ("/healthz", PATH, HASHED)] == [200, 200, 200]
    front.django.go.set()
    for thread in threads:
        thread.join(20)
    assert front.django.asked == 4


def health(front: Running, sender: socket.socket | None = None) -> float:
    """Return how many seconds the front takes to say that it is well, while a slow sender goes on."""
    if sender:
        sender.sendall(b"x" * 1_000)
    began = time.monotonic()
    assert front.get("/healthz").status == 200
    return time.monotonic() - began


def test_two_hundred_slow_uploads_leave_health_quick(start: Any) -> None:
    front = start()
    usual = median(health(front) for _ in range(20))
    with ExitStack() as stack:
        slow = [stack.enter_context(socket.create_connection(front.door.getsockname())) for _ in range(200)]
        for sender in slow:
            sender.sendall(SLOW.encode() + b"x" * 1_000)
        took = [health(front, sender) for sender in slow[:40]]
        assert median(took) < max(0.05, 4 * usual)
        assert front.django.asked == 0


def test_files_named_by_content_may_be_kept_for_ever_and_others_may_not(start: Any) -> None:
    front = start()
    assert "immutable" in front.get(HASHED).getheader("cache-control")
    assert "immutable" not in front.get("/static/worker.js").getheader("cache-control")
    assert front.get(HASHED).getheader("x-content-type-options") == "nosniff"


def test_no_file_outside_is_served(start: Any) -> None:
    front = start()
    front.django.go.set()
    for path in ("/static/../secret", "/static/%2e%2e/secret", "/static//etc/passwd"):
        assert front.get(path).getheader("cache-control") is None, "this went to Django, which knows no such page"


def test_a_page_with_a_question_or_from_htmx_is_a_matter_for_django(start: Any) -> None:
    publish("lên")
    front = start()
    front.django.go.set()
    assert front.get(PATH).status == 200
    assert front.django.asked == 0
    front.get(PATH + "?page=2")
    front.get(PATH, **{"HX-Request": "true"})
    assert front.django.asked == 2
