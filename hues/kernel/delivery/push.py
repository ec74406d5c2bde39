"""Web push (RFC 8030): encrypted for one browser, signed once for each push service and twelve hours."""

import asyncio
import ipaddress
import json
import os
import socket
from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import lru_cache
from hashlib import sha256
from http import HTTPStatus
from pathlib import Path
from urllib.parse import urlsplit

from cryptography.hazmat.primitives.asymmetric import ec
from django.conf import settings
from pyreqwest.client import Client, ClientBuilder
from pyreqwest.exceptions import PyreqwestError
from pyreqwest.response import Response

from hues.kernel.delivery import encrypting
from hues.kernel.delivery.channels import Message, Outcome, Result, Urgency
from hues.kit.text import pick

AT_ONCE = 64
PATIENCE = timedelta(seconds=10)
SIGNED_FOR = 12 * 3600
USEFUL = {Urgency.LOW: 86_400, Urgency.NORMAL: 86_400, Urgency.HIGH: 6 * 3600, Urgency.EXTREME: 6 * 3600}
LONGEST_BODY = 600
LONGEST_WAIT = 3_600
GONE = frozenset({HTTPStatus.NOT_FOUND, HTTPStatus.GONE})


class Push:
    """Hands messages to push services in the name of the city's key."""

    def __init__(self, key: ec.EllipticCurvePrivateKey) -> None:
        self._key = key
        self._tokens: dict[str, str] = {}

    def __call__(self, messages: Sequence[Message], *, at: datetime) -> list[Result]:
        """Hand messages over, many at once; each is answered for."""
        return asyncio.run(self._all(messages, at))

    async def _all(self, messages: Sequence[Message], at: datetime) -> list[Result]:
        todo = iter(messages)
        results: list[Result] = []
        barred = await asyncio.to_thread(_barred, {origin_of(message.address) for message in messages})
        async with _client() as client:

            async def work() -> None:
                for message in todo:
                    origin = origin_of(message.address)
                    if origin in barred:
                        results.append(_result(message, Outcome.REFUSED, "no address outside of this house"))
                    else:
                        results.append(await self._one(client, message, origin, at))

            await asyncio.gather(*(work() for _ in range(min(AT_ONCE, len(messages)))))
        return results

    async def _one(self, client: Client, message: Message, origin: str, at: datetime) -> Result:
        try:
            body = encrypting.encrypt(
                payload(message),
                p256dh=encrypting.bytes_of(message.keys["p256dh"]),
                auth=encrypting.bytes_of(message.keys["auth"]),
                once=encrypting.fresh(),
            )
        except (KeyError, ValueError):
            return _result(message, Outcome.GONE, "keys that fit nobody")
        try:
            request = client.post(message.address).headers(self._headers(message, origin, at)).body_bytes(body)
            return answered(message, await request.build().send(), at)
        except PyreqwestError as error:
            return _result(message, Outcome.AGAIN, type(error).__name__)

    def _headers(self, message: Message, origin: str, at: datetime) -> dict[str, str]:
        urgency = message.words.urgency
        return {
            "TTL": str(USEFUL[urgency]),
            "Urgency": Urgency.HIGH if urgency is Urgency.EXTREME else urgency.value,
            "Topic": topic(message.words.topic),
            "Content-Encoding": "aes128gcm",
            "Content-Type": "application/octet-stream",
            "Authorization": self._token(origin, at),
        }

    def _token(self, origin: str, at: datetime) -> str:
        if origin not in self._tokens:
            self._tokens[origin] = encrypting.token(
                self._key, origin=origin, until=int(at.timestamp()) + SIGNED_FOR, contact=settings.HUES.origin
            )
        return self._tokens[origin]


def payload(message: Message) -> bytes:
    """Return what the service worker reads, in the reader's language."""
    words, language = message.words, message.language
    prefix = "" if language == "vi" else f"/{language}"
    told = {
        "title": pick(words.title, language)[:200],
        "body": pick(words.body, language)[:LONGEST_BODY],
        "url": prefix + words.link,
        "tag": topic(words.topic),
        "lang": language,
        "urgent": words.urgency in (Urgency.HIGH, Urgency.EXTREME),
    }
    return json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode()


@lru_cache(maxsize=4096)
def origin_of(address: str) -> str:
    """Return scheme, host and port of an address."""
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.netloc}"


def topic(story: str) -> str:
    """Return a story's name as push services take it: 32 letters that tell nothing of it."""
    return encrypting.text_of(sha256(story.encode()).digest()[:24])


def answered(message: Message, answer: Response, at: datetime) -> Result:
    """Return what a push service's answer means."""
    status = answer.status
    said = f"HTTP {status}"
    if status in GONE:
        return _result(message, Outcome.GONE, said)
    if status < HTTPStatus.MULTIPLE_CHOICES:
        return _result(message, Outcome.SENT, "")
    if status == HTTPStatus.TOO_MANY_REQUESTS or status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        return _result(message, Outcome.AGAIN, said, _wait(answer.get_header("Retry-After")))
    return _result(message, Outcome.REFUSED, said)


def _wait(text: str | None) -> float:
    return float(min(int(text), LONGEST_WAIT)) if text and text.isascii() and text.isdigit() else 0.0


def _result(message: Message, outcome: Outcome, said: str, wait: float = 0.0) -> Result:
    line = f"push:{origin_of(message.address)}"
    return Result(ref=message.ref, outcome=outcome, line=line, said=said, wait=wait)


def _barred(origins: set[str]) -> frozenset[str]:
    """Return those that lead into this house: whoever subscribes names the address, so nobody else may be reached."""
    return frozenset() if settings.HUES.demo else frozenset(origin for origin in origins if _leads_inside(origin))


def _leads_inside(origin: str) -> bool:
    parts = urlsplit(origin)
    try:
        found = socket.getaddrinfo(parts.hostname, parts.port or 443, type=socket.SOCK_STREAM)
    except OSError:
        return False  # it can't be reached either; that is tried again
    return any(not ipaddress.ip_address(address[4][0]).is_global for address in found)


def _client() -> Client:
    builder = ClientBuilder().timeout(PATIENCE).follow_redirects(False).max_connections(AT_ONCE)  # noqa: FBT003
    # A company's own authority is trusted where the machine's owner says so, as by every other program here.
    own = os.environ.get("SSL_CERT_FILE", "")
    if own and Path(own).is_file():
        builder = builder.add_root_certificate_pem(Path(own).read_bytes())
    return builder.build()
