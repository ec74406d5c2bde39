"""B6: pushes to a push service behind TLS, against the known library and against the HTTP client alone."""

import asyncio
import base64
import json
import os
import ssl
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, cast

import django
import http_ece
import requests
import uvloop
from cryptography.hazmat.primitives.asymmetric import ec
from pywebpush import Vapid, webpush

from bench.sink import EACH
from bench.table import Row

SCALE = int(os.environ.get("SCALE", "1"))
OURS, THEIRS, STOCK, ROUNDS = 10_000 * SCALE, 1_000, 200, 3
KEYS, CONNECTIONS, CHUNK = 2_000, 8, 1_000
TITLE, BODY = "Lũ khẩn cấp trên sông Hương", "Nước lên nhanh. Lên chỗ cao, không qua ngầm tràn, gọi 112 khi cần cứu hộ."


@dataclass(frozen=True, kw_only=True, slots=True)
class Speed:
    """Messages per second, of CPU time and of the wall's clock."""

    cpu: float
    wall: float


def run() -> list[Row]:
    """Send the same alert by our channel, by the library and, its bytes made before, by the least that can post it."""
    found: dict[str, list[Speed]] = {}
    with a_sink() as origin:
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hues.config.settings")
        os.environ.setdefault("HUES_DEMO", "1")
        django.setup()
        for _ in range(ROUNDS):  # in turn, so that a busy minute of the machine meets them all
            for name, make, number in (
                ("ours", _ours, OURS),
                ("prepared", _prepared, OURS),
                ("alone", _alone, OURS),
                ("library", _theirs, THEIRS),
                ("stock", _stock, STOCK),
                ("keys", _key_pairs, KEYS),
            ):
                found.setdefault(name, []).append(timed(make(origin), number))
    best = {name: max(speeds, key=lambda one: one.cpu) for name, speeds in found.items()}
    wall = {name: max(one.wall for one in speeds) for name, speeds in found.items()}
    return _rows(best, wall)


def _rows(best: dict[str, Speed], wall: dict[str, float]) -> list[Row]:
    library, stock, alone = best["library"].cpu, best["stock"].cpu, best["alone"].cpu
    floor = 1 / (1 / best["keys"].cpu + 1 / alone)
    peer, kept = f"pywebpush as it comes: {stock:,.0f}", f"pywebpush, one session: {library:,.0f}"
    bare = f"those alone: {floor:,.0f}"
    return [
        _row("pushes over TLS, nothing prepared", best["ours"].cpu, peer, stock, 7),
        _row("the same", best["ours"].cpu, kept, library, None),
        _row("the same, beside key pair, ECDH and POST", best["ours"].cpu, bare, floor, 0.6),
        _row("pushes over TLS, keys prepared", best["prepared"].cpu, peer, stock, 50),
        _row("the same", best["prepared"].cpu, kept, library, None),
        _row("by the clock, prepared", wall["prepared"], f"POST alone: {wall['alone']:,.0f}", wall["alone"], 0.6, "/s"),
        _row("by the clock, prepared", wall["prepared"], "40 times 360/s", 40 * 360, 1, "/s"),
    ]


def _row(name: str, figure: float, against: str, other: float, goal: float | None, unit: str = "/CPU-s") -> Row:
    ratio = figure / other
    wish = "" if goal is None else f"≥ {goal:g}x"
    ok = None if goal is None else ratio >= goal
    return Row(name=f"B6 {name}", figure=figure, unit=unit, against=against, ratio=ratio, goal=wish, ok=ok)


@contextmanager
def a_sink() -> Iterator[str]:
    """Yield the origin of a push service in a process of its own; check that it got everything and can be read."""
    with tempfile.TemporaryDirectory(prefix="hues-bench-") as folder:
        pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
        sink = subprocess.Popen([sys.executable, "-m", "bench.sink", folder], **pipes)
        assert sink.stdout
        port = sink.stdout.readline().strip()
        os.environ["SSL_CERT_FILE"] = os.environ["REQUESTS_CA_BUNDLE"] = str(Path(folder, "authority.pem"))
        yield f"https://localhost:{port}"
        said, _errors = sink.communicate()
    found = json.loads(said)
    if found["taken"] != ROUNDS * (3 * OURS + THEIRS + STOCK):
        raise RuntimeError(f"{found['taken']} pushes arrived")
    # Two of the orders of each round are ours, each longer than a step of the sample.
    if len(found["sample"]) != ROUNDS * 2 * OURS // EACH:
        raise RuntimeError(f"{len(found['sample'])} of ours were kept to be read")
    for body in (found["last"], *found["sample"]):
        _check_read(base64.b64decode(body))


def _check_read(body: bytes) -> None:
    told = json.loads(http_ece.decrypt(body, private_key=KEY, auth_secret=AUTH, version="aes128gcm"))
    if told["title"] != TITLE:
        raise RuntimeError(f"read {told}")


KEY, AUTH, SENDER = ec.generate_private_key(ec.SECP256R1()), os.urandom(16), ec.generate_private_key(ec.SECP256R1())


def timed(send: Callable[[], object], messages: int) -> Speed:
    """Return how fast `send` sends that many."""
    wall, cpu = time.perf_counter(), time.process_time()
    send()
    return Speed(cpu=messages / (time.process_time() - cpu), wall=messages / (time.perf_counter() - wall))


def _messages(origin: str, *, prepared: bool) -> list[Any]:
    # After django.setup(): the rooms need their settings.
    from hues.kernel.delivery.channels import Message, Urgency, Words  # noqa: PLC0415
    from hues.kernel.delivery.encrypting import agree_with, point, text_of  # noqa: PLC0415

    at = datetime.now(UTC)
    keys = {"p256dh": text_of(point(KEY)), "auth": text_of(AUTH)}
    words = Words(
        key="b6", topic="b6", urgency=Urgency.EXTREME, title={"vi": TITLE}, body={"vi": BODY}, link="/x/", at=at
    )
    # One address each, as push services give them out.
    return [
        Message(
            ref=str(n),
            address=f"{origin}/wpush/v2/{n:032x}{'x' * 120}",
            language="vi",
            words=words,
            keys=keys,
            shared=agree_with(keys) if prepared else None,
        )
        for n in range(OURS)
    ]


def _prepared(origin: str) -> Callable[[], object]:
    return _sending(_messages(origin, prepared=True))


def _ours(origin: str) -> Callable[[], object]:
    return _sending(_messages(origin, prepared=False))


def _sending(messages: list[Any]) -> Callable[[], object]:
    from hues.kernel.delivery.channels import Outcome  # noqa: PLC0415
    from hues.kernel.delivery.push import Push  # noqa: PLC0415

    at = datetime.now(UTC)

    def send() -> None:
        with Push(SENDER) as push:
            for start in range(0, OURS, CHUNK):  # as a worker leases them
                results = push(messages[start : start + CHUNK], at=at)
                if any(result.outcome is not Outcome.SENT for result in results):
                    raise RuntimeError("not everything was taken")

    return send


def _key_pairs(_origin: str) -> Callable[[], object]:
    """Make a key pair and one ECDH, again and again: what RFC 8291 wants of each message that was not prepared."""
    theirs = KEY.public_key()

    def make() -> None:
        for _ in range(KEYS):
            ec.generate_private_key(ec.SECP256R1()).exchange(ec.ECDH(), theirs)

    return make


class _Least(asyncio.Protocol):
    """Writes made requests and takes any end of headers for an answer: the least that a client can do."""

    def __init__(self, todo: Iterator[bytes], done: asyncio.Semaphore) -> None:
        self._todo, self._done, self._seen = todo, done, b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast(asyncio.Transport, transport)
        self._next()

    def data_received(self, data: bytes) -> None:
        self._seen += data
        if self._seen.endswith(b"\r\n\r\n"):
            self._seen = b""
            self._next()

    def _next(self) -> None:
        request = next(self._todo, None)
        if request is None:
            self._transport.close()
            self._done.release()
        else:
            self._transport.write(request)


def _alone(origin: str) -> Callable[[], object]:
    host, _, port = origin.removeprefix("https://").partition(":")
    head = "POST /x HTTP/1.1\r\nHost: localhost\r\nTTL: 60\r\nContent-Encoding: aes128gcm\r\nAuthorization: "
    request = f"{head}{'x' * 300}\r\nContent-Length: 400\r\n\r\n".encode() + os.urandom(400)

    async def everything() -> None:
        trust, loop = ssl.create_default_context(), asyncio.get_running_loop()
        todo, done = iter([request] * OURS), asyncio.Semaphore(0)
        for _ in range(CONNECTIONS):
            await loop.create_connection(lambda: _Least(todo, done), host, int(port), ssl=trust)
        for _ in range(CONNECTIONS):
            await done.acquire()

    return lambda: uvloop.run(everything())


def _theirs(origin: str) -> Callable[[], object]:
    def send() -> None:
        with requests.Session() as session:
            session.verify = os.environ["SSL_CERT_FILE"]
            session.trust_env = False
            _by_the_library(origin, THEIRS, requests_session=session)

    return send


def _stock(origin: str) -> Callable[[], object]:
    return lambda: _by_the_library(origin, STOCK)


def _by_the_library(origin: str, number: int, **more: Any) -> None:
    from hues.kernel.delivery.encrypting import point, text_of  # noqa: PLC0415

    keys = {"p256dh": text_of(point(KEY)), "auth": text_of(AUTH)}
    data = json.dumps({"title": TITLE, "body": BODY, "url": "/x/", "tag": "b6", "lang": "vi", "urgent": True})
    vapid = Vapid(SENDER)
    for n in range(number):
        webpush(
            {"endpoint": f"{origin}/{n}", "keys": keys},
            data,
            vapid_private_key=vapid,
            vapid_claims={"sub": "mailto:ioc@hue.example"},
            ttl=60,
            **more,
        )
