"""Streams end whole when the city stops, and quietly when the live process dies."""

import asyncio
import logging
import socket
from pathlib import Path

import pytest
import uvicorn

from hues.config.front.answers import Message, Scope
from hues.config.front.relay import Relay
from hues.config.live import Live
from hues.config.serving import Server
from hues.kernel import live

BROKEN_OFF = b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n3\r\n:\n\n\r\n"


class Page:
    """A page that listens and never leaves by itself."""

    def __init__(self) -> None:
        ticket = f"ticket={live.ticket(['ops'])}".encode()
        self.scope: Scope = {"path": "/live/", "raw_path": b"/live/", "query_string": ticket, "headers": []}
        self.heard: list[Message] = []
        self.opened = asyncio.Event()

    async def receive(self) -> Message:
        await asyncio.Event().wait()
        return {"type": "http.disconnect"}

    async def send(self, message: Message) -> None:
        self.heard.append(message)
        if message.get("body"):
            self.opened.set()


def test_a_stop_ends_an_open_stream_as_a_whole_answer_and_says_nothing(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    async def story() -> Page:
        process, page, place = Live(""), Page(), tmp_path / "live"
        with socket.socket(socket.AF_UNIX) as listening:
            listening.bind(str(place))
            config = uvicorn.Config(process, lifespan="off", log_config=None, timeout_graceful_shutdown=1)
            server = Server(config, process.streams.let_go)
            serving = asyncio.create_task(server._serve([listening]))
            listening.listen()
            streaming = asyncio.create_task(Relay(place)(page.scope, page.receive, page.send))
            async with asyncio.timeout(30):
                await page.opened.wait()
                server.should_exit = True
                await asyncio.gather(serving, streaming)
        return page

    with caplog.at_level(logging.WARNING):
        page = asyncio.run(story())
    assert page.heard[0]["status"] == 200
    assert page.heard[-1] == {"type": "http.response.body", "body": b""}
    assert caplog.records == []


@pytest.mark.parametrize(("said", "status"), [(BROKEN_OFF, 200), (b"", 503)])
def test_a_live_process_that_dies_costs_one_line(
    said: bytes, status: int, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    async def die(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(said)
        writer.close()

    async def story() -> Page:
        page, place = Page(), tmp_path / "live"
        async with await asyncio.start_unix_server(die, str(place)), asyncio.timeout(30):
            await Relay(place)(page.scope, page.receive, page.send)
        return page

    with caplog.at_level(logging.WARNING):
        page = asyncio.run(story())
    assert page.heard[0]["status"] == status
    assert not page.heard[-1].get("more_body")
    assert len(caplog.records) <= 1
