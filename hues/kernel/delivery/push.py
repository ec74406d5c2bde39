"""Web push (RFC 8030): encrypted for one browser, signed once for each push service and twelve hours."""

import asyncio
import json
import re
import ssl
from collections.abc import Iterator, Sequence
from datetime import datetime
from functools import lru_cache
from hashlib import sha256
from http import HTTPStatus
from itertools import islice
from types import TracebackType
from urllib.parse import urlsplit

import uvloop
from cryptography.hazmat.primitives.asymmetric import ec
from django.conf import settings

from hues.kernel.delivery import encrypting
from hues.kernel.delivery.channels import Message, Outcome, Result, Urgency, Words
from hues.kernel.delivery.posting import PATIENCE, Answer, House, Request
from hues.kit.text import pick

SIGNED_FOR = 12 * 3600
USEFUL = {Urgency.LOW: 86_400, Urgency.NORMAL: 86_400, Urgency.HIGH: 6 * 3600, Urgency.EXTREME: 6 * 3600}
LONGEST_BODY = 600
LONGEST_WAIT = 3_600
GRACE = 1.0  # seconds
AHEAD = 64  # some milliseconds of work, and some ten kilobytes
_ORIGIN = re.compile(r"https?://[^/?#]*")
GONE = frozenset({HTTPStatus.NOT_FOUND, HTTPStatus.GONE})


class Push:
    """Hands messages to push services in the name of the city's key, over connections kept until it is left."""

    def __init__(self, key: ec.EllipticCurvePrivateKey) -> None:
        self._key = key
        self._houses: dict[str, House] = {}
        self._tokens: dict[str, tuple[float, str]] = {}
        self._trust = ssl.create_default_context()  # and who the machine's owner trusts, by SSL_CERT_FILE
        self._runner = asyncio.Runner(loop_factory=uvloop.new_event_loop)

    def __enter__(self) -> "Push":
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._runner.run(self._leave())
        self._runner.close()

    def __call__(self, messages: Sequence[Message], *, at: datetime) -> list[Result]:
        """Hand messages over, many at once; each is answered for."""
        by_origin: dict[str, list[Message]] = {}
        for message in messages:
            by_origin.setdefault(origin_of(message.address), []).append(message)
        return self._runner.run(self._all(by_origin, at))

    async def _all(self, by_origin: dict[str, list[Message]], at: datetime) -> list[Result]:
        loop, whole = asyncio.get_running_loop(), sum(map(len, by_origin.values()))
        tasks = {asyncio.create_task(self._to(*one, at)): one[0] for one in by_origin.items()}
        began, (done, silent) = loop.time(), await asyncio.wait(tasks, timeout=GRACE)
        # While others answer, a side that says nothing at all is left: its turn comes again by itself.
        while silent:
            for task in silent if done else ():
                if loop.time() - began >= patience(len(by_origin[tasks[task]]) / whole):
                    self._houses[tasks[task]].leave_if_silent()
            more, silent = await asyncio.wait(silent, timeout=GRACE)
            done |= more
        return [result for task in tasks for result in task.result()]

    async def _to(self, origin: str, messages: Sequence[Message], at: datetime) -> list[Result]:
        if origin not in self._houses:
            self._houses[origin] = House(origin, self._trust, outside_only=not settings.HUES.demo)
        line, unfit = f"push:{origin}", list[Result]()
        requests = _ahead(self._requests(origin, messages, at, unfit))
        answers = await self._houses[origin].post(requests, len(messages))
        return unfit + [_result(ref, line, answer) for ref, answer in answers]

    def _requests(
        self, origin: str, messages: Sequence[Message], at: datetime, unfit: list[Result]
    ) -> Iterator[Request]:
        """Yield requests, encrypted when they are asked for."""
        said: dict[tuple[int, str, bool], tuple[bytes, bytes]] = {}
        for message in messages:
            words = message.words
            kind = (id(words), message.language, message.to_many)
            if kind not in said:
                said[kind] = (payload(words, message.language, to_many=message.to_many), self._head(words, origin, at))
            plain, head = said[kind]
            try:
                body = encrypting.encrypt(plain, message.shared or encrypting.agree_with(message.keys))
                path = _path(message.address[len(origin) :])
            except ValueError:
                unfit.append(Result(ref=message.ref, outcome=Outcome.GONE, line=f"push:{origin}", said="unfit keys"))
                continue
            yield message.ref, b"POST %b%b%d\r\n\r\n%b" % (path, head, len(body), body)

    def _head(self, words: Words, origin: str, at: datetime) -> bytes:
        urgency = words.urgency
        headers = {
            "Host": urlsplit(origin).netloc,
            "TTL": str(words.good_for(USEFUL[urgency], at)),
            "Urgency": Urgency.HIGH.value if urgency is Urgency.EXTREME else urgency.value,
            "Topic": topic(words.topic),
            "Content-Encoding": "aes128gcm",
            "Content-Type": "application/octet-stream",
            "Authorization": self._token(origin, at),
        }
        lines = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
        return f" HTTP/1.1\r\n{lines}Content-Length: ".encode("ascii")

    def _token(self, origin: str, at: datetime) -> str:
        now = at.timestamp()
        until, token = self._tokens.get(origin, (0.0, ""))
        if until < now + SIGNED_FOR / 2:
            until = now + SIGNED_FOR
            token = encrypting.token(self._key, origin=origin, until=int(until), contact=settings.HUES.origin)
            self._tokens[origin] = (until, token)
        return token

    async def _leave(self) -> None:
        for house in self._houses.values():
            house.close()
        await asyncio.sleep(0)


def patience(share: float) -> float:
    """
    Return how many seconds a side may take for its first answer while others answer, by its share of the messages.

    One that most people's browsers listen to is worth it: left, all of them would wait until its line is opened again.
    """
    return GRACE + share * PATIENCE


def _ahead(requests: Iterator[Request]) -> Iterator[Request]:
    """Yield requests made some at a time: answers that come meanwhile are then read together, not one by one."""
    while made := [*islice(requests, AHEAD)]:
        yield from made


def payload(words: Words, language: str, *, to_many: bool) -> bytes:
    """Return what the service worker reads, in the reader's language."""
    prefix = "" if language == "vi" else f"/{language}"
    told = {
        "title": pick(words.title, language)[:200],
        "body": pick(words.body, language)[:LONGEST_BODY],
        "url": prefix + words.link,
        "tag": topic(words.topic),
        "lang": language,
        "many": to_many,
        "urgent": words.urgency in (Urgency.HIGH, Urgency.EXTREME),
    }
    return json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode()


def origin_of(address: str) -> str:
    """Return scheme, host and port of an address."""
    found = _ORIGIN.match(address)
    return found.group() if found else address


@lru_cache(maxsize=64)
def topic(story: str) -> str:
    """Return a story's name as push services take it: 32 letters that tell nothing of it."""
    return encrypting.text_of(sha256(story.encode()).digest()[:24])


def _path(rest: str) -> bytes:
    """
    Return what is asked of the host.

    :raises ValueError: if it could be read as more than one line
    """
    if not rest.isprintable() or not rest.isascii():
        raise ValueError("no path")
    path = rest.partition("#")[0].replace(" ", "%20")
    return (path if path.startswith("/") else f"/{path}").encode("ascii")


def _result(ref: str, line: str, answer: Answer) -> Result:
    """Return what a push service's answer means."""
    status, said = answer.status, answer.said or f"HTTP {answer.status}"
    if status in GONE:
        return Result(ref=ref, outcome=Outcome.GONE, line=line, said=said)
    if HTTPStatus.OK <= status < HTTPStatus.MULTIPLE_CHOICES:
        return Result(ref=ref, outcome=Outcome.SENT, line=line)
    if not status or status == HTTPStatus.TOO_MANY_REQUESTS or status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        return Result(ref=ref, outcome=Outcome.AGAIN, line=line, said=said, wait=_wait(answer.retry_after))
    return Result(ref=ref, outcome=Outcome.REFUSED, line=line, said=said)


def _wait(text: str) -> float:
    return float(min(int(text), LONGEST_WAIT)) if text.isascii() and text.isdigit() else 0.0
