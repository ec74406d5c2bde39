"""Take in a request's whole body before a thread is spent on it."""

import asyncio
import io
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from hues.config.front.answers import Receive, Scope, header

PAUSE = 2.0  # seconds without a byte of what is not taken, and its sender is told
TOO_LARGE = "This is larger than we can take."


class Turned(Exception):
    """A body that is not taken; `status` 0 means that nobody is left to be told."""

    def __init__(self, status: int, sentence: str = "") -> None:
        super().__init__(sentence)
        self.status, self.sentence = status, sentence


@dataclass(frozen=True, kw_only=True, slots=True)
class Limits:
    """How much, how slow and how many: bytes, seconds, bytes per second and bodies at once."""

    in_memory: int = 1024 * 1024
    total: int = 64 * 1024 * 1024
    idle: float = 30.0
    grace: float = 60.0
    rate: float = 256.0
    at_once: int = 2000


class Spool:
    """Receives bodies: in memory at first, then in a nameless file of the data folder."""

    def __init__(self, folder: Path, limits: Limits = Limits()) -> None:
        self._folder, self._limits = folder, limits
        self._open = 0
        folder.mkdir(parents=True, exist_ok=True)

    async def take(self, scope: Scope, receive: Receive) -> tuple[IO[bytes], int]:
        """
        Return the body as a file at its start, and its length.

        :raises Turned: if it is too large, too slow, cut short, or one too many
        """
        announced = self._announced(scope)
        if announced is not None and announced > self._limits.total:
            await self._let_pass(receive, announced)
            raise Turned(413, TOO_LARGE)
        if not announced and not header(scope, b"transfer-encoding"):
            return io.BytesIO(), 0
        if self._open >= self._limits.at_once:
            raise Turned(503, "Too many uploads at once. Please try again in a moment.")
        body = tempfile.SpooledTemporaryFile(max_size=self._limits.in_memory, dir=str(self._folder))  # noqa: SIM115
        self._open += 1
        try:
            length = await self._fill(body, receive)
            if announced is not None and length != announced:
                raise Turned(400, "The request was cut short.")
        except BaseException:
            body.close()
            raise
        finally:
            self._open -= 1
        body.seek(0)
        return body, length

    async def _fill(self, body: tempfile.SpooledTemporaryFile[bytes], receive: Receive) -> int:
        clock, limits, length = asyncio.get_running_loop().time, self._limits, 0
        began = clock()
        while True:
            try:
                message = await asyncio.wait_for(receive(), limits.idle)
            except TimeoutError:
                raise Turned(408, "Nothing arrived for too long.") from None
            if message["type"] == "http.disconnect":
                raise Turned(0)
            chunk = message.get("body", b"")
            length += len(chunk)
            if length > limits.total:
                raise Turned(413, TOO_LARGE)
            if length > limits.in_memory:
                await asyncio.to_thread(body.write, chunk)
            else:
                body.write(chunk)
            if not message.get("more_body"):
                return length
            taken = clock() - began
            if taken > limits.grace and length / taken < limits.rate:
                raise Turned(408, "This arrives too slowly.")

    def _announced(self, scope: Scope) -> int | None:
        text = header(scope, b"content-length")
        if not text:
            return None
        if not text.isdigit():
            raise Turned(400, "The length of the request makes no sense.")
        return int(text)

    async def _let_pass(self, receive: Receive, length: int) -> None:
        """Read past a body that is not taken, up to a measure: a browser that still sends hears no answer."""
        passed, until = 0, asyncio.get_running_loop().time() + self._limits.grace
        while passed < min(length, 4 * self._limits.total) and asyncio.get_running_loop().time() < until:
            try:
                message = await asyncio.wait_for(receive(), PAUSE)
            except TimeoutError:
                return
            passed += len(message.get("body", b""))
            if message["type"] == "http.disconnect" or not message.get("more_body"):
                return
