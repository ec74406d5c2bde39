"""An open page hears which version of what the city has published holds: at once, and whenever it is another."""

import http.client
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from hues.config.front import watching
from hues.config.tests.test_front_app import IN_TIME, PATH, Running, publish
from hues.kernel.published import actions

FEW = """
import resource
resource.setrlimit(resource.RLIMIT_NOFILE, (100, 300))
from hues.config import machine
from hues.config.front.watching import Watching
from hues.kernel.published.shelf import Shelf
print(machine.descriptors(), Watching(Shelf(""))._room, resource.getrlimit(resource.RLIMIT_NOFILE))
"""


@pytest.fixture
def front(tmp_path: Path, transactional_db: None) -> Iterator[Running]:
    publish("lặng")
    running = Running(tmp_path)
    yield running
    running.stop()


def watch(front: Running, path: str = PATH) -> http.client.HTTPResponse:
    host, port = front.door.getsockname()
    asking = http.client.HTTPConnection(host, port, timeout=IN_TIME)
    asking.request("GET", f"/live/pages/?of={path}")
    return asking.getresponse()


def version(stream: http.client.HTTPResponse) -> str:
    """Return the next version that is told."""
    while not (line := stream.readline().decode()).startswith("data:"):
        assert line, "the stream has ended"
    return line.removeprefix("data:").strip()


def kept(front: Running) -> str:
    return (front.get(PATH).getheader("etag") or "").strip('"')


def test_what_is_published_anew_is_told_to_open_pages_at_once(front: Running) -> None:
    first, second = watch(front), watch(front)
    calm = version(first)
    assert calm == version(second) == kept(front)
    publish("lên")
    risen = version(first)
    assert risen == version(second) == kept(front) != calm
    publish("lên")  # the same words are no news
    publish("xuống")
    fallen = version(first)
    assert fallen == kept(front) not in (calm, risen)
    actions.withdraw(path=PATH)
    assert version(first) == ""
    first.close()
    second.close()


def test_nobody_waits_for_what_is_not_published_nor_keeps_readers_from_their_place(
    front: Running, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert watch(front, "/me/").status == 404
    assert watch(front, "").status == 404
    assert watch(front, "%00%FF").status == 404
    monkeypatch.setattr(watching, "MOST", 1)
    first = watch(front)
    version(first)
    second = watch(front)
    assert (second.status, second.getheader("retry-after")) == (503, "60")
    assert front.get(PATH).status == 200
    first.close()


def test_a_process_takes_the_connections_it_may_have_and_gives_half_of_them_to_open_pages() -> None:
    run = f"import django; django.setup(){FEW}"
    done = subprocess.run([sys.executable, "-c", run], capture_output=True, text=True, check=True)
    assert done.stdout == "300 150 (300, 300)\n"


def test_open_pages_are_let_go_when_the_front_ends(front: Running) -> None:
    stream = watch(front)
    version(stream)
    front.stop()
    assert stream.read().strip() == b""  # a whole answer: one that is broken off raises
