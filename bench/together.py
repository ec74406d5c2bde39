"""B17: a whole storm at once, each part beside itself alone: reads, reports, walls, and alerts to 20,000 browsers.

A system that is told of alerts takes each call and never answers; a siren is told of each alert all the same.
"""

import asyncio
import json
import os
import socket
import subprocess
import sys
import tempfile
import time
from asyncio.subprocess import Process
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec

from bench.desks import Reader
from bench.load import request, storm
from bench.server import ROOT, running_city
from bench.table import Row
from hues.config import postgres
from hues.kernel.delivery.encrypting import point, text_of
from hues.kernel.delivery.push import topic
from hues.kernel.delivery.testing.mosquitto import MOSQUITTO, a_broker, a_siren

ALONE, TOGETHER = 8.0, float(os.environ.get("BENCH_SECONDS", "20"))
BROWSERS = 20_000
READS, WALLS, EACH_WALL = 500, 20, 5.0  # a second; screens; seconds
EACH_REPORT, EACH_ALERT = 1 / 12, 4.0  # seconds
MOST, SOON = 3.0, 2.0  # times p99 alone; seconds from an alert to the first browser, and to an inbox
RUN = "import django; django.setup(); from bench import inside; inside.main()"
SITE = "S1"  # where the people of this storm live
PARTS = ("reads", "reports", "walls", "alerts")
WHAT = {"reads": "500 reads/s", "reports": "12 reports/s, half with photo", "walls": "20 walls, each 5 s"}


@dataclass(kw_only=True)
class Found:
    """What each part took, in seconds of each answer; when alerts were issued and in an inbox; and what went wrong."""

    seconds: dict[str, list[float]] = field(default_factory=dict)
    alerts: list[tuple[str, float, float]] = field(default_factory=list)
    wrong: int = 0


def run() -> list[Row]:
    """Measure each part alone, then all of them together."""
    with tempfile.TemporaryDirectory(prefix="hues-bench-") as folder:
        home, said = Path(folder, "city"), dict[str, Any]()
        home.mkdir()
        alone, both, heard = Found(), Found(), dict[str, float]()
        with ExitStack() as there:
            origin = there.enter_context(_a_sink(Path(folder), said))
            mute = there.enter_context(socket.create_server(("127.0.0.1", 0)))
            if MOSQUITTO:
                there.enter_context(_a_siren(Path(folder), heard))
            url = there.enter_context(running_city(home))
            keys = {"p256dh": text_of(point(ec.generate_private_key(ec.SECP256R1()))), "auth": text_of(b"0" * 16)}
            asyncio.run(_inside(home, "fill", number=BROWSERS, origin=origin, keys=keys, mute=mute.getsockname()[1]))
            reader = Reader(url, home)
            for part in PARTS:
                asyncio.run(_measure([part], reader, ALONE, alone))
            asyncio.run(_measure(PARTS, reader, TOGETHER, both))
    return _rows(alone, both, said["first"], heard)


def _rows(alone: Found, both: Found, first: Mapping[str, float], heard: Mapping[str, float]) -> list[Row]:
    rows = []
    for part, what in WHAT.items():
        by_itself, now = _p99(alone.seconds[part]), _p99(both.seconds[part])
        against, ok = f"alone: {by_itself:.0f} ms", now <= MOST * by_itself
        rows.append(
            Row(
                name=f"B17 p99 of {what}",
                figure=now,
                unit="ms",
                against=against,
                ratio=now / by_itself,
                goal=f"≤ {MOST:g}x",
                ok=ok,
            )
        )
    ends = {
        "first browser": lambda one: first.get(one[0], float("inf")) - one[1],
        "inbox": lambda one: one[2] - one[1],
    }
    if MOSQUITTO:
        ends["siren"] = lambda one: heard.get(one[0], float("inf")) - one[1]
    for where, took in ends.items():
        by_itself, now = (max(map(took, found.alerts)) for found in (alone, both))
        against = f"alone: {by_itself * 1000:.0f} ms"
        rows.append(
            Row(
                name=f"B17 an alert to the {where}, the slowest of {len(both.alerts)}",
                figure=now * 1000,
                unit="ms",
                against=against,
                goal="≤ 2000 ms",
                ok=now <= SOON,
            )
        )
    return [*rows, Row(name="B17 errors", figure=both.wrong, unit="", goal="0", ok=not both.wrong)]


def _p99(seconds: Sequence[float]) -> float:
    return sorted(seconds)[int(len(seconds) * 0.99)] * 1000


async def _measure(parts: Sequence[str], reader: Reader, seconds: float, found: Found) -> None:
    wall = [request("/ops/wall/", "localhost", reader.head)]
    # What begins takes more than what it measures: all of it stands ready before anything is sent.
    each = {"reports": EACH_REPORT, "alerts": EACH_ALERT}
    ready = {part: await _begun(reader.home, part, each=each[part], seconds=seconds) for part in parts if part in each}
    work = {
        "reads": lambda: _read(reader.port, _reads(reader), 32, READS, seconds),
        "walls": lambda: _read(reader.port, wall, WALLS, WALLS / EACH_WALL, seconds),
        "reports": lambda: _done(ready["reports"]),
        "alerts": lambda: _done(ready["alerts"]),
    }
    for part, got in zip(parts, await asyncio.gather(*(work[part]() for part in parts)), strict=True):
        if part == "alerts":
            found.alerts += [(topic, began, read_at) for topic, began, read_at in got]
        elif part == "reports":
            found.seconds[part] = got
        else:
            found.seconds[part] = got.seconds
            found.wrong += sum(n for status, n in got.statuses.items() if status >= 400)


def _reads(reader: Reader) -> list[bytes]:
    """Return what everybody reads in a storm, in its shares: home, again or fresh, the map, a list."""
    again = request("/", "localhost", f"If-None-Match: {reader.browser.open(reader.url).headers['ETag']}")
    cells = request("/map/cells.json?bbox=107.46,16.37,107.72,16.56&zoom=11", "localhost")
    return [again] * 9 + [request("/", "localhost")] * 7 + [cells] * 3 + [request("/f/field_reports/", "localhost")]


async def _read(port: int, requests: list[bytes], connections: int, rate: float, seconds: float) -> Any:
    return await storm(port, requests, connections=connections, seconds=seconds, rate=rate)


async def _inside(home: Path, what: str, **given: object) -> Any:
    """Do something inside of the city, in a process of its own, and return what it said."""
    return await _done(await _begun(home, what, **given))


async def _begun(home: Path, what: str, **given: object) -> Process:
    """Start a process inside of the city, and wait until it is ready to begin."""
    known = {**os.environ, "HUES_DEMO": "1", "HUES_HOME": str(home), "DATABASE_URL": postgres.url(home)}
    words = [sys.executable, "-W", "ignore", "-c", RUN, what, json.dumps(given)]
    known["DJANGO_SETTINGS_MODULE"] = "hues.config.settings"
    pipe = asyncio.subprocess.PIPE
    process = await asyncio.create_subprocess_exec(*words, cwd=ROOT, env=known, stdin=pipe, stdout=pipe)
    assert process.stdout
    if await process.stdout.readline() != b"ready\n":
        raise RuntimeError(f"{what} did not begin")
    return process


async def _done(process: Process) -> Any:
    """Let it go on to its end, and return what it said."""
    told, _nothing = await process.communicate(b"go\n")
    if process.returncode:
        raise RuntimeError(f"it ended with {process.returncode}")
    return json.loads(told.splitlines()[-1])


@contextmanager
def _a_siren(folder: Path, heard: dict[str, float]) -> Iterator[None]:
    """Let the city that is started meanwhile have a siren, and note when it is first told of each story."""
    with a_broker(folder) as broker, a_siren(broker, SITE) as siren:

        def hear(*said: Any) -> None:
            heard.setdefault(topic(json.loads(said[-1].payload)["story"]), time.time())
            siren.hear(*said)

        assert siren.client
        siren.client.on_message = hear
        os.environ["HUES_SIREN_URL"] = broker.url
        try:
            yield
        finally:
            del os.environ["HUES_SIREN_URL"]


@contextmanager
def _a_sink(folder: Path, said: dict[str, Any]) -> Iterator[str]:
    """Yield the origin of a push service; what it got is `said` at its end."""
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
    sink = subprocess.Popen([sys.executable, "-m", "bench.sink", str(folder)], **pipes)
    assert sink.stdout
    port = sink.stdout.readline().strip()
    before = os.environ.get("SSL_CERT_FILE")
    os.environ["SSL_CERT_FILE"] = str(folder / "authority.pem")
    try:
        yield f"https://localhost:{port}"
    finally:
        told, _errors = sink.communicate()
        said |= json.loads(told)
        os.environ.pop("SSL_CERT_FILE")
        if before is not None:
            os.environ["SSL_CERT_FILE"] = before
