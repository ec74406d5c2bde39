"""Open pages hear what their ticket allows, and nothing else."""

import asyncio
import os
import socket
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from django.core import signing
from django.db import connection, transaction
from psycopg.conninfo import make_conninfo

from hues.config import sockets
from hues.config.front.answers import Message
from hues.config.live import Live
from hues.kernel import live
from hues.kernel.live import News


class Reader:
    """An open page: the ticket it shows and what it has heard."""

    def __init__(self, ticket: str) -> None:
        self.scope = {"type": "http", "path": "/live/", "query_string": f"ticket={ticket}".encode(), "headers": []}
        self.status = 0
        self.heard = b""
        self.left = asyncio.Event()

    async def receive(self) -> Message:
        await self.left.wait()
        return {"type": "http.disconnect"}

    async def send(self, message: Message) -> None:
        self.status = message.get("status", self.status)
        self.heard += message.get("body", b"")


async def until(holds: Callable[[], bool], seconds: float = 30) -> None:
    """Wait for something that comes over another connection, and fail if it never does."""
    async with asyncio.timeout(seconds):
        while not holds():
            await asyncio.sleep(0.005)


def test_a_ticket_opens_its_own_topics_and_a_forged_one_none() -> None:
    good = live.ticket(["desk:1", "ops"])
    assert live.topics_of(good) == {"desk:1", "ops"}
    assert live.topics_of(good[:-1] + ("a" if good[-1] != "a" else "b")) == frozenset()
    assert live.topics_of("") == frozenset()


def test_a_ticket_for_something_else_is_no_ticket() -> None:
    assert live.topics_of(signing.dumps(["ops"], salt="another")) == frozenset()


def test_without_a_ticket_the_door_stays_shut() -> None:
    reader = Reader("nonsense")
    asyncio.run(Live("")(reader.scope, reader.receive, reader.send))
    assert reader.status == 403


def test_news_reach_those_who_may_hear_them_and_nobody_else() -> None:
    async def story() -> None:
        process = Live("")
        ours, theirs = Reader(live.ticket(["desk:1"])), Reader(live.ticket(["desk:2"]))
        streams = [asyncio.create_task(process(r.scope, r.receive, r.send)) for r in (ours, theirs)]
        await until(lambda: b"open" in ours.heard and b"open" in theirs.heard)
        process.hear('["desk:1", "cases", "42"]')
        await until(lambda: b"event: cases" in ours.heard)
        process.hear('["desk:2", "end", ""]')
        await until(lambda: b"event: end" in theirs.heard)
        assert b"cases" not in theirs.heard
        for stream in streams:
            stream.cancel()

    asyncio.run(story())


def test_a_reader_who_does_not_keep_up_is_let_go_and_holds_nobody_else() -> None:
    async def story() -> None:
        process = Live("")
        stuck, quick = Reader(live.ticket(["a"])), Reader(live.ticket(["a"]))
        released = asyncio.Event()

        async def slowly(message: Message) -> None:
            if b"open" in stuck.heard:
                await released.wait()
            await stuck_send(message)

        stuck_send = stuck.send
        tasks = [
            asyncio.create_task(process(stuck.scope, stuck.receive, slowly)),
            asyncio.create_task(process(quick.scope, quick.receive, quick.send)),
        ]
        await until(lambda: b"open" in stuck.heard and b"open" in quick.heard)
        for number in range(5):
            process.hear(f'["a", "n", "{number}"]')
            await until(lambda number=number: f'"{number}"'.encode() in quick.heard)  # type: ignore[misc]
        released.set()
        async with asyncio.timeout(30):
            await tasks[0]
        assert b"event: n" not in stuck.heard
        assert not tasks[1].done()
        tasks[1].cancel()

    asyncio.run(story())


@pytest.mark.django_db(transaction=True)
def test_what_is_told_in_a_transaction_is_heard_when_it_commits() -> None:
    known = connection.get_connection_params()
    wanted: dict[str, Any] = {key: known[key] for key in ("host", "port", "user", "password", "dbname") if key in known}
    process = Live(make_conninfo("", **wanted))

    def tell() -> None:
        with transaction.atomic():
            live.tell(News(topic="ops", kind="queue", subject="7"))
        connection.close()

    async def story() -> None:
        life: asyncio.Queue[Message] = asyncio.Queue()
        answers: list[Message] = []

        async def note(message: Message) -> None:
            answers.append(message)

        running = asyncio.create_task(process({"type": "lifespan"}, life.get, note))
        life.put_nowait({"type": "lifespan.startup"})
        reader = Reader(live.ticket(["ops"]))
        stream = asyncio.create_task(process(reader.scope, reader.receive, reader.send))
        await until(lambda: b"event: again" in reader.heard)
        await asyncio.to_thread(tell)
        await until(lambda: b"event: queue" in reader.heard)
        assert b'"subject": "7"' in reader.heard
        life.put_nowait({"type": "lifespan.shutdown"})
        async with asyncio.timeout(10):
            await asyncio.gather(running, stream)

    asyncio.run(story())


SERVE = "import django; django.setup(); from hues.config import env, serving; serving.serve_live(env.read())"


def answers(place: Path) -> bool:
    """Test if somebody listens there."""
    with socket.socket(socket.AF_UNIX) as door, suppress(OSError):
        door.connect(str(place))
        return True
    return False


def waits_for_a_lock(pid: int) -> bool:
    """Test if a process is held up by a file that another one has locked."""
    return any(f" -> FLOCK  ADVISORY  WRITE {pid} " in line for line in Path("/proc/locks").read_text().splitlines())


def test_a_second_live_process_of_a_city_waits_and_takes_over(tmp_path: Path) -> None:
    environ = {**os.environ, "HUES_HOME": str(tmp_path)}
    place = sockets.folder_in(tmp_path) / "live"
    with subprocess.Popen([sys.executable, "-c", SERVE], env=environ) as first:
        asyncio.run(until(lambda: answers(place), 60))
        bound = place.stat().st_ino
        with subprocess.Popen([sys.executable, "-c", SERVE], env=environ) as second:
            asyncio.run(until(lambda: waits_for_a_lock(second.pid), 60))
            assert place.stat().st_ino == bound
            assert answers(place)
            first.kill()
            first.wait()
            asyncio.run(until(lambda: answers(place), 60))
            assert second.poll() is None
            second.kill()
