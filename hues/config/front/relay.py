"""Pass a live stream on from the live process, byte by byte and without a thread."""

import asyncio
import logging
from contextlib import suppress
from pathlib import Path

import h11

from hues.config.front.answers import Receive, Scope, Send, answer

log = logging.getLogger(__name__)
PASSED_ON = {b"accept", b"last-event-id", b"accept-language"}
HOP_BY_HOP = {b"connection", b"transfer-encoding", b"keep-alive", b"date", b"server"}


class Relay:
    """Connects streams to the socket of the live process."""

    def __init__(self, socket: Path) -> None:
        self._socket = socket

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            reader, writer = await asyncio.open_unix_connection(str(self._socket))
        except OSError:
            await _answer_none(send)
            return
        leaving = asyncio.create_task(_gone(receive))
        passing = asyncio.create_task(_pass(scope, reader, writer, send))
        try:
            await asyncio.wait({leaving, passing}, return_when=asyncio.FIRST_COMPLETED)
            if passing.done():
                passing.result()
        finally:
            for task in (leaving, passing):
                task.cancel()
            writer.close()
            with suppress(OSError):
                await writer.wait_closed()


async def _pass(scope: Scope, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, send: Send) -> None:
    wire = h11.Connection(h11.CLIENT)
    query = scope["query_string"]
    target = scope["raw_path"] + (b"?" + query if query else b"")
    headers = [(name, value) for name, value in scope["headers"] if name in PASSED_ON]
    request = h11.Request(method="GET", target=target, headers=[(b"host", b"live"), *headers])
    writer.write((wire.send(request) or b"") + (wire.send(h11.EndOfMessage()) or b""))
    await writer.drain()
    started = False
    try:
        while True:
            event = wire.next_event()
            if event is h11.NEED_DATA:
                wire.receive_data(await reader.read(65536))
            elif isinstance(event, h11.Response):
                started = True
                pairs = [(name, value) for name, value in event.headers if name not in HOP_BY_HOP]
                await send({"type": "http.response.start", "status": event.status_code, "headers": pairs})
            elif isinstance(event, h11.Data):
                await send({"type": "http.response.body", "body": bytes(event.data), "more_body": True})
            else:
                break
    except (OSError, h11.ProtocolError) as failure:
        log.warning("The live process broke a stream off: %s", failure)
    if started:
        await send({"type": "http.response.body", "body": b""})
    else:
        await _answer_none(send)


async def _answer_none(send: Send) -> None:
    await answer(send, 503, b"Live news are not to be had right now.", [(b"retry-after", b"3")])


async def _gone(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass
