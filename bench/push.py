"""B6: pushes to a push service behind TLS, against the known library and against the HTTP client alone."""

import asyncio
import base64
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import django
import http_ece
import requests
from cryptography.hazmat.primitives.asymmetric import ec
from pywebpush import Vapid, webpush

from bench.table import Row

SCALE = int(os.environ.get("SCALE", "1"))
OURS, THEIRS, ROUNDS = 10_000 * SCALE, 1_000, 3
TITLE, BODY = "Lũ khẩn cấp trên sông Hương", "Nước lên nhanh. Lên chỗ cao, không qua ngầm tràn, gọi 112 khi cần cứu hộ."


@dataclass(frozen=True, kw_only=True, slots=True)
class Speed:
    """Messages per second, of CPU time and of the wall's clock."""

    cpu: float
    wall: float


def run() -> list[Row]:
    """Send the same alert by our channel, by the library and, its bytes made before, by the client alone."""
    with a_sink() as origin:
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hues.config.settings")
        os.environ.setdefault("HUES_DEMO", "1")
        django.setup()
        ours, theirs, alone = [], [], []
        for _ in range(ROUNDS):
            ours.append(timed(_ours(origin), OURS))
            alone.append(timed(_alone(origin), OURS))
            theirs.append(timed(_theirs(origin), THEIRS))
    best, peer, floor = (max(speeds, key=lambda one: one.cpu) for speeds in (ours, theirs, alone))
    wall, limit = max(one.wall for one in ours), max(one.wall for one in alone)
    return [
        Row(
            name=f"B6 {OURS:,} pushes over TLS, per CPU",
            figure=best.cpu,
            unit="pushes/CPU-s",
            against=f"pywebpush with one session: {peer.cpu:,.0f} (without: 780)",
            ratio=best.cpu / peer.cpu,
            goal="≥ 7x pywebpush",
            ok=best.cpu >= 7 * peer.cpu,
        ),
        Row(
            name="B6 the same, by the clock (one process)",
            figure=wall,
            unit="pushes/s",
            against=f"the client alone: {limit:,.0f} ({floor.cpu:,.0f}/CPU-s)",
            ratio=wall / limit,
            goal="≥ 0.6x the client alone, ≥ 40x 360/s",
            ok=wall >= 0.6 * limit and wall >= 40 * 360,
        ),
    ]


@contextmanager
def a_sink() -> Iterator[str]:
    """Yield the origin of a push service in a process of its own; check that it got everything and can be read."""
    with tempfile.TemporaryDirectory(prefix="hues-bench-") as folder:
        pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
        sink = subprocess.Popen([sys.executable, "-m", "bench.sink", folder], **pipes)
        assert sink.stdout
        port = sink.stdout.readline().strip()
        os.environ["SSL_CERT_FILE"] = str(Path(folder, "authority.pem"))
        yield f"https://localhost:{port}"
        said, _errors = sink.communicate()
    taken, last = said.split()
    if int(taken) != ROUNDS * (2 * OURS + THEIRS):
        raise RuntimeError(f"{taken} pushes arrived")
    told = json.loads(http_ece.decrypt(base64.b64decode(last), private_key=KEY, auth_secret=AUTH, version="aes128gcm"))
    if told["title"] != TITLE:
        raise RuntimeError(f"read {told}")


KEY, AUTH, SENDER = ec.generate_private_key(ec.SECP256R1()), os.urandom(16), ec.generate_private_key(ec.SECP256R1())


def timed(send: Callable[[], object], messages: int) -> Speed:
    """Return how fast `send` sends that many."""
    wall, cpu = time.perf_counter(), time.process_time()
    send()
    return Speed(cpu=messages / (time.process_time() - cpu), wall=messages / (time.perf_counter() - wall))


def _ours(origin: str) -> Callable[[], object]:
    # After django.setup(): the rooms need their settings.
    from hues.kernel.delivery.channels import Message, Outcome, Urgency, Words  # noqa: PLC0415
    from hues.kernel.delivery.encrypting import point, text_of  # noqa: PLC0415
    from hues.kernel.delivery.push import Push  # noqa: PLC0415

    at = datetime.now(UTC)
    keys = {"p256dh": text_of(point(KEY)), "auth": text_of(AUTH)}
    words = Words(
        key="b6", topic="b6", urgency=Urgency.EXTREME, title={"vi": TITLE}, body={"vi": BODY}, link="/x/", at=at
    )
    messages = [
        Message(ref=str(n), address=f"{origin}/{n}", language="vi", words=words, keys=keys) for n in range(OURS)
    ]

    def send() -> None:
        # By chunks, as a worker leases them.
        for start in range(0, OURS, 1_000):
            results = Push(SENDER)(messages[start : start + 1_000], at=at)
            if any(result.outcome is not Outcome.SENT for result in results):
                raise RuntimeError("not everything was taken")

    return send


def _alone(origin: str) -> Callable[[], object]:
    from hues.kernel.delivery import push  # noqa: PLC0415

    body, headers = os.urandom(400), {"TTL": "60", "Content-Encoding": "aes128gcm", "Authorization": "x" * 300}

    async def post(todo: Iterator[int], client: push.Client) -> None:
        for n in todo:
            await client.post(f"{origin}/{n}").headers(headers).body_bytes(body).build().send()

    async def everything() -> None:
        for start in range(0, OURS, 1_000):
            todo = iter(range(start, start + 1_000))
            async with push._client() as client:
                await asyncio.gather(*(post(todo, client) for _ in range(push.AT_ONCE)))

    return lambda: asyncio.run(everything())


def _theirs(origin: str) -> Callable[[], object]:
    from hues.kernel.delivery.encrypting import point, text_of  # noqa: PLC0415

    keys = {"p256dh": text_of(point(KEY)), "auth": text_of(AUTH)}
    data = json.dumps({"title": TITLE, "body": BODY, "url": "/x/", "tag": "b6", "lang": "vi", "urgent": True})
    vapid = Vapid(SENDER)

    def send() -> None:
        with requests.Session() as session:
            session.verify = os.environ["SSL_CERT_FILE"]
            session.trust_env = False
            for n in range(THEIRS):
                webpush(
                    {"endpoint": f"{origin}/{n}", "keys": keys},
                    data,
                    vapid_private_key=vapid,
                    vapid_claims={"sub": "mailto:ioc@hue.example"},
                    ttl=60,
                    requests_session=session,
                )

    return send
