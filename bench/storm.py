"""B3: what everybody reads in a storm, against bytes served by the same server with nothing behind it."""

import asyncio
import os
import subprocess
import sys
import tempfile
import urllib.request
from pathlib import Path
from urllib.parse import urlsplit

from bench.load import Tally, request, storm
from bench.server import cpu_seconds, family, free_port, running_city, wait_for
from bench.table import Row

SECONDS = 6.0
FLOOR = """
import sys, uvicorn
BODY = open(sys.argv[2], "rb").read()
HEAD = [(b"content-type", b"text/html"), (b"content-length", str(len(BODY)).encode())]
async def app(scope, receive, send):
    if scope["type"] == "http":
        await send({"type": "http.response.start", "status": 200, "headers": HEAD})
        await send({"type": "http.response.body", "body": BODY})
uvicorn.run(app, port=int(sys.argv[1]), log_level="error", lifespan="off", access_log=False)
"""


def run() -> list[Row]:
    """Measure the cached home page, revalidation, and a mix with database pages, beside the floor."""
    with running_city() as url:
        port, host = urlsplit(url).port or 0, "localhost"
        with urllib.request.urlopen(f"{url}/") as answer:
            etag, body = answer.headers["ETag"], answer.read()
        home = request("/", host)
        again = request("/", host, f"If-None-Match: {etag}")
        pages = [
            request("/map/cells.json?bbox=107.46,16.37,107.72,16.56&zoom=11", host),
            request("/f/field_reports/", host),
        ]
        mix = [again] * 9 + [home] * 7 + [pages[0]] * 3 + [pages[1]]
        floor = _floor(body, host)
        web = family(os.getpid())[1:]
        cached, cached_cpu = _measure(port, [home], web)
        fresh, _cpu = _measure(port, [again], web)
        mixed, _cpu = _measure(port, mix, web)
    rate = lambda tally: len(tally.seconds) / SECONDS  # noqa: E731
    return [
        Row(name="B3 floor: bare uvicorn, same bytes", figure=rate(floor), unit="/s"),
        _row("B3 home from memory", rate(cached), rate(floor), 0.7),
        Row(name="B3 home, processor", figure=cached_cpu * 1000 / max(len(cached.seconds), 1), unit="CPU-ms"),
        _row("B3 home, not modified", rate(fresh), rate(floor), 0.7),
        _row("B3 mix 45/35/15/5", rate(mixed), rate(floor), 0.4),
        Row(name="B3 mix p99", figure=mixed.percentile(0.99), unit="ms", goal="≤ 30", ok=mixed.percentile(0.99) <= 30),
        Row(
            name="B3 errors",
            figure=sum(n for s, n in mixed.statuses.items() if s >= 400),
            unit="",
            goal="0",
            ok=not any(s >= 400 for s in mixed.statuses),
        ),
    ]


def _row(name: str, figure: float, floor: float, goal: float) -> Row:
    ratio = figure / floor
    return Row(name=name, figure=figure, unit="/s", against="floor", ratio=ratio, goal=f"≥ {goal}", ok=ratio >= goal)


def _measure(port: int, requests: list[bytes], pids: list[int]) -> tuple[Tally, float]:
    before = sum(map(cpu_seconds, pids))
    tally = asyncio.run(storm(port, requests, connections=64, seconds=SECONDS))
    return tally, sum(map(cpu_seconds, pids)) - before


def _floor(body: bytes, host: str) -> Tally:
    port = free_port(9100)
    page = Path(tempfile.gettempdir()) / f"hues-floor-{port}"
    page.write_bytes(body)
    server = subprocess.Popen([sys.executable, "-c", FLOOR, str(port), str(page)])
    try:
        wait_for(f"http://127.0.0.1:{port}/", server)
        return asyncio.run(storm(port, [request("/", host)], connections=64, seconds=SECONDS))
    finally:
        server.terminate()
        server.wait(10)
